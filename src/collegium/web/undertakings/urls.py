"""Addresses of undertakings."""

from django.urls import path

from . import views

app_name = "undertakings"

urlpatterns = [
    path("", views.undertakings, name="list"),
    path("mine/", views.mine, name="mine"),
    path("<slug:slug>/", views.undertaking, name="undertaking"),
    path("<slug:slug>/<number:number>/", views.version, name="version"),
    path("<slug:slug>/<number:number>/acceptance/", views.accept, name="accept"),
]
