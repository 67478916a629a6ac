"""Upholding and dismissing reports, deleting what was reported, reminding officers: their whole story."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connection

from collegium.core.groups import actions as groups
from collegium.core.groups.models import Group
from collegium.core.groups.tests.factories import make_group
from collegium.rooms.discussions import actions
from collegium.rooms.discussions.models import Post, Report
from collegium.rooms.discussions.queries.moderation import counts_of, decided_reports, waiting_by_group, waiting_reports

from .factories import fail_after, last_event, make_answer, make_topic, refused, tell


def delete(post, *, words, viewer, at):
    return actions.delete_reported_post(post, words=words, reason="It sells.", viewer=viewer, at=at)


DEEDS = [actions.uphold_reports, actions.dismiss_reports, delete]


@pytest.fixture
def post(cast):
    """An answer of the leaver, reported by the peer."""
    made = make_answer(cast, make_topic(cast), by="leaver")
    actions.report_post(made, reason="promotion", words="An advertisement.", viewer=cast.viewer("peer"), at=cast.at)
    tell()
    return made


def decide(cast, deed, post, by="colleague", words="Thank you."):
    return deed(post, words=words, viewer=cast.viewer(by), at=cast.at + timedelta(hours=1))


@pytest.mark.parametrize(
    ("deed", "state", "is_deleted"),
    [
        (actions.uphold_reports, "upheld", False),
        (actions.dismiss_reports, "dismissed", False),
        (delete, "upheld", True),
    ],
)
def test_a_decision_is_kept_with_who_when_and_the_words(cast, post, deed, state, is_deleted):
    decide(cast, deed, post)
    report = Report.objects.get(post=post)
    assert (report.state, report.decided_by, report.decided_at, report.answer) == (
        state,
        cast.colleague,
        cast.at + timedelta(hours=1),
        "Thank you.",
    )
    assert (Post.objects.get(pk=post.pk).deleted_at is not None) == is_deleted
    assert waiting_reports(cast.cfos, cast.viewer("colleague")) == []
    assert list(decided_reports(cast.cfos, cast.viewer("colleague"))) == [report]


@pytest.mark.parametrize(
    ("deed", "name", "notice"),
    [
        (actions.uphold_reports, "post.reports_upheld", "ReportsUpheld"),
        (actions.dismiss_reports, "post.reports_dismissed", "ReportsDismissed"),
    ],
)
def test_a_decision_is_recorded_for_officers_and_told_to_who_reported(cast, post, deed, name, notice):
    decide(cast, deed, post, words="canary")
    event, report = last_event(), Report.objects.get(post=post)
    assert (event["name"], event["actor_id"], event["audience_id"], event["facts"]) == (
        name,
        cast.colleague.pk,
        cast.cfos.officers_audience_id,
        {"number": 2, "post": post.pk, "reports": [report.pk]},
    )
    assert tell() == [("ines-okafor", notice)]


def test_delete_reported_post_tells_who_reported_also_after_the_post_is_gone(cast, post):
    decide(cast, delete, post)
    assert tell() == [("ines-okafor", "ReportsUpheld"), ("kekoa-lindgren", "PostDeleted")]


def test_delete_reported_post_gives_its_author_the_reason_and_not_the_words_for_others(cast, post):
    decide(cast, delete, post, words="Thank you, Ines.")
    assert (Post.objects.get(pk=post.pk).deletion_words, Report.objects.get().answer) == (
        "It sells.",
        "Thank you, Ines.",
    )


def test_delete_reported_post_is_refused_without_a_reason_for_its_author(cast, post):
    with refused("Say why: its author will read it."):
        actions.delete_reported_post(post, words="", reason=" ", viewer=cast.viewer("colleague"), at=cast.at)


def test_a_decision_counts_for_all_who_reported_the_post(cast, post):
    late = cast.viewer("colleague")
    actions.report_post(post, reason="conduct", words="", viewer=late, at=cast.at)
    decide(cast, actions.dismiss_reports, post)
    assert list(Report.objects.values_list("state", flat=True)) == ["dismissed", "dismissed"]


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize(
    ("by", "reason"),
    [("peer", "Only an officer of the group can do this."), ("staff", "You can no longer see this topic.")],
)
def test_a_decision_is_refused_to_others(cast, post, deed, by, reason):
    with refused(reason):
        decide(cast, deed, post, by=by)


@pytest.mark.parametrize("deed", DEEDS)
def test_a_decision_about_ones_own_post_is_refused(cast, deed):
    own = make_answer(cast, make_topic(cast), by="colleague")
    actions.report_post(own, reason="conduct", words="", viewer=cast.viewer("peer"), at=cast.at)
    with refused("Somebody else decides about your own post."):
        decide(cast, deed, own)


@pytest.mark.parametrize("deed", DEEDS)
def test_a_decision_is_refused_a_second_time(cast, post, deed):
    decide(cast, actions.uphold_reports, post)
    with refused("What was reported is decided already."):
        decide(cast, deed, post)


def test_dismiss_reports_is_refused_without_a_word(cast, post):
    with refused("Say why: whoever reported it will read it."):
        decide(cast, actions.dismiss_reports, post, words=" ")


@pytest.mark.parametrize("deed", DEEDS)
def test_a_decision_leaves_nothing_changed_if_its_transaction_fails(cast, post, deed):
    fail_after(lambda: decide(cast, deed, post))


# --- where the topic moves


@pytest.fixture
def moved(cast, post):
    """The topic with the decided report went to a group that the peer runs with the colleague, for the same readers."""
    decide(cast, actions.dismiss_reports, post)
    group = make_group("Reserves", "cfo", slug="reserves")
    for part in ("colleague", "peer"):
        groups.name_officer(group, tenure=cast.tenures[part], role="chair", viewer=cast.viewer("staff"), at=cast.at)
    group = Group.objects.select_related("circle").get(pk=group.pk)
    officer = cast.viewer("colleague")
    actions.move_topic(post.topic, to=group, audience_id=group.circle.audience_id, viewer=officer, at=cast.at)
    return group


def report_again(cast, post):
    return actions.report_post(post, reason="conduct", words="", viewer=cast.viewer("colleague"), at=cast.at)


def test_a_decided_report_stays_with_the_officers_it_was_made_to_where_its_topic_moves(cast, moved):
    report = Report.objects.get()
    assert report.group_id == cast.cfos.pk
    for part in ("colleague", "peer"):
        assert list(decided_reports(moved, cast.viewer(part))) == []
    assert list(decided_reports(cast.cfos, cast.viewer("colleague"))) == [report]
    assert [p for p in cast.parts if Report.objects.visible_to(cast.viewer(p)).exists()] == ["colleague"]


def test_what_is_reported_after_the_move_is_the_new_officers(cast, moved, post):
    late = cast.viewer("colleague")
    report_again(cast, post)
    assert [row["post"] for row in waiting_reports(moved, cast.viewer("peer"))] == [post]
    assert waiting_reports(cast.cfos, late) == []
    assert (counts_of(moved)["reports"], counts_of(cast.cfos)["reports"]) == (1, 0)
    waiting = {row["slug"]: row["reports"] for row in waiting_by_group(cast.viewer("staff"))}
    assert waiting == {"reserves": 1}


def test_reports_of_topics_that_moved_before_go_back_to_whom_the_trail_says(cast, moved, post):
    again = report_again(cast, post)
    without_word = Report.objects.create(
        post=post, group=cast.ceos, by=cast.newcomer, reason="conduct", words="", at=cast.at
    )
    first = Report.objects.get(by=cast.peer)
    Report.objects.update(group=cast.ceos)
    migration = import_module("collegium.rooms.discussions.migrations.0009_reports_keep_their_group")
    with connection.cursor() as cursor:
        cursor.execute(migration.KEEP)
    groups_of = dict(Report.objects.values_list("pk", "group"))
    assert groups_of == {first.pk: cast.cfos.pk, again.pk: moved.pk, without_word.pk: moved.pk}


# --- reminding


def nudge(cast, by="staff", group=None, at=None):
    return actions.nudge_officers(group or cast.cfos, viewer=cast.viewer(by), at=at or cast.at)


def test_nudge_officers_is_recorded_and_told_to_them(cast, post):
    nudge(cast)
    event = last_event()
    assert (event["name"], event["actor_id"], event["entry_id"], event["audience_id"]) == (
        "moderation.nudged",
        cast.staff.pk,
        cast.cfos.pk,
        cast.cfos.officers_audience_id,
    )
    assert tell() == [("tomasz-halloran", "OfficersNudged")]


def test_nudge_officers_is_refused_twice_in_a_day_and_not_later(cast, post):
    nudge(cast)
    with refused("The officers were reminded within the last day."):
        nudge(cast, by="second_staff", at=cast.at + timedelta(hours=23))
    nudge(cast, at=cast.at + timedelta(hours=25))


def test_nudge_officers_is_refused_where_nothing_waits(cast, post):
    with refused("Nothing waits in this group."):
        nudge(cast, group=cast.ceos)


def test_nudge_officers_is_refused_where_nobody_is_there_to_be_reminded(cast, post):
    office = cast.cfos.offices.get()
    groups.end_office(office, viewer=cast.viewer("staff"), at=cast.at)
    with refused("This group has no officer: name one first."):
        nudge(cast)


def test_nudge_officers_is_for_the_councils_team(cast, post):
    with refused("Only the council's team can do this."):
        nudge(cast, by="colleague")


def test_nudge_officers_leaves_nothing_changed_if_its_transaction_fails(cast, post):
    fail_after(lambda: nudge(cast))
