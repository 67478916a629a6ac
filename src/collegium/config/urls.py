"""The addresses of the whole house; each room brings its own."""

from django.urls import include, path

from collegium.config.health import healthz

handler400 = "collegium.web.refusals.unreadable"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("collegium.web.urls")),
]
