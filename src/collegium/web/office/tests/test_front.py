"""The office's front page says what waits for the team: how much of what, since when, and where it is done."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collegium.core.access.registry import Registry
from collegium.core.groups import actions
from collegium.core.groups.queries.totals import confirmations_by_group
from collegium.core.groups.queries.waiting import waiting_confirmations
from collegium.core.people.actions import propose_address
from collegium.core.people.tests.factories import AT, make_function, make_person, make_tenure
from collegium.web.office import registry
from collegium.web.office.registry import lines_for
from collegium.web.templatetags.office_tabs import SECTIONS
from collegium.web.tests.reading import attributes, found, texts

pytestmark = pytest.mark.django_db


def told(cast) -> list[tuple[str, int, str]]:
    return [(line["label"], line["count"], line["url"]) for line in lines_for(cast.viewer("staff"))]


def test_where_nothing_waits_the_page_says_so(cast, visit):
    page = visit("staff").get("/office/")
    assert texts(page, "h2")[:1] == ["Nothing waits"]


def test_a_request_waits_at_its_group(cast, visit):
    viewer, day = cast.viewer("newcomer"), AT - timedelta(days=2)
    actions.request_to_join(cast.counsels, tenure=cast.tenures["newcomer"], note="", viewer=viewer, at=day)
    assert told(cast) == [("Requests to join General Counsels", 1, "/groups/counsels/#waiting")]
    assert "Requests to join General Counsels" in visit("staff").get("/office/").content.decode()


def test_what_needs_a_second_person_waits_at_its_group(cast):
    newcomer = make_person("Una Later", email="una@reef.example")
    make_tenure(newcomer, cast.reef, "ceo", title="Chief Executive Officer")
    staff = cast.viewer("staff")
    actions.name_officer(cast.ceos, tenure=cast.tenures["delegate"], role="vice_chair", viewer=staff, at=AT)
    policy = cast.ceos.circle.policy | {"functions": ["ceo", "cio"]}
    actions.propose_widening(cast.ceos, policy=policy, viewer=staff, at=AT)
    actions.invite_person(cast.board, tenure=cast.tenures["peer"], viewer=staff, at=AT)
    assert sorted(told(cast)) == [
        ("To be confirmed by a second person in Board", 1, "/groups/board/#waiting"),
        ("To be confirmed by a second person in CEO Council", 3, "/groups/ceos/#waiting"),
    ]


def test_it_counts_as_each_group_does(cast):
    for number, slug in enumerate(("ceo", "general-counsel", "ceo")):
        make_function(slug, single_holder=slug == "ceo")
        society = (cast.reef, cast.lagoon, cast.lapsed)[number]
        make_tenure(make_person(f"Later {number}", email=f"later{number}@reef.example"), society, slug)
    counted = {row["slug"]: row["count"] for row in confirmations_by_group(AT)}
    groups = [cast.ceos, cast.counsels, cast.board, cast.cfos]
    one_by_one = {group.slug: sum(map(len, waiting_confirmations(group, AT).values())) for group in groups}
    assert counted == {slug: count for slug, count in one_by_one.items() if count}
    assert counted


def test_a_proposed_address_waits_for_its_owner(cast):
    propose_address(cast.peer, email="ines@new.example", by=cast.liaison, at=AT)
    assert told(cast) == [("Proposed addresses that nobody has confirmed", 1, "/office/addresses/")]


def several(viewer):
    line = {"label": "Young", "count": 1, "url": "/a/", "oldest_at": AT}
    return [line, line | {"label": "Old", "oldest_at": AT - timedelta(days=9)}, line | {"label": "None", "count": 0}]


def ageless(viewer):
    return {"label": "Ageless", "count": 3, "url": "/b/", "oldest_at": None}


def nothing(viewer):
    return None


def test_the_oldest_comes_first_and_what_has_no_age_last(cast, monkeypatch):
    lines = Registry("line")
    for name in ("ageless", "several", "nothing"):
        lines.register(name, f"{__name__}.{name}")
    monkeypatch.setattr(registry, "office_lines", lines)
    assert [line["label"] for line in lines_for(cast.viewer("staff"))] == ["Old", "Young", "Ageless"]


def test_more_that_waits_costs_no_more_questions(cast, visit):
    client = visit("staff")
    client.get("/office/")
    counted = []
    for number in range(3):
        with CaptureQueriesContext(connection) as queries:
            client.get("/office/")
        counted.append(len(queries))
        make_tenure(make_person(f"Later {number}", email=f"l{number}@reef.example"), cast.reef, "general-counsel")
        viewer = cast.viewer("staff")
        actions.invite_person(cast.board, tenure=list(cast.tenures.values())[number], viewer=viewer, at=AT)
    assert len(set(counted)) == 1


@pytest.mark.parametrize(
    ("path", "section", "place"),
    [
        ("/office/", "Today", "Waiting"),
        ("/office/groups/", "Council", "Groups"),
        ("/office/roster/", "Papers", "Rosters"),
        ("/office/health/", "Machine", "Health"),
    ],
)
def test_each_page_says_in_which_place_one_is(visit, path, section, place):
    page = visit("staff").get(path)
    marked = [hit for hit in found(page, "a") if "office" in (hit["attrs"].get("href") or "")]
    assert [hit["text"] for hit in marked if hit["attrs"].get("aria-current") == "true"] == [section]
    here = [hit for hit in marked if hit["attrs"].get("aria-current") == "page" and hit["text"] == place]
    assert [hit["attrs"]["href"] for hit in here] == [path]


def test_every_place_is_reached_from_every_other(visit):
    pages = [name for _label, places in SECTIONS for _key, _word, name in places]
    linked = set(attributes(visit("staff").get("/office/"), "a", "href"))
    assert {reverse(name) for name in pages} <= linked
    assert len(pages) == len(set(pages))
