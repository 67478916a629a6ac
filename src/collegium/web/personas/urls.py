"""Where one chooses whom to be in the demonstration; registered there and nowhere else."""

from django.urls import path

from . import views

app_name = "demo"

urlpatterns = [path("", views.personas, name="personas")]
