"""Who is told what of a ballot. Openings, reminders and closings are notices of its call."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.core.access.queries import admitted_persons, belonging
from collegium.core.calls.queries import able
from collegium.core.notices.registry import ByLetter, Notice
from collegium.core.trail.models import Event

from .models import Ballot


def ballot_of(event: Event) -> Ballot:
    """The ballot whose history an event stands in."""
    return Ballot.objects.loaded().get(pk=event.entry_id or 0)


def _voters(event: Event) -> set[int]:
    ballot = ballot_of(event)
    return {one.person_id for one in able(ballot.call, event.at)}


def _officers(event: Event) -> set[int]:
    ballot = ballot_of(event)
    tellers = set(ballot.tellers.values_list("person", flat=True))
    return {*admitted_persons(ballot.body.officers_audience_id, event.at).values_list("person_id", flat=True), *tellers}


class _OfBallot(Notice):
    by_letter = ByLetter.SENT
    is_direct = True


class BallotAnnounced(_OfBallot):
    """To the members of the body, before it opens."""

    name = "ballots.BallotAnnounced"
    event = "ballot.announced"
    label = gettext_lazy("A ballot is announced in a body I belong to")
    words = gettext_lazy("%(actor)s announced a ballot; its rule and the order of the lots are on its page")

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        circle = ballot_of(event).body.circle
        return belonging(circle.audience_id, event.at) if circle else ()


class BallotPaused(_OfBallot):
    """To all who may vote, both times."""

    name = "ballots.BallotPaused"
    event = "ballot.paused"
    also = ("ballot.resumed",)
    label = gettext_lazy("A ballot I vote in is paused, or goes on")
    words = gettext_lazy("%(actor)s paused this ballot: votes are kept, and no time is lost")

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        return _voters(event)

    @classmethod
    def sentence(cls, event: Event) -> str:
        if event.name == "ballot.resumed":
            return _("This ballot goes on; its end has moved by as long as it was paused")
        return super().sentence(event)


class RecusalAsked(_OfBallot):
    """To those who rule on it."""

    name = "ballots.RecusalAsked"
    event = "recusal.asked"
    label = gettext_lazy("A recusal waits for my ruling")
    words = gettext_lazy("%(actor)s asked for a recusal, on which an officer of the body rules")

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        return _officers(event)


class SecretlyVoted(_OfBallot):
    """To primary and alternates, once a day: that it has voted; nobody knows what, or who it was."""

    name = "ballots.SecretlyVoted"
    event = "ballot.marked"
    label = gettext_lazy("A secret vote came in for my society")
    words = gettext_lazy("A vote of yours is in the box of this secret ballot; what it says nobody can look up")
    is_statutory = True

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        ballot, rows = ballot_of(event), set(event.facts["rows"])
        return {one.person_id for one in able(ballot.call, event.at) if one.row_id in rows}


class BallotToCertify(_OfBallot):
    """To officers and tellers, once it is counted."""

    name = "ballots.BallotToCertify"
    event = "ballot.counted"
    label = gettext_lazy("A ballot I verify is counted")
    words = gettext_lazy("The votes are counted: two people certify the result")

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        return _officers(event)


class BallotCertified(_OfBallot):
    """To all who were entitled: the outcome is on its page."""

    name = "ballots.BallotCertified"
    event = "ballot.certified"
    label = gettext_lazy("The result of a ballot I vote in is certified")
    words = gettext_lazy("The result of this ballot is certified: %(outcome)s")

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        return _voters(event)

    @classmethod
    def sentence(cls, event: Event) -> str:
        return str(cls.words % {"outcome": Ballot.Outcome(event.facts["outcome"]).label})


class BallotContested(_OfBallot):
    """To all who were entitled, and those who rule."""

    name = "ballots.BallotContested"
    event = "ballot.contested"
    also = ("ballot.annulled",)
    label = gettext_lazy("The result of a ballot I vote in is contested, or the ballot annulled")
    words = gettext_lazy("%(actor)s contested the result of this ballot")

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        return _voters(event) | _officers(event)

    @classmethod
    def sentence(cls, event: Event) -> str:
        if event.name == "ballot.annulled":
            return _("This ballot was annulled; the reason is on its page")
        return super().sentence(event)


class ObjectionAnswered(_OfBallot):
    """To those who may vote for whom objected."""

    name = "ballots.ObjectionAnswered"
    event = "objection.answered"
    label = gettext_lazy("Something becomes of an objection of ours")
    words = gettext_lazy("%(actor)s said what becomes of your objection; it stands beside the result")

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        call = ballot_of(event).call
        return {one.person_id for one in able(call, event.at) if one.row_id == event.facts["row"]}
