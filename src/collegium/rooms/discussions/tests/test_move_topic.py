"""Moving a topic: only where nobody new reads it; the whole story."""

from datetime import timedelta

import pytest
from psycopg.types.range import TimestamptzRange

from collegium.core.access.models import Admission
from collegium.core.access.queries import unsettled
from collegium.core.entries.queries import misplaced_passages
from collegium.core.groups import actions as groups
from collegium.core.groups.tests.factories import make_group
from collegium.core.notices.models import Follow
from collegium.core.trail.models import Event
from collegium.rooms.discussions import actions
from collegium.rooms.discussions.models import ReadMark, Topic
from collegium.rooms.discussions.queries.moving import let_in_by, places_for

from .factories import fail_after, make_answer, make_topic, make_upload, refused, tell

NEWCOMERS = (
    "There it would be read, now or later, by %s who cannot read it here. A topic is never "
    "shown to people its writers could not expect: continue it there instead."
)


def name(cast, group, part, role="chair"):
    groups.name_officer(group, tenure=cast.tenures[part], role=role, viewer=cast.viewer("staff"), at=cast.at)


@pytest.fixture
def reserves(cast):
    """A group to which nobody but two of the finance officers belong; the colleague chairs both."""
    group = make_group("Reserves", slug="reserves", joining="invitation")
    for part in ("colleague", "peer"):
        groups.invite_person(group, tenure=cast.tenures[part], viewer=cast.viewer("staff"), at=cast.at)
    name(cast, group, "colleague")
    return group


def move(cast, topic, to, audience=None, by="colleague"):
    audience_id = audience or type(to).objects.select_related("circle").get(pk=to.pk).circle.audience_id
    return actions.move_topic(topic, to=to, audience_id=audience_id, viewer=cast.viewer(by), at=cast.at)


def test_move_topic_takes_it_with_its_passages_and_files_to_the_other_group(cast, reserves):
    topic = make_topic(cast)
    make_answer(cast, topic, attachments=[make_upload(cast).pk])
    actions.pin_topic(topic, viewer=cast.viewer("colleague"), at=cast.at)
    marks, follows = ReadMark.objects.count(), Follow.objects.count()
    move(cast, topic, reserves)
    stored = Topic.objects.select_related("entry").get(pk=topic.pk)
    assert (stored.group, stored.entry.place_id, stored.entry.audience, stored.pinned_at) == (
        reserves,
        reserves.pk,
        reserves.circle.audience,
        None,
    )
    assert (ReadMark.objects.count(), Follow.objects.count()) == (marks, follows)
    assert list(misplaced_passages()) == []
    assert Topic.objects.visible_to(cast.viewer("peer")).filter(pk=topic.pk).exists()
    assert not Topic.objects.visible_to(cast.viewer("leaver")).filter(pk=topic.pk).exists()


def test_who_only_reads_a_group_for_a_day_moves_nothing_into_it(cast, reserves):
    groups.invite_person(cast.cfos, tenure=cast.tenures["staff"], viewer=cast.viewer("second_staff"), at=cast.at)
    reading = groups.ask_to_read(reserves, reason="A complaint", viewer=cast.viewer("staff"), at=cast.at)
    groups.confirm_reading(reading, viewer=cast.viewer("second_staff"), at=cast.at)
    topic, viewer = make_topic(cast), cast.viewer("staff")
    assert viewer.is_among(reserves.circle.audience_id)
    assert reserves not in [place["group"] for place in places_for(topic, viewer)]
    with refused("Only an officer of both groups, or one of the council's team who is in both, can move it."):
        move(cast, topic, reserves, by="staff")
    with refused("You can continue it only in a group you are in."):
        actions.propose_continuation(topic, to=reserves, viewer=viewer, at=cast.at)


def test_move_topic_narrows_it_to_the_officers_of_its_group(cast):
    topic = make_topic(cast)
    move(cast, topic, cast.cfos, cast.cfos.officers_audience_id)
    stored = Topic.objects.select_related("entry").get(pk=topic.pk)
    assert (stored.group_id, stored.entry.audience_id) == (cast.cfos.pk, cast.cfos.officers_audience_id)


def test_move_topic_is_recorded_in_both_groups_and_told_to_those_who_follow_it_there(cast, reserves):
    topic = make_topic(cast)
    make_answer(cast, topic, by="leaver")
    tell()
    before = topic.entry.audience_id
    move(cast, topic, reserves)
    here = reserves.circle.audience_id
    recorded = Event.objects.filter(name__startswith="topic.moved").order_by("pk")
    assert list(recorded.values_list("name", "entry", "audience", "facts")) == [
        ("topic.moved", topic.pk, here, {"from": cast.cfos.pk, "to": reserves.pk}),
        ("topic.moved_away", cast.cfos.pk, before, {"topic": topic.pk}),
        ("topic.moved_here", reserves.pk, here, {"topic": topic.pk}),
    ]
    assert tell() == [("ines-okafor", "TopicMoved")]


def test_move_topic_is_refused_where_somebody_new_would_read_it(cast):
    name(cast, cast.membership, "colleague")
    topic = make_topic(cast)
    with refused(NEWCOMERS % "1 person of 1 society"):
        move(cast, topic, cast.membership)


def test_move_topic_counts_also_those_who_will_come_later(cast, reserves):
    topic = make_topic(cast)
    later = TimestamptzRange(cast.at + timedelta(days=30), None)
    audience = reserves.circle.audience
    Admission.objects.create(
        person=cast.newcomer, audience=audience, organization=cast.reef, reason="seat", period=later
    )
    assert let_in_by(topic, audience.pk, cast.at) == (1, 1)
    with refused(NEWCOMERS % "1 person of 1 society"):
        move(cast, topic, reserves)


def test_move_topic_counts_those_who_would_read_it_for_longer(cast, reserves):
    topic = make_topic(cast)
    ends = TimestamptzRange(None, cast.at + timedelta(days=3))
    Admission.objects.filter(person=cast.peer, audience=topic.entry.audience_id).update(period=ends)
    assert let_in_by(topic, reserves.circle.audience_id, cast.at) == (1, 1)
    # What is past lets nobody in.
    Admission.objects.filter(person=cast.peer, audience=reserves.circle.audience_id).update(period=ends)
    assert let_in_by(topic, reserves.circle.audience_id, cast.at) == (0, 0)


@pytest.mark.parametrize("by", ["peer", "leaver"])
def test_move_topic_is_refused_to_those_who_do_not_run_both(cast, reserves, by):
    topic = make_topic(cast)
    with refused("Only an officer of both groups, or one of the council's team who is in both, can move it."):
        move(cast, topic, reserves, by=by)


def test_move_topic_is_refused_to_whoever_does_not_see_it(cast, reserves):
    topic = make_topic(cast)
    with refused("You can no longer see this topic."):
        move(cast, topic, reserves, by="staff")


def test_move_topic_is_done_by_one_of_the_team_who_is_in_both(cast, reserves):
    name(cast, cast.cfos, "staff", "liaison")
    name(cast, reserves, "staff", "liaison")
    assert move(cast, make_topic(cast), reserves, by="staff").group == reserves


def test_move_topic_is_refused_to_where_it_is_and_to_other_audiences(cast, reserves):
    topic = make_topic(cast)
    with refused("This is where it is already."):
        move(cast, topic, cast.cfos)
    with refused("A topic moves to the members of a group or to its officers."):
        move(cast, topic, reserves, cast.cfos.circle.audience_id)


def test_move_topic_is_refused_while_something_in_it_waits(cast, reserves):
    topic = make_topic(cast)
    post = make_answer(cast, topic, by="leaver")
    actions.report_post(post, reason="conduct", words="", viewer=cast.viewer("peer"), at=cast.at)
    with refused("A post in it is reported: decide about that first."):
        move(cast, topic, reserves)
    officer = cast.viewer("colleague")
    actions.dismiss_reports(post, words="It stays.", viewer=officer, at=cast.at)
    group = groups.change_holding(cast.cfos, holding="everybody", held_at_first=1, viewer=officer, at=cast.at)
    topic.group = group
    actions.submit_answer(topic, raw="Held.", tenure=cast.tenures["peer"], viewer=cast.viewer("peer"), at=cast.at)
    with refused("Answers to it wait for an officer: decide about them first."):
        move(cast, topic, reserves)


def test_places_for_a_topic_are_where_the_viewer_is_and_it_is_not(cast, reserves):
    topic = make_topic(cast)
    found = [(p["group"].slug, p["is_officers"]) for p in places_for(topic, cast.viewer("colleague"))]
    assert found == [("cfos", True), ("reserves", False), ("reserves", True)]
    assert places_for(topic, cast.viewer("leaver")) == []


def test_move_topic_leaves_nothing_changed_if_its_transaction_fails(cast, reserves):
    topic = make_topic(cast)
    fail_after(lambda: move(cast, topic, reserves))
    assert list(unsettled()) == []
