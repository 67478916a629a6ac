"""The addresses of issues and positions."""

from django.urls import path

from .views import comments, feed, issues, moving, papers, positions, preparing, publishing, support, texts

app_name = "positions"

urlpatterns = [
    path("issues/", issues.issues, name="issues"),
    path("issues/new/", issues.new_issue, name="new_issue"),
    path("issues/similar/", issues.similar_issues, name="similar"),
    path("issues/<int:pk>/", issues.issue, name="issue"),
    path("issues/<int:pk>/triage/", issues.triage, name="triage"),
    path("issues/<int:pk>/withdrawal/", issues.withdrawal, name="issue_withdrawal"),
    path("positions/", positions.positions, name="list"),
    path("positions/new/", positions.new_position, name="new_position"),
    path("positions/committees/", preparing.committees, name="committees"),
    path("positions/stances/", support.stances, name="stances"),
    path("positions/feed.atom", feed.feed, name="feed"),
    path("positions/<int:pk>/", positions.position, name="position"),
    path("positions/<int:pk>/history/", positions.history, name="history"),
    path("positions/<int:pk>/people/", preparing.people, name="people"),
    path("positions/<int:pk>/people/<int:drafter>/release/", preparing.release, name="release"),
    path("positions/<int:pk>/interests/", preparing.interests, name="interests"),
    path("positions/<int:pk>/relation/", preparing.relation, name="relation"),
    path("positions/<int:pk>/text/", texts.text, name="text"),
    path("positions/<int:pk>/revisions/<int:number>/", texts.revision, name="revision"),
    path("positions/<int:pk>/changes/", texts.changes, name="changes"),
    path("positions/<int:pk>/steps/<slug:to>/", moving.step, name="step"),
    path("positions/<int:pk>/ballot/", moving.ballot, name="ballot"),
    path("positions/<int:pk>/terms/", support.terms, name="terms"),
    path("positions/<int:pk>/support/", support.support, name="support"),
    path("positions/<int:pk>/minority/", support.minority, name="minority"),
    path("positions/<int:pk>/minority/<int:statement>/joining/", support.joining, name="join_minority"),
    path("positions/<int:pk>/minority/voices/<int:voice>/leaving/", support.leaving, name="leave_minority"),
    path("positions/<int:pk>/comments/", comments.comments, name="comments"),
    path("positions/<int:pk>/comments/table.docx", comments.paper, name="comment_table"),
    path("positions/<int:pk>/comments/new/", comments.new_comment, name="new_comment"),
    path("positions/<int:pk>/comments/<int:number>/disposition/", comments.disposition, name="disposition"),
    path("positions/<int:pk>/comments/<int:number>/satisfaction/", comments.satisfaction, name="satisfaction"),
    path("positions/<int:pk>/comments/<int:number>/withdrawal/", comments.withdrawal, name="comment_withdrawal"),
    path("positions/<int:pk>/paper.pdf", papers.paper, name="paper"),
    path("positions/<int:pk>/paper.docx", papers.word, name="word"),
    path("positions/<int:pk>/editions/<int:number>.pdf", papers.edition, name="edition"),
    path("positions/<int:pk>/cite.<slug:form>", papers.cited, name="cited"),
    path("positions/<int:pk>/since/<int:other>/", texts.since, name="since"),
    path("positions/<int:pk>/embargo/", publishing.embargo, name="embargo"),
    path("positions/<int:pk>/embargo/lift/", publishing.lift, name="lift_embargo"),
    path("positions/<int:pk>/supporters/", publishing.supporters, name="supporters"),
    path("positions/<int:pk>/dates/", publishing.dates, name="dates"),
    path("positions/<int:pk>/version/", publishing.version, name="version"),
]
