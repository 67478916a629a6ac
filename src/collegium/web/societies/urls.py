"""Addresses of the societies."""

from django.urls import path

from . import views

app_name = "societies"

urlpatterns = [
    path("", views.societies, name="list"),
    path("<slug:slug>/", views.society, name="society"),
    path("<slug:slug>/history/", views.society_history, name="history"),
]
