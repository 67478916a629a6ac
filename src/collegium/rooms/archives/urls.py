"""The addresses of archives."""

from django.urls import path

from . import views

app_name = "archives"

urlpatterns = [
    path("groups/<slug:slug>/archive/", views.archive, name="archive"),
    path("groups/<slug:slug>/archive/left-out/", views.left_out, name="left_out"),
    path("groups/<slug:slug>/archive/authors/", views.authors, name="authors"),
    path("groups/<slug:slug>/archive/authors/<number:pk>/claim/", views.claim, name="claim"),
    path("groups/<slug:slug>/archive/export/", views.export, name="export"),
    path("groups/<slug:slug>/archive/opening/", views.opening, name="opening"),
]
