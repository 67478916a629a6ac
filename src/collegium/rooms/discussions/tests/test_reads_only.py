"""People of a society that has not confirmed its seats read, and change nothing in conversations: every deed is named.

Each deed of the room stands below, either barred or let through with the reason; a new one that stands in neither list
fails the first test.
"""

from datetime import timedelta

import pytest

from collegium.core.access.errors import Refused
from collegium.core.groups import actions as groups
from collegium.core.groups.models import Group
from collegium.core.groups.tests.factories import make_group
from collegium.core.people.actions import advance_attestations
from collegium.core.people.models import Organization
from collegium.rooms.discussions import actions
from collegium.rooms.discussions.models import Post

from .factories import everything, fail_after, first_post, make_answer, make_topic, refused, tell

READS_ONLY = (
    "Your society has not confirmed its seats since July 3, 2026: its people read, but write nothing. Its liaison or "
    "chief executive can confirm them at the desk in a minute, and it counts at once."
)
# By the part of who does it: the peer asks, the colleague is an officer, both of silent societies.
BARRED = {
    "accept_answer": ("peer", lambda at: actions.accept_answer(at.answer, **at.by)),
    "agree_to_continuation": ("peer", lambda at: actions.agree_to_continuation(at.continuation, **at.by)),
    "answer_topic": ("peer", lambda at: actions.answer_topic(at.topic, raw="Yes.", tenure=at.tenure, **at.by)),
    "close_topic": ("peer", lambda at: actions.close_topic(at.topic, **at.by)),
    "delete_reported_post": (
        "colleague",
        lambda at: actions.delete_reported_post(at.topic.first, words="", reason="It sells.", **at.by),
    ),
    "dismiss_reports": ("colleague", lambda at: actions.dismiss_reports(at.topic.first, words="No.", **at.by)),
    "edit_held": ("leaver", lambda at: actions.edit_held(at.held, raw="Otherwise.", **at.by)),
    "edit_post": ("peer", lambda at: actions.edit_post(at.topic.first, raw="Otherwise.", **at.by)),
    "move_topic": (
        "colleague",
        lambda at: actions.move_topic(at.topic, to=at.group, audience_id=at.group.officers_audience_id, **at.by),
    ),
    "open_topic": (
        "peer",
        lambda at: actions.open_topic(at.group, kind="question", title="T", raw="R", tenure=at.tenure, **at.by),
    ),
    "pin_topic": ("colleague", lambda at: actions.pin_topic(at.topic, **at.by)),
    "propose_continuation": ("peer", lambda at: actions.propose_continuation(at.topic, to=at.money, **at.by)),
    "refuse_held": ("colleague", lambda at: actions.refuse_held(at.held, words="No.", **at.by)),
    "release_held": ("colleague", lambda at: actions.release_held(at.held, **at.by)),
    "reopen_topic": ("peer", lambda at: actions.reopen_topic(at.topic, **at.by)),
    "retitle_topic": ("peer", lambda at: actions.retitle_topic(at.topic, title="Otherwise", **at.by)),
    "submit_answer": ("peer", lambda at: actions.submit_answer(at.topic, raw="Yes.", tenure=at.tenure, **at.by)),
    "submit_topic": (
        "peer",
        lambda at: actions.submit_topic(at.group, kind="question", title="T", raw="R", tenure=at.tenure, **at.by),
    ),
    "unaccept_answer": ("peer", lambda at: actions.unaccept_answer(at.topic, **at.by)),
    "unpin_topic": ("colleague", lambda at: actions.unpin_topic(at.topic, **at.by)),
    "uphold_reports": ("colleague", lambda at: actions.uphold_reports(at.topic.first, words="", **at.by)),
}
# With the reason, and the deed where the silent may do it.
LET_THROUGH = {
    "advance_read_mark": ("reading", "peer", lambda at: actions.advance_read_mark(at.topic, number=1, **at.by)),
    "decline_continuation": (
        "to say no writes nothing",
        "peer",
        lambda at: actions.decline_continuation(at.continuation, **at.by),
    ),
    "delete_post": ("what is one's own goes", "peer", lambda at: actions.delete_post(at.topic.first, **at.by)),
    "hand_on_question": ("part of a departure, which a society may always record", "peer", None),
    "mark_all_read": ("reading", "peer", lambda at: actions.mark_all_read(None, **at.by)),
    "nudge_officers": ("a deed of the council's team, which no quarter asks", "staff", None),
    "report_post": (
        "readers ask for help, whatever their society owes",
        "peer",
        lambda at: actions.report_post(at.answer, reason="promotion", words="", **at.by),
    ),
    "take_back_question": ("the same", "peer", None),
    "withdraw_held": ("what is one's own goes", "leaver", lambda at: actions.withdraw_held(at.held, **at.by)),
}


class At:
    """Where the deeds are tried: a question with an answer, a report, something held, something proposed elsewhere."""

    def __init__(self, cast):
        self.cast, self.part = cast, "peer"
        self.money = make_group("Money", "cfo", slug="money")
        self.topic = make_topic(cast)
        self.topic.first = first_post(self.topic)
        self.answer = make_answer(cast, self.topic)
        report = {"reason": "promotion", "words": "", "viewer": cast.viewer("leaver"), "at": cast.at}
        actions.report_post(self.topic.first, **report)
        proposer = {"viewer": cast.viewer("colleague"), "at": cast.at}
        self.continuation = actions.propose_continuation(self.topic, to=self.money, **proposer)
        self.group = groups.change_holding(cast.cfos, holding="everybody", held_at_first=1, **proposer)
        written = {"raw": "I would rather wait.", "tenure": cast.tenures["leaver"], "viewer": cast.viewer("leaver")}
        self.topic.group = self.group
        self.held = actions.submit_answer(self.topic, at=cast.at, **written)
        self.group = groups.change_holding(self.group, holding="nothing", held_at_first=1, **proposer)
        tell()

    @property
    def by(self):
        return {"viewer": self.cast.viewer(self.part), "at": self.cast.at}

    @property
    def tenure(self):
        return self.cast.tenures[self.part]


@pytest.fixture
def at(cast):
    """Every society is silent, two months on."""
    made = At(cast)
    for days in (0, 60):
        advance_attestations(at=cast.at + timedelta(days=days))
    return made


def test_every_deed_is_barred_or_let_through_with_a_reason():
    assert sorted([*BARRED, *LET_THROUGH]) == sorted(actions.__all__)


def test_the_silent_are_refused_with_what_to_do(at):
    found = {name: refusal(at, *deed) for name, deed in BARRED.items()}
    assert found == dict.fromkeys(BARRED, READS_ONLY)


def refusal(at, part, deed):
    at.part = part
    before = everything()
    with pytest.raises(Refused) as caught:
        deed(at)
    assert everything() == before
    return str(caught.value)


def test_what_writes_nothing_is_let_through(at):
    for _reason, at.part, deed in LET_THROUGH.values():
        if deed:
            fail_after(lambda deed=deed: deed(at))


def test_an_officer_deletes_nothing_of_others(at):
    at.part = "colleague"
    with refused(READS_ONLY):
        actions.delete_post(at.topic.first, **at.by)


def test_who_belongs_through_another_society_too_goes_on(cast, at):
    """Two seats in one group: only what stands on the silent society alone is at rest."""
    at.part = "two_seats"
    topic = make_topic_of_two(cast)
    Organization.objects.filter(pk=cast.reef.pk).update(unconfirmed_at=None, read_only_at=None)
    viewer = cast.viewer("two_seats")
    assert (cast.membership.circle.audience_id in viewer.silent_since) is False
    assert actions.edit_post(topic, raw="Otherwise.", viewer=viewer, at=cast.at).raw == "Otherwise."
    with refused(READS_ONLY):
        seat = cast.tenures["two_seats"]
        actions.answer_topic(topic.topic, raw="From Lagoon.", tenure=seat, viewer=viewer, at=cast.at)
    reef = cast.tenures["two_seats_reef"]
    assert actions.answer_topic(topic.topic, raw="From Reef.", tenure=reef, viewer=viewer, at=cast.at).raw


def make_topic_of_two(cast) -> Post:
    """A topic of who holds seats in two societies, both in the group, from before the silence."""
    silent = dict(Organization.objects.values_list("pk", "read_only_at"))
    marks = dict(Organization.objects.values_list("pk", "unconfirmed_at"))
    Organization.objects.update(unconfirmed_at=None, read_only_at=None)
    group = Group.objects.select_related("circle").get(pk=cast.membership.pk)
    reef, viewer = cast.tenures["two_seats_reef"], cast.viewer("two_seats")
    groups.join_group(group, tenure=reef, viewer=viewer, at=cast.at)
    made = first_post(make_topic(cast, by="two_seats", group=group))
    for pk, since in silent.items():
        Organization.objects.filter(pk=pk).update(unconfirmed_at=marks[pk], read_only_at=since)
    return made


def test_the_page_says_why_and_offers_nothing_that_would_be_refused(at, client):
    client.force_login(at.cast.peer)
    page = client.get(at.topic.get_absolute_url(), follow=True).content.decode()
    assert READS_ONLY in page
    assert "/edit/" not in page
    assert "title/" not in page
    assert client.get(f"/groups/{at.group.slug}/topics/new/").status_code == 403
