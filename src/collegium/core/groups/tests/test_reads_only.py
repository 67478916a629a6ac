"""Officers of a society that has not confirmed its seats run nothing until it does; every deed of groups is named.

Each stands below: barred, or let through with the reason. A new one that stands in neither fails the first test.
"""

from datetime import timedelta

import pytest

from collegium.core.access.errors import Refused
from collegium.core.groups import actions
from collegium.core.people.actions import advance_attestations
from collegium.core.people.models import Tenure
from collegium.core.trail.tests.story import books, is_taken_back

from .cast import build_cast
from .factories import make_group, policy

pytestmark = pytest.mark.django_db

READS_ONLY = (
    "Your society has not confirmed its seats since July 3, 2026: its people read, but write nothing. Its liaison or "
    "chief executive can confirm them at the desk in a minute, and it counts at once."
)
# By the part of who does it: the colleague and the chair are officers, the peer has a seat, all of silent societies.
BARRED = {
    "adopt_charter": ("colleague", lambda at: actions.adopt_charter(at.cast.cfos, text="New.", **at.by)),
    "approve_request": ("colleague", lambda at: actions.approve_request(at.request, **at.by)),
    "begin_need": (
        "colleague",
        lambda at: actions.begin_need(at.cast.cfos, undertaking=at.undertaking, grace_days=0, **at.by),
    ),
    "change_holding": (
        "colleague",
        lambda at: actions.change_holding(at.cast.cfos, holding="everybody", held_at_first=1, **at.by),
    ),
    "confirm_membership": ("chair", lambda at: actions.confirm_membership(at.invited, **at.by)),
    "confirm_office": ("chair", lambda at: actions.confirm_office(at.office, **at.by)),
    "confirm_reading": ("chair", lambda at: actions.confirm_reading(at.reading, **at.by)),
    "confirm_tenure": (
        "chair",
        lambda at: actions.confirm_tenure(at.cast.ceos, tenure=at.cast.tenures["delegate"], **at.by),
    ),
    "confirm_together": (
        "chair",
        lambda at: actions.confirm_together(at.cast.ceos, tenures=[at.cast.tenures["delegate"]], **at.by),
    ),
    "confirm_widening": ("chair", lambda at: actions.confirm_widening(at.wider, **at.by)),
    "withdraw_widening": ("chair", lambda at: actions.withdraw_widening(at.wider, **at.by)),
    "decline_request": ("colleague", lambda at: actions.decline_request(at.request, reason="No.", **at.by)),
    "end_membership": ("colleague", lambda at: actions.end_membership(at.membership, **at.by)),
    "invite_person": (
        "colleague",
        lambda at: actions.invite_person(at.cast.cfos, tenure=at.cast.tenures["newcomer"], **at.by),
    ),
    "join_group": ("newcomer", lambda at: actions.join_group(at.cast.membership, tenure=at.tenure, **at.by)),
    "lift_suspension": ("colleague", lambda at: actions.lift_suspension(at.suspension, **at.by)),
    "narrow_policy": ("colleague", lambda at: actions.narrow_policy(at.cast.cfos, policy=policy(), **at.by)),
    "request_to_join": (
        "newcomer",
        lambda at: actions.request_to_join(at.cast.counsels, tenure=at.tenure, note="", **at.by),
    ),
    "suspend_person": (
        "colleague",
        lambda at: actions.suspend_person(
            at.cast.cfos, person=at.cast.peer, reason="No.", until=at.cast.at + timedelta(days=3), **at.by
        ),
    ),
}
TEAM = "a deed of the council's team, which no quarter asks"
NIGHTLY = "the house itself"
ANSWER = "answers the council or an applicant for the society, and lets nobody write"
LET_THROUGH = {
    "accept_undertaking": "binds oneself, and writes nothing",
    "apply_to_join": "done by nobody signed in",
    "apply_with_role": "a question to the council",
    "approve_application": TEAM,
    "ask_society_again": TEAM,
    "ask_to_read": TEAM,
    "change_group": TEAM,
    "close_group": TEAM,
    "close_group_around": TEAM,
    "confirm_role": ANSWER,
    "decline_application": TEAM,
    "deny_role": ANSWER,
    "draw_up_undertaking": TEAM,
    "end_need": TEAM,
    "end_office": TEAM,
    "end_reading": "keeps others from reading; nothing is written",
    "forget_lapsed_applications": NIGHTLY,
    "found_group": TEAM,
    "lapse_applications": NIGHTLY,
    "leave_group": "whoever wants to go, goes",
    "name_officer": TEAM,
    "propose_widening": TEAM,
    "publish_version": TEAM,
    "remind_of_undertakings": NIGHTLY,
    "verify_application": "done by nobody signed in",
    "vouch_for_role": TEAM,
    "withdraw_application": "takes back",
    "withdraw_request": "takes back",
}


class At:
    """One of each thing an officer decides about, from before the silence."""

    def __init__(self, cast):
        self.cast, self.part = cast, "staff"
        asking = make_group("Asking", "cfo", slug="asking", joining="on_request")
        actions.name_officer(asking, tenure=cast.tenures["colleague"], role="chair", **self.by)
        self.membership = actions.invite_person(asking, tenure=cast.tenures["leaver"], **self.by)
        self.undertaking = actions.draw_up_undertaking("Conduct", slug="conduct-2", kind="conduct", by=None, at=cast.at)
        self.invited = actions.invite_person(cast.ceos, tenure=cast.tenures["peer"], **self.by)
        self.office = actions.name_officer(cast.ceos, tenure=cast.tenures["delegate"], role="vice_chair", **self.by)
        self.reading = actions.ask_to_read(cast.ceos, reason="A complaint.", **self.by)
        self.wider = actions.propose_widening(cast.ceos, policy=policy("ceo", "cfo"), **self.by)
        until = cast.at + timedelta(days=9)
        self.suspension = actions.suspend_person(cast.cfos, person=cast.leaver, reason="Rude.", until=until, **self.by)
        self.part = "peer"
        self.request = actions.request_to_join(asking, tenure=cast.tenures["peer"], note="", **self.by)

    @property
    def by(self):
        return {"viewer": self.cast.viewer(self.part), "at": self.cast.at}

    @property
    def tenure(self):
        return Tenure.objects.get(pk=self.cast.tenures[self.part].pk)


@pytest.fixture
def at():
    """Every society is silent, two months on."""
    made = At(build_cast())
    for days in (0, 60):
        advance_attestations(at=made.cast.at + timedelta(days=days))
    return made


def test_every_deed_is_barred_or_let_through_with_a_reason():
    assert sorted([*BARRED, *LET_THROUGH]) == sorted(actions.__all__)


def test_the_silent_are_refused_with_what_to_do(at):
    before = books()
    assert {name: refusal(at, *deed) for name, deed in BARRED.items()} == dict.fromkeys(BARRED, READS_ONLY)
    assert books() == before


def refusal(at, part, deed):
    at.part = part
    with pytest.raises(Refused) as caught:
        deed(at)
    return str(caught.value)


def test_who_is_silent_still_takes_back_and_leaves(at):
    at.part = "peer"
    assert is_taken_back(lambda: actions.withdraw_request(at.request, **at.by))
    at.part = "chair"
    assert is_taken_back(lambda: actions.end_reading(at.reading, **at.by))


def test_the_team_goes_on_running_groups(at):
    at.part = "staff"
    assert is_taken_back(lambda: actions.end_membership(at.membership, **at.by))
    assert is_taken_back(lambda: actions.lift_suspension(at.suspension, **at.by))
