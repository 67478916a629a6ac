"""Addresses of calls."""

from django.urls import path

from .views import answers, calls

app_name = "calls"

urlpatterns = [
    path("", calls.calls, name="calls"),
    path("<number:pk>/", calls.call, name="call"),
    path("<number:pk>/roll/", calls.roll, name="roll"),
    path("<number:pk>/roll/lines/", calls.lines, name="roll_lines"),
    path("<number:pk>/answers/<number:row_id>/", answers.answer, name="answer"),
    path("<number:pk>/answers/<number:row_id>/draft/", answers.draft, name="draft"),
    path("<number:pk>/answers/<number:row_id>/notes/", answers.note, name="note"),
    path("<number:pk>/answers/<number:row_id>/taking/", answers.taking, name="taking"),
    path("<number:pk>/answers/<number:row_id>/withdrawal/", answers.withdrawal, name="withdrawal"),
]
