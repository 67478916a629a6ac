"""Addresses of the look: the stylesheet, the choice of theme and the gallery."""

from django.urls import path

from collegium.design import views

app_name = "design"

urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("theme/", views.choose_theme, name="theme"),
    path("page/<slug:name>/", views.sample_page, name="sample"),
    path("house.<slug:fingerprint>.css", views.stylesheet, name="stylesheet"),
]
