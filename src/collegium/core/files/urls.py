"""Where attachments are served."""

from django.urls import path

from . import views

app_name = "files"

urlpatterns = [path("<number:pk>/<str:name>", views.attachment, name="attachment")]
