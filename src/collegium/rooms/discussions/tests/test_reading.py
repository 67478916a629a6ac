"""Read marks, and marking all as read: the whole story."""

from datetime import timedelta

import pytest

from collegium.core.access.errors import Refused
from collegium.core.notices.models import Notification
from collegium.core.trail.models import Event
from collegium.rooms.discussions import actions
from collegium.rooms.discussions.models import ReadAll, ReadMark

from .factories import fail_after, make_answer, make_topic, refused, tell


@pytest.fixture
def topic(cast):
    topic = make_topic(cast)
    for _ in range(3):
        make_answer(cast, topic)
    return topic


def advance(cast, topic, number, at=None):
    actions.advance_read_mark(topic, number=number, viewer=cast.viewer("leaver"), at=at or cast.at)


def mark_of(cast):
    return ReadMark.objects.filter(person=cast.leaver).values_list("number", "at").first()


def test_advance_read_mark_goes_forward_and_never_back(cast, topic):
    later = cast.at + timedelta(hours=1)
    seen = [mark_of(cast)]
    for number, at in ((2, cast.at), (3, later), (2, later), (3, cast.at)):
        advance(cast, topic, number, at)
        seen.append(mark_of(cast))
    assert seen == [None, (2, cast.at), (3, later), (3, later), (3, later)]


def test_advance_read_mark_stops_at_the_newest_post(cast, topic):
    advance(cast, topic, 10**6)
    assert mark_of(cast) == (4, cast.at)


def test_advance_read_mark_is_nobody_elses_business(cast, topic):
    events = Event.objects.count()
    advance(cast, topic, 2)
    assert Event.objects.count() == events
    assert not ReadMark.objects.exclude(person__in=[cast.leaver, cast.peer]).exists()


def test_advance_read_mark_is_refused_to_nobody_in_particular(cast, topic):
    with refused("Only somebody signed in has read marks."):
        actions.advance_read_mark(topic, number=1, viewer=cast.viewer(None), at=cast.at)


def test_advance_read_mark_is_undone_with_its_transaction(cast, topic):
    fail_after(lambda: advance(cast, topic, 2))


def test_mark_all_read_covers_one_group_and_never_goes_back(cast):
    viewer, later = cast.viewer("colleague"), cast.at + timedelta(hours=1)
    for at in (later, cast.at):
        actions.mark_all_read(cast.cfos, viewer=viewer, at=at)
    assert list(ReadAll.objects.values_list("person", "group", "at")) == [(cast.colleague.pk, cast.cfos.pk, later)]


def test_mark_all_read_covers_all_groups_of_the_viewer(cast):
    actions.mark_all_read(None, viewer=cast.viewer("two_seats"), at=cast.at)
    actions.mark_all_read(None, viewer=cast.viewer("outsider"), at=cast.at)
    assert list(ReadAll.objects.values_list("person", "group")) == [(cast.two_seats.pk, cast.membership.pk)]


@pytest.mark.parametrize("part", ["delegate", "staff", "outsider"])
def test_mark_all_read_of_a_group_is_refused_to_others(cast, part):
    with refused("Only members of the group have something to read in it."):
        actions.mark_all_read(cast.cfos, viewer=cast.viewer(part), at=cast.at)


def test_mark_all_read_is_refused_to_nobody_in_particular(cast):
    with pytest.raises(Refused, match=r"Only somebody signed in has read marks\."):
        actions.mark_all_read(None, viewer=cast.viewer(None), at=cast.at)


def test_mark_all_read_is_undone_with_its_transaction(cast):
    fail_after(lambda: actions.mark_all_read(None, viewer=cast.viewer("peer"), at=cast.at))


# --- read before being told


def bells(cast):
    """Who hears a bell, and who only finds it among what they were told."""
    found = Notification.objects.filter(notice__startswith="discussions.").order_by("person__handle", "pk")
    return list(found.values_list("person__handle", "seen_at"))


def test_whoever_read_on_before_the_worker_came_hears_no_bell(cast):
    topic = make_topic(cast)
    tell()
    make_answer(cast, topic)
    make_answer(cast, topic, by="leaver")
    actions.advance_read_mark(topic, number=2, viewer=cast.viewer("peer"), at=cast.at)
    tell()
    assert bells(cast) == [
        ("ines-okafor", cast.at),
        ("ines-okafor", None),
        ("kekoa-lindgren", None),
        ("kekoa-lindgren", None),
        ("tomasz-halloran", None),
        ("tomasz-halloran", None),
    ]


def test_a_mention_by_another_wording_rings_though_the_post_was_read(cast):
    topic = make_topic(cast)
    answer = make_answer(cast, topic)
    actions.advance_read_mark(topic, number=2, viewer=cast.viewer("leaver"), at=cast.at)
    tell()
    actions.edit_post(answer, raw="Ask @kekoa-lindgren.", viewer=cast.viewer("colleague"), at=cast.at)
    assert tell() == [("kekoa-lindgren", "Mentioned")]
    assert ("kekoa-lindgren", None) in bells(cast)
