"""Lists of topics as a viewer sees them."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collegium.core.notices import actions as notices
from collegium.rooms.discussions import actions, queries
from collegium.rooms.discussions.queries import TopicRow

from .factories import make_answer, make_topic


def at(cast, hours):
    return cast.at + timedelta(hours=hours)


def titles(rows):
    return [row.title for row in rows]


@pytest.fixture
def three(cast):
    """Three topics of the CFOs, touched in the order one, three, two."""
    one = make_topic(cast, title="One", at=at(cast, 1))
    two = make_topic(cast, title="Two", kind="discussion", by="colleague", at=at(cast, 2))
    three = make_topic(cast, title="Three", kind="announcement", at=at(cast, 3))
    make_answer(cast, two, by="leaver", at=at(cast, 4))
    return one, two, three


# --- rows


def test_a_row_tells_all_a_list_shows(cast, three):
    _one, two, _three = three
    row = queries.home_feed(cast.viewer("peer")).topics[0]
    assert row == TopicRow(
        id=two.pk,
        title="Two",
        kind="discussion",
        group_id=cast.cfos.pk,
        group_name="Chief Financial Officers",
        group_short="cfos",
        group_slug="cfos",
        author_name="Tomasz Halloran",
        society_name="College of Harbour Surgeons",
        answers=1,
        unread=2,
        number=1,
        is_new=True,
        at=at(cast, 4),
        pinned=False,
        closed=False,
        solved=False,
        muted=False,
        for_officers=False,
        imported=0,
        sealed=False,
    )


def test_a_row_tells_what_is_unread_new_muted_closed_and_solved(cast, three):
    one, two, three_ = three
    viewer = cast.viewer("colleague")
    actions.advance_read_mark(one, number=1, viewer=viewer, at=at(cast, 5))
    answer = make_answer(cast, one, by="leaver", at=at(cast, 6))
    actions.accept_answer(answer, viewer=cast.viewer("peer"), at=at(cast, 6))
    actions.close_topic(three_, viewer=viewer, at=at(cast, 6))
    notices.mute(two.entry, by=cast.colleague)
    rows = {row.title: row for row in queries.home_feed(viewer).topics}
    told = {title: (r.unread, r.number, r.is_new, r.muted, r.closed, r.solved) for title, r in rows.items()}
    assert told == {
        "One": (1, 2, False, False, False, True),
        "Two": (1, 2, False, True, False, False),
        "Three": (1, 1, True, False, True, False),
    }


# --- home


def test_home_feed_is_the_newest_over_all_circles_of_the_viewer(cast, three):
    make_topic(cast, by="delegate", group=cast.ceos, title="For chief executives", at=at(cast, 9))
    feeds = {part: titles(queries.home_feed(cast.viewer(part)).topics) for part in cast.parts}
    cfos, ceos = ["Two", "Three", "One"], ["For chief executives"]
    seen = {"peer": cfos, "colleague": cfos, "leaver": cfos, "delegate": ceos, "chair": ceos}
    assert feeds == {part: seen.get(part, []) for part in cast.parts}


def test_home_feed_merges_several_circles(cast, three):
    make_topic(cast, by="colleague", audience_id=cast.cfos.officers_audience_id, title="Officers", at=at(cast, 2.5))
    rows = queries.home_feed(cast.viewer("colleague")).topics
    assert [(row.title, row.for_officers) for row in rows] == [
        ("Two", False),
        ("Three", False),
        ("Officers", True),
        ("One", False),
    ]


def test_home_feed_goes_on_where_the_page_before_ended(cast, three):
    viewer = cast.viewer("peer")
    first = queries.home_feed(viewer, limit=2)
    second = queries.home_feed(viewer, limit=2, before=first.before)
    assert (titles(first.topics), titles(second.topics), second.before) == (["Two", "Three"], ["One"], None)


def test_open_questions_are_ones_own_without_an_answer(cast):
    solved = make_topic(cast, title="Solved")
    actions.accept_answer(make_answer(cast, solved), viewer=cast.viewer("peer"), at=cast.at)
    actions.close_topic(make_topic(cast, title="Closed"), viewer=cast.viewer("peer"), at=cast.at)
    make_topic(cast, title="Not a question", kind="discussion")
    make_topic(cast, title="Somebody else's", by="colleague")
    make_topic(cast, title="Older", at=at(cast, 1))
    make_topic(cast, title="Newer", at=at(cast, 2))
    assert titles(queries.open_questions(cast.viewer("peer"))) == ["Newer", "Older"]


def test_open_questions_are_gone_with_the_seat(cast):
    make_topic(cast)
    gone = cast.viewer("suspended")
    assert queries.open_questions(gone) == []


def test_continue_is_what_went_on_since_one_looked_the_last_looked_at_first(cast):
    viewer = cast.viewer("leaver")
    topics = {title: make_topic(cast, title=title) for title in ("First", "Second", "Read", "Muted", "Never opened")}
    for hours, title in enumerate(("First", "Second", "Read", "Muted"), 1):
        actions.advance_read_mark(topics[title], number=1, viewer=viewer, at=at(cast, hours))
    for title in ("First", "Second", "Muted", "Never opened"):
        make_answer(cast, topics[title], at=at(cast, 9))
    notices.mute(topics["Muted"].entry, by=cast.leaver)
    assert [(row.title, row.number) for row in queries.continue_where_left_off(viewer)] == [("Second", 2), ("First", 2)]
    actions.mark_all_read(cast.cfos, viewer=viewer, at=at(cast, 10))
    assert queries.continue_where_left_off(viewer) == []


def test_continue_forgets_what_one_can_no_longer_see(cast):
    topic = make_topic(cast)
    actions.advance_read_mark(topic, number=1, viewer=cast.viewer("suspended"), at=cast.at)
    make_answer(cast, topic)
    assert queries.continue_where_left_off(cast.viewer("suspended")) == []


def counted(cast, part):
    sql, parameters = queries.unread_statement(cast.viewer(part))
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return dict(cursor.fetchall())


def test_unread_topics_are_counted_by_group(cast, three):
    one, two, _three = three
    assert counted(cast, "leaver") == {cast.cfos.pk: 3}
    actions.advance_read_mark(two, number=2, viewer=cast.viewer("leaver"), at=at(cast, 5))
    actions.advance_read_mark(one, number=1, viewer=cast.viewer("leaver"), at=at(cast, 5))
    notices.mute(three[2].entry, by=cast.leaver)
    assert counted(cast, "leaver") == {}
    make_answer(cast, two, at=at(cast, 6))
    assert counted(cast, "leaver") == {cast.cfos.pk: 1}
    actions.mark_all_read(None, viewer=cast.viewer("leaver"), at=at(cast, 7))
    assert counted(cast, "leaver") == {}
    assert counted(cast, "delegate") == {}


def test_started_is_what_a_person_opened_as_far_as_one_sees_it(cast, three):
    make_topic(cast, by="colleague", audience_id=cast.cfos.officers_audience_id, title="Officers")

    def started(part):
        sql, parameters = queries.started_statement(cast.colleague.pk, cast.viewer(part))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT json_agg(title) FROM ({sql}) AS r", parameters)
            found = cursor.fetchone()[0]
        return json.loads(found) if isinstance(found, str) else found

    assert {part: started(part) for part in ("peer", "colleague", "delegate", None)} == {
        "peer": ["Two"],
        "colleague": ["Two", "Officers"],
        "delegate": None,
        None: None,
    }


# --- a group


def test_group_topics_are_those_of_the_group_the_viewer_sees(cast, three):
    make_topic(cast, by="colleague", audience_id=cast.cfos.officers_audience_id, title="Officers", at=at(cast, 9))
    seen = {part: titles(queries.group_topics(cast.cfos, cast.viewer(part)).topics) for part in cast.parts}
    members = ["Two", "Three", "One"]
    expected = {"peer": members, "leaver": members, "colleague": ["Officers", *members]}
    assert seen == {part: expected.get(part, []) for part in cast.parts}
    assert queries.group_topics(cast.ceos, cast.viewer("colleague")).topics == []


def test_group_topics_have_the_pinned_on_top_of_the_first_page_and_nowhere_else(cast, three):
    one, _two, _three = three
    actions.pin_topic(one, viewer=cast.viewer("colleague"), at=cast.at)
    viewer = cast.viewer("peer")
    first = queries.group_topics(cast.cfos, viewer, limit=1)
    second = queries.group_topics(cast.cfos, viewer, limit=1, before=first.before)
    assert (titles(first.topics), titles(second.topics), second.before) == (["One", "Two"], ["Three"], None)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("question", ["One", "Answered"]),
        ("unanswered", ["One"]),
        ("discussion", ["Two"]),
        ("announcement", ["Three"]),
    ],
)
def test_group_topics_are_listed_by_kind(cast, three, kind, expected):
    answered = make_topic(cast, title="Answered", at=at(cast, 0.5))
    post = make_answer(cast, answered, at=at(cast, 0.6))
    actions.accept_answer(post, viewer=cast.viewer("peer"), at=cast.at)
    actions.pin_topic(three[2], viewer=cast.viewer("colleague"), at=cast.at)
    assert titles(queries.group_topics(cast.cfos, cast.viewer("peer"), kind=kind).topics) == expected


def test_group_topics_know_no_other_kinds(cast):
    with pytest.raises(ValueError, match="topics are not listed by 'poll'"):
        queries.group_topics(cast.cfos, cast.viewer("peer"), kind="poll")


# --- cost


@pytest.mark.parametrize("rows", [1, 3])
def test_every_list_is_one_statement_however_many_rows(cast, rows):
    for _ in range(rows):
        topic = make_topic(cast)
        actions.advance_read_mark(topic, number=1, viewer=cast.viewer("leaver"), at=cast.at)
        make_answer(cast, topic)
    asker, reader = cast.viewer("peer"), cast.viewer("leaver")
    lists = {
        "feed": lambda: queries.home_feed(reader).topics,
        "group": lambda: queries.group_topics(cast.cfos, reader).topics,
        "open": lambda: queries.open_questions(asker),
        "continue": lambda: queries.continue_where_left_off(reader),
    }
    cost = {}
    for name, ask in lists.items():
        with CaptureQueriesContext(connection) as captured:
            cost[name] = (len(ask()), len(captured))
    assert cost == dict.fromkeys(lists, (rows, 1))
