"""Two officers decide at the same time, or somebody comes in while a topic is moved: the second waits and sees."""

import pytest

from collegium.core.access.errors import Refused
from collegium.core.groups import actions as groups
from collegium.core.groups.tests.cast import build_cast
from collegium.core.groups.tests.factories import make_group
from collegium.core.groups.tests.meeting import Other
from collegium.core.people import actions as people
from collegium.rooms.discussions import actions
from collegium.rooms.discussions.models import HeldPost, Post, Report, Topic

from .factories import make_answer, make_topic

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def officers():
    """The cast, with a second officer of the finance officers."""
    cast = build_cast()
    staff = cast.viewer("staff")
    groups.name_officer(cast.cfos, tenure=cast.tenures["leaver"], role="vice_chair", viewer=staff, at=cast.at)
    return cast


def together(*deeds):
    first = Other(deeds[0]).hold()
    second = Other(deeds[1]).start()
    assert second.is_waiting
    first.let_go()
    return second


def test_of_two_who_decide_about_a_report_the_second_is_refused(officers):
    cast = officers
    post = make_answer(cast, make_topic(cast), by="peer")
    topic_reader = cast.viewer("leaver")
    actions.report_post(post, reason="conduct", words="", viewer=topic_reader, at=cast.at)
    deeds = [
        lambda: actions.delete_reported_post(
            post, words="", reason="It demeans.", viewer=cast.viewer("colleague"), at=cast.at
        ),
        lambda: actions.dismiss_reports(post, words="It stays.", viewer=cast.viewer("leaver"), at=cast.at),
    ]
    with pytest.raises(Refused, match="decided already"):
        together(*deeds).let_go()
    assert Report.objects.get().state == "upheld"


def test_of_two_who_decide_about_a_held_post_the_second_is_refused(officers):
    cast = officers
    topic = make_topic(cast, by="colleague")
    officer = cast.viewer("colleague")
    topic.group = groups.change_holding(cast.cfos, holding="everybody", held_at_first=1, viewer=officer, at=cast.at)
    held = actions.submit_answer(
        topic, raw="Held.", tenure=cast.tenures["peer"], viewer=cast.viewer("peer"), at=cast.at
    )
    deeds = [
        lambda: actions.release_held(held, viewer=officer, at=cast.at),
        lambda: actions.refuse_held(held, words="No.", viewer=cast.viewer("leaver"), at=cast.at),
    ]
    with pytest.raises(Refused, match="decided or withdrawn already"):
        together(*deeds).let_go()
    assert (HeldPost.objects.get().state, Post.objects.count()) == ("released", 2)


def test_whoever_comes_into_the_other_group_while_a_topic_moves_there_is_seen(officers):
    cast = officers
    group = make_group("Reserves", slug="reserves", joining="invitation")
    staff = cast.viewer("staff")
    groups.name_officer(group, tenure=cast.tenures["colleague"], role="chair", viewer=staff, at=cast.at)
    topic = make_topic(cast)
    deeds = [
        lambda: groups.invite_person(group, tenure=cast.tenures["newcomer"], viewer=staff, at=cast.at),
        lambda: actions.move_topic(
            topic, to=group, audience_id=group.circle.audience_id, viewer=cast.viewer("colleague"), at=cast.at
        ),
    ]
    with pytest.raises(Refused, match="cannot read it here"):
        together(*deeds).let_go()
    assert Topic.objects.get().group_id == cast.cfos.pk


def test_whoever_comes_in_after_a_topic_began_to_move_waits_for_it(officers):
    cast = officers
    group = make_group("Reserves", slug="reserves", joining="invitation")
    staff = cast.viewer("staff")
    groups.name_officer(group, tenure=cast.tenures["colleague"], role="chair", viewer=staff, at=cast.at)
    topic = make_topic(cast)
    first = Other(
        lambda: actions.move_topic(
            topic, to=group, audience_id=group.circle.audience_id, viewer=cast.viewer("colleague"), at=cast.at
        )
    ).hold()
    second = Other(lambda: people.end_tenure(cast.tenures["chair"], last_day=cast.at.date(), by=cast.staff, at=cast.at))
    assert second.start().is_waiting
    assert first.let_go().group_id == group.pk
    second.let_go()


@pytest.mark.parametrize("deed", ["answer", "topic"])
def test_what_is_written_while_officers_begin_to_hold_waits_and_is_held(officers, deed):
    """The page was drawn, and the form sent, while the group held nothing."""
    cast = officers
    topic = make_topic(cast, by="colleague")
    viewer, tenure = cast.viewer("peer"), cast.tenures["peer"]
    written = {"raw": "Held.", "tenure": tenure, "viewer": viewer, "at": cast.at}
    deeds = {
        "answer": lambda: actions.submit_answer(topic, **written),
        "topic": lambda: actions.submit_topic(cast.cfos, kind="question", title="Held?", **written),
    }
    officer = cast.viewer("colleague")
    first = lambda: groups.change_holding(  # noqa: E731 - a deed
        cast.cfos, holding="everybody", held_at_first=1, viewer=officer, at=cast.at
    )
    assert isinstance(together(first, deeds[deed]).let_go(), HeldPost)
    assert (HeldPost.objects.count(), Post.objects.count()) == (1, 1)


@pytest.mark.parametrize("deed", ["post", "title"])
def test_what_is_changed_while_officers_begin_to_hold_waits_and_is_refused(officers, deed):
    cast = officers
    topic = make_topic(cast)
    by = {"viewer": cast.viewer("peer"), "at": cast.at}
    deeds = {
        "post": lambda: actions.edit_post(topic.posts.get(), raw="Passes by.", **by),
        "title": lambda: actions.retitle_topic(topic, title="Passes by", **by),
    }
    officer = cast.viewer("colleague")
    first = lambda: groups.change_holding(  # noqa: E731 - a deed
        cast.cfos, holding="everybody", held_at_first=1, viewer=officer, at=cast.at
    )
    with pytest.raises(Refused, match="would pass them by"):
        together(first, deeds[deed]).let_go()


def test_officers_who_begin_to_hold_wait_for_what_is_being_written(officers):
    cast = officers
    topic = make_topic(cast, by="colleague")
    written = {"raw": "Stands.", "tenure": cast.tenures["peer"], "viewer": cast.viewer("peer"), "at": cast.at}
    officer = cast.viewer("colleague")
    deeds = [
        lambda: actions.submit_answer(topic, **written),
        lambda: groups.change_holding(cast.cfos, holding="everybody", held_at_first=1, viewer=officer, at=cast.at),
    ]
    assert together(*deeds).let_go().holding == "everybody"
    assert Post.objects.count() == 2
