"""The addresses of issues and positions."""

from django.urls import path

from .views import issues

app_name = "positions"

urlpatterns = [
    path("issues/", issues.issues, name="issues"),
    path("issues/new/", issues.new_issue, name="new_issue"),
    path("issues/similar/", issues.similar_issues, name="similar"),
    path("issues/<int:pk>/", issues.issue, name="issue"),
    path("issues/<int:pk>/triage/", issues.triage, name="triage"),
    path("issues/<int:pk>/withdrawal/", issues.withdrawal, name="issue_withdrawal"),
]
