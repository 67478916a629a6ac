"""The addresses of ballots."""

from django.urls import path

from .views import ballots, deeds, papers, preparing, rulings, votes

app_name = "ballots"

urlpatterns = [
    path("ballots/", ballots.ballots, name="list"),
    path("ballots/new/", preparing.new, name="new"),
    path("ballots/secrecy/", ballots.secrecy, name="secrecy"),
    path("ballots/<int:pk>/", ballots.ballot, name="ballot"),
    path("ballots/<int:pk>/edit/", preparing.edit, name="edit"),
    path("ballots/<int:pk>/vote/<int:row>/", votes.vote, name="vote"),
    path("ballots/<int:pk>/secret-vote/<int:row>/", votes.secret_vote, name="secret_vote"),
    path("ballots/<int:pk>/recusal/<int:row>/", votes.society_recusal, name="society_recusal"),
    path("ballots/<int:pk>/roll/", papers.roll, name="roll"),
    path("ballots/<int:pk>/receipts/", papers.receipts, name="receipts"),
    path("ballots/<int:pk>/protocol/", papers.protocol, name="protocol"),
    path("ballots/<int:pk>/recusals/", rulings.ask, name="ask_recusal"),
    path("ballots/<int:pk>/recusals/<int:recusal>/ruling/", rulings.recusal, name="rule_recusal"),
    path("ballots/<int:pk>/contests/<int:contest>/ruling/", rulings.contest, name="rule_contest"),
    *[path(f"ballots/<int:pk>/{noun}/", deeds.deed, {"noun": noun}, name=noun) for noun in deeds.DEEDS],
]
