"""A group's page: its door for those outside, its topics for those inside, what waits for those who run it."""

from datetime import timedelta

import pytest

from collegium.core.groups import actions
from collegium.core.people.tests.factories import make_person, make_tenure
from collegium.rooms.discussions import actions as discussions
from collegium.rooms.discussions.tests.factories import make_answer, make_topic
from collegium.web.tests.reading import found, texts

pytestmark = pytest.mark.django_db


def door(page):
    return texts(page, "section.door")


def titles(page):
    return [hit["text"] for hit in found(page, "h2") if hit["text"]]


WHO = (
    "Who may join CFOs of member societies, designated subspecialty societies or foundations belong to the group:"
    " holding the seat is enough. Interims and deputies count as well."
)


APPLY = "No account yet? Ask to join"


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (None, [f"{WHO} If you hold such a seat, sign in and the group is yours or one request away. Sign in {APPLY}"]),
        (
            "outsider",
            [
                f"{WHO} You hold no seat at a society at the moment, so no group is open to you."
                " Your society’s liaison or the council’s team records seats. Ask with another role"
            ],
        ),
        ("suspended", [f"{WHO} None of your seats is among those the group admits. Ask with another role"]),
        ("newcomer", [f"{WHO} None of your seats is among those the group admits. Ask with another role"]),
        ("peer", []),
        ("staff", []),
    ],
)
def test_the_door_says_what_each_finds_before_it(visit, part, expected):
    assert door(visit(part).get("/groups/cfos/")) == expected


def test_whoever_is_outside_reads_nothing_of_what_is_said_inside(cast, visit):
    make_topic(cast, title="Canary in the accounts")
    seen = {part: b"Canary" in visit(part).get("/groups/cfos/").content for part in cast.parts}
    assert {part for part, saw in seen.items() if saw} == {"peer", "colleague", "leaver"}


def test_persons_are_named_to_the_member_societies_only(cast, visit):
    seen = {part: b"Tomasz Halloran" in visit(part).get("/groups/cfos/").content for part in cast.parts}
    assert {part for part, saw in seen.items() if not saw} == {None, "outsider", "suspended"}


def test_members_read_topics_pinned_ones_first_then_the_newest(cast, visit):
    for number, title in enumerate(["Oldest", "Pinned", "Newest"]):
        topic = make_topic(cast, title=title, at=cast.at + timedelta(minutes=number))
        if title == "Pinned":
            discussions.pin_topic(topic, viewer=cast.viewer("colleague"), at=cast.at)
    page = visit("colleague").get("/groups/cfos/")
    assert texts(page, "h2")[:3] == ["Pinned", "Newest", "Oldest"]


def test_unread_posts_are_counted_until_all_is_marked_as_read(cast, visit):
    topic = make_topic(cast)
    make_answer(cast, topic, by="leaver")
    client = visit("colleague")
    assert texts(client.get("/groups/cfos/"), "span.count") == ["2 2 unread"]
    done = client.post("/groups/cfos/reading/")
    assert (done.status_code, done["Location"]) == (303, "/groups/cfos/")
    assert texts(client.get("/groups/cfos/"), "span.count") == []


@pytest.mark.parametrize(
    ("show", "expected"),
    [
        ("", ["Told", "Open", "Answered", "Talk"]),
        ("question", ["Open", "Answered"]),
        ("unanswered", ["Open"]),
        ("announcement", ["Told"]),
        ("nonsense", ["Told", "Open", "Answered", "Talk"]),
    ],
)
def test_filters_show_one_kind(cast, visit, show, expected):
    kinds = [("Talk", "discussion"), ("Answered", "question"), ("Open", "question"), ("Told", "announcement")]
    for number, (title, kind) in enumerate(kinds):
        by = "colleague" if kind == "announcement" else "peer"
        topic = make_topic(cast, by=by, title=title, kind=kind, at=cast.at + timedelta(minutes=number))
        if title == "Answered":
            answer = make_answer(cast, topic, at=cast.at + timedelta(minutes=number))
            discussions.accept_answer(answer, viewer=cast.viewer("peer"), at=cast.at + timedelta(minutes=number))
    page = visit("leaver").get("/groups/cfos/", {"show": show})
    assert [title for title in titles(page) if title in {"Told", "Open", "Answered", "Talk"}] == expected


def test_older_topics_stand_on_further_pages(cast, visit):
    for number in range(28):
        make_topic(cast, title=f"Topic {number:02}", at=cast.at + timedelta(minutes=number))
    client = visit("colleague")
    first = client.get("/groups/cfos/")
    assert [t for t in titles(first) if t.startswith("Topic")] == [f"Topic {n:02}" for n in range(27, 2, -1)]
    older = next(hit["attrs"]["href"] for hit in found(first, "a") if hit["text"] == "Older")
    second = client.get(f"/groups/cfos/{older}")
    assert [t for t in titles(second) if t.startswith("Topic")] == ["Topic 02", "Topic 01", "Topic 00"]
    part = client.get(f"/groups/cfos/{older}", headers={"HX-Request": "true", "HX-Target": "topics"})
    assert part.content.decode().lstrip().startswith('<section id="topics"')


@pytest.mark.parametrize("before", ["1_99999999999999999999", "1_-1", "1_", "nan_1", "1e400_1", "_", "²_1"])
def test_a_place_that_is_none_is_the_head_of_the_list(cast, visit, before):
    make_topic(cast, title="First")
    assert "First" in texts(visit("colleague").get("/groups/cfos/", {"before": before}), "h2")


def test_an_empty_group_says_what_to_ask_first(visit):
    page = visit("peer").get("/groups/cfos/")
    assert "Nobody has asked anything yet" in texts(page, "h2")
    empty = visit("peer").get("/groups/cfos/?show=announcement")
    assert "Nothing of this kind" in texts(empty, "h2")


def test_those_who_run_it_see_who_asks_and_what_needs_a_second_person(cast, visit):
    viewer = cast.viewer("newcomer")
    actions.request_to_join(
        cast.counsels, tenure=cast.tenures["newcomer"], note="I keep our\ncontracts.", viewer=viewer, at=cast.at
    )
    lawyer = make_tenure(make_person("Lou Lawyer"), cast.lagoon, "general-counsel")
    actions.invite_person(cast.counsels, tenure=lawyer, viewer=cast.viewer("staff"), at=cast.at)
    page = visit("staff").get("/groups/counsels/")
    assert titles(page)[:2] == ["Asking to join 1", "Waiting for a second person 1"]
    assert texts(page, "blockquote") == ["I keep our contracts."]
    assert texts(page, "div.confirmation") == [
        "Lou Lawyer Head of general-counsel Society of Lagoon Cardiology by invitation somebody else confirms this"
    ]
    second = visit("second_staff").get("/groups/counsels/")
    assert texts(second, "div.confirmation")[0].endswith("Confirm")
    assert titles(visit("peer").get("/groups/counsels/")) == ["Who may join", "Papers"]


@pytest.mark.parametrize("part", ["peer", "colleague", "staff", "newcomer", None])
def test_a_page_is_six_questions_however_much_stands_on_it(cast, visit, part, django_assert_max_num_queries):
    client = visit(part)
    with django_assert_max_num_queries(6):
        client.get("/groups/cfos/")
    for number in range(3):
        make_answer(cast, make_topic(cast, title=f"Topic {number}"))
    for path in ("/groups/cfos/", "/groups/counsels/", "/groups/ceos/", "/groups/membership/"):
        with django_assert_max_num_queries(6):
            client.get(path)


def test_names_of_ninety_characters_stand_whole(cast, visit):
    name = "Chair of the Standing Committee on Registries and the Reconciliation of Shared Costs, Ltd."
    make_topic(cast, title=name)
    assert name in texts(visit("colleague").get("/groups/cfos/"), "h2")
