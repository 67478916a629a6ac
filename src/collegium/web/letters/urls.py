"""Addresses that stand in letters."""

from django.urls import path

from . import views

app_name = "letters"

urlpatterns = [
    path("<slug:token>/stop/", views.stop, name="stop"),
    path("<slug:token>/mute/", views.mute, name="mute"),
]
