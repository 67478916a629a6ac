"""The addresses of ballots."""

from django.urls import path

from .views import ballots, deeds, papers, preparing, rulings, votes

app_name = "ballots"

urlpatterns = [
    path("ballots/", ballots.ballots, name="list"),
    path("ballots/new/", preparing.new, name="new"),
    path("ballots/secrecy/", ballots.secrecy, name="secrecy"),
    path("ballots/<int:ballot_id>/", ballots.ballot, name="ballot"),
    path("ballots/<int:ballot_id>/edit/", preparing.edit, name="edit"),
    path("ballots/<int:ballot_id>/vote/<int:row_id>/", votes.vote, name="vote"),
    path("ballots/<int:ballot_id>/secret-vote/<int:row_id>/", votes.secret_vote, name="secret_vote"),
    path("ballots/<int:ballot_id>/recusal/<int:row_id>/", votes.society_recusal, name="society_recusal"),
    path("ballots/<int:ballot_id>/roll/", papers.roll, name="roll"),
    path("ballots/<int:ballot_id>/receipts/", papers.receipts, name="receipts"),
    path("ballots/<int:ballot_id>/protocol/", papers.protocol, name="protocol"),
    path("ballots/<int:ballot_id>/recusals/", rulings.ask, name="ask_recusal"),
    path("ballots/<int:ballot_id>/recusals/<int:recusal_id>/ruling/", rulings.recusal, name="rule_recusal"),
    path("ballots/<int:ballot_id>/contests/<int:contest_id>/ruling/", rulings.contest, name="rule_contest"),
    path("ballots/<int:ballot_id>/objections/<int:row_id>/", rulings.objection, name="objection"),
    *[path(f"ballots/<int:ballot_id>/{noun}/", deeds.deed, {"noun": noun}, name=noun) for noun in deeds.DEEDS],
]
