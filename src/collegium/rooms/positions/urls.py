"""The addresses of issues and positions."""

from django.urls import path

from .views import comments, feed, issues, moving, papers, positions, preparing, publishing, support, texts

app_name = "positions"

urlpatterns = [
    path("issues/", issues.issues, name="issues"),
    path("issues/new/", issues.new_issue, name="new_issue"),
    path("issues/similar/", issues.similar_issues, name="similar"),
    path("issues/<number:pk>/", issues.issue, name="issue"),
    path("issues/<number:pk>/triage/", issues.triage, name="triage"),
    path("issues/<number:pk>/withdrawal/", issues.withdrawal, name="issue_withdrawal"),
    path("positions/", positions.positions, name="list"),
    path("positions/new/", positions.new_position, name="new_position"),
    path("positions/committees/", preparing.committees, name="committees"),
    path("positions/stances/", support.stances, name="stances"),
    path("positions/feed.atom", feed.feed, name="feed"),
    path("positions/<number:pk>/", positions.position, name="position"),
    path("positions/<number:pk>/history/", positions.history, name="history"),
    path("positions/<number:pk>/people/", preparing.people, name="people"),
    path("positions/<number:pk>/people/<number:drafter>/release/", preparing.release, name="release"),
    path("positions/<number:pk>/interests/", preparing.interests, name="interests"),
    path("positions/<number:pk>/relation/", preparing.relation, name="relation"),
    path("positions/<number:pk>/text/", texts.text, name="text"),
    path("positions/<number:pk>/revisions/<number:number>/", texts.revision, name="revision"),
    path("positions/<number:pk>/changes/", texts.changes, name="changes"),
    path("positions/<number:pk>/steps/<slug:to>/", moving.step, name="step"),
    path("positions/<number:pk>/ballot/", moving.ballot, name="ballot"),
    path("positions/<number:pk>/terms/", support.terms, name="terms"),
    path("positions/<number:pk>/support/", support.support, name="support"),
    path("positions/<number:pk>/minority/", support.minority, name="minority"),
    path("positions/<number:pk>/minority/<number:statement>/joining/", support.joining, name="join_minority"),
    path("positions/<number:pk>/minority/voices/<number:voice>/leaving/", support.leaving, name="leave_minority"),
    path("positions/<number:pk>/comments/", comments.comments, name="comments"),
    path("positions/<number:pk>/comments/table.docx", comments.paper, name="comment_table"),
    path("positions/<number:pk>/comments/new/", comments.new_comment, name="new_comment"),
    path("positions/<number:pk>/comments/<number:number>/disposition/", comments.disposition, name="disposition"),
    path("positions/<number:pk>/comments/<number:number>/satisfaction/", comments.satisfaction, name="satisfaction"),
    path("positions/<number:pk>/comments/<number:number>/withdrawal/", comments.withdrawal, name="comment_withdrawal"),
    path("positions/<number:pk>/paper.pdf", papers.paper, name="paper"),
    path("positions/<number:pk>/paper.docx", papers.word, name="word"),
    path("positions/<number:pk>/editions/<number:number>.pdf", papers.edition, name="edition"),
    path("positions/<number:pk>/cite.<slug:form>", papers.cited, name="cited"),
    path("positions/<number:pk>/since/<number:other>/", texts.since, name="since"),
    path("positions/<number:pk>/embargo/", publishing.embargo, name="embargo"),
    path("positions/<number:pk>/embargo/lift/", publishing.lift, name="lift_embargo"),
    path("positions/<number:pk>/supporters/", publishing.supporters, name="supporters"),
    path("positions/<number:pk>/dates/", publishing.dates, name="dates"),
    path("positions/<number:pk>/version/", publishing.version, name="version"),
]
