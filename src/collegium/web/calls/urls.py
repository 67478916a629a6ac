"""Addresses of calls."""

from django.urls import path

from .views import answers, calls

app_name = "calls"

urlpatterns = [
    path("", calls.calls, name="calls"),
    path("<int:pk>/", calls.call, name="call"),
    path("<int:pk>/roll/", calls.roll, name="roll"),
    path("<int:pk>/roll/lines/", calls.lines, name="roll_lines"),
    path("<int:pk>/answers/<int:row_id>/", answers.answer, name="answer"),
    path("<int:pk>/answers/<int:row_id>/draft/", answers.draft, name="draft"),
    path("<int:pk>/answers/<int:row_id>/notes/", answers.note, name="note"),
    path("<int:pk>/answers/<int:row_id>/taking/", answers.taking, name="taking"),
    path("<int:pk>/answers/<int:row_id>/withdrawal/", answers.withdrawal, name="withdrawal"),
]
