"""What the office's lists are as tables: whole, as the page is narrowed, and safe to open."""

from __future__ import annotations

import csv
import io

from collegium.core.groups.models import Group
from collegium.core.groups.tests.applying import confirmed, verified
from collegium.core.people import actions as people
from collegium.core.people.models import Person
from collegium.rooms.discussions.actions import report_post
from collegium.rooms.discussions.tests.factories import make_answer, make_topic


def table(visit, name: str, **asked) -> list[list[str]]:
    answer = visit("staff").get(f"/office/tables/{name}.csv", asked)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/csv")
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


def test_groups_with_how_each_is_set(cast, visit):
    Group.objects.filter(pk=cast.cfos.pk).update(is_new=True)
    head, *lines = table(visit, "groups")
    assert head[:4] == ["Group", "Kind", "Joining", "Closed"]
    [board] = [line for line in lines if line[0] == "Board"]
    assert (board[3], board[7]) == ("yes", "no")
    assert {line[0] for line in lines if line[4] == "yes"} == {cast.cfos.name}


def test_requests_as_the_page_is_narrowed_and_no_cell_is_a_formula(cast, visit):
    verified(cast, name="=1+1", email="one@lagoon.example")
    confirmed(cast, email="two@lagoon.example", name="Two Later")
    lines = table(visit, "requests")[1:]
    assert [line[1:5] for line in lines] == [
        ["'=1+1", "Director", cast.lagoon.name, "Membership"],
        ["Two Later", "Director", cast.lagoon.name, "Membership"],
    ]
    assert [line[1] for line in table(visit, "requests", state="council")[1:]] == ["Two Later"]
    assert table(visit, "requests", group=cast.cfos.pk)[1:] == []
    assert table(visit, "requests", state="nonsense", group="x")[1:] == lines


def test_confirmations_by_society(cast, visit):
    people.advance_attestations(at=cast.at)
    lines = table(visit, "confirmations")[1:]
    assert {line[0] for line in lines} >= {cast.lagoon.name, cast.harbour.name}
    assert all(line[3] == "" for line in lines)


def test_what_waits_in_groups_without_a_word_of_it(cast, visit):
    topic = make_topic(cast)
    post = make_answer(cast, topic)
    report_post(post, reason="conduct", words="Rude.", viewer=cast.viewer("leaver"), at=cast.at)
    [line] = table(visit, "reports")[1:]
    assert line[:3] == [cast.cfos.name, "1", "0"]
    assert "Rude." not in line


def test_addresses_that_are_proposed(cast, visit):
    people.propose_address(cast.peer, email="new@lagoon.example", by=cast.liaison, at=cast.at)
    [line] = table(visit, "addresses")[1:]
    assert line[:3] == ["new@lagoon.example", cast.peer.name, Person.objects.get(pk=cast.liaison.pk).name]


def test_there_are_no_other_tables_and_none_for_others(cast, visit):
    assert visit("staff").get("/office/tables/none-such.csv").status_code == 404
    assert visit("peer").get("/office/tables/groups.csv").status_code == 404
