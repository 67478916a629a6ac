"""The addresses of the look alone."""

from django.urls import include, path

urlpatterns = [path("design/", include("collegium.design.urls"))]
