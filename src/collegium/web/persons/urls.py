"""Addresses of persons."""

from django.urls import path

from . import views

app_name = "persons"

urlpatterns = [
    path("", views.directory, name="list"),
    path("<slug:handle>/", views.person, name="person"),
]
