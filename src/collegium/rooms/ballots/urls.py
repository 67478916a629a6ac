"""The addresses of ballots."""

from django.urls import path

from .views import ballots, deeds, papers, preparing, rulings, votes

app_name = "ballots"

urlpatterns = [
    path("ballots/", ballots.ballots, name="list"),
    path("ballots/new/", preparing.new, name="new"),
    path("ballots/secrecy/", ballots.secrecy, name="secrecy"),
    path("ballots/<number:ballot_id>/", ballots.ballot, name="ballot"),
    path("ballots/<number:ballot_id>/edit/", preparing.edit, name="edit"),
    path("ballots/<number:ballot_id>/vote/<number:row_id>/", votes.vote, name="vote"),
    path("ballots/<number:ballot_id>/secret-vote/<number:row_id>/", votes.secret_vote, name="secret_vote"),
    path("ballots/<number:ballot_id>/recusal/<number:row_id>/", votes.society_recusal, name="society_recusal"),
    path("ballots/<number:ballot_id>/roll/", papers.roll, name="roll"),
    path("ballots/<number:ballot_id>/receipts/", papers.receipts, name="receipts"),
    path("ballots/<number:ballot_id>/protocol/", papers.protocol, name="protocol"),
    path("ballots/<number:ballot_id>/recusals/", rulings.ask, name="ask_recusal"),
    path("ballots/<number:ballot_id>/recusals/<number:recusal_id>/ruling/", rulings.recusal, name="rule_recusal"),
    path("ballots/<number:ballot_id>/contests/<number:contest_id>/ruling/", rulings.contest, name="rule_contest"),
    path("ballots/<number:ballot_id>/objections/<number:row_id>/", rulings.objection, name="objection"),
    *[path(f"ballots/<number:ballot_id>/{noun}/", deeds.deed, {"noun": noun}, name=noun) for noun in deeds.DEEDS],
]
