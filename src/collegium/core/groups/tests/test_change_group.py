"""The council's team changes a group's settings, and closes a group."""

from dataclasses import replace
from typing import Any

import pytest

from collegium.core.access.queries import unsettled
from collegium.core.access.standard import MEMBERS, OFFICE, PUBLIC
from collegium.core.entries.models import Passage
from collegium.core.groups import actions
from collegium.core.groups.actions.settings import settings_of
from collegium.core.groups.models import Group, Membership
from collegium.core.groups.queries.readers import readers
from collegium.core.people.tests.factories import make_person, make_tenure
from collegium.core.trail.tests.story import is_taken_back, recorded, refuses


def fresh(group: Group) -> Group:
    return Group.objects.get(pk=group.pk)


def change(cast: Any, group: Group, *, part: str = "staff", **fields: Any) -> Group:
    found = fresh(group)
    return actions.change_group(found, to=replace(settings_of(found), **fields), viewer=cast.viewer(part), at=cast.at)


def persons(group: Group, cast: Any) -> set[int]:
    return {person for person, _audience in readers(fresh(group), cast.at)}


def test_words_and_marks_change_with_the_page_and_what_is_found_of_it(cast):
    with recorded() as events:
        change(cast, cast.cfos, short="Money", purpose="On reserves and rent.", is_new=True, default_level="weekly",
               kind="committee")  # fmt: skip
    group = fresh(cast.cfos)
    assert (group.short, group.is_new, group.default_level, group.entry.state) == ("Money", True, "weekly", "committee")
    texts = dict(Passage.objects.filter(entry=group.entry).values_list("part", "text"))
    assert texts["purpose"] == "On reserves and rent."
    assert texts["title"].endswith("Money")
    facts = {"fields": ["short", "purpose", "kind", "default_level", "is_new"], "kind": "committee",
             "joining": "ex_officio"}  # fmt: skip
    assert events == [("group.changed", cast.staff.pk, None, group.pk, "groups.group", PUBLIC, facts)]


def test_the_page_is_shown_to_others_and_its_passages_with_it(cast):
    with recorded() as events:
        change(cast, cast.cfos, page_audience=MEMBERS)
    assert fresh(cast.cfos).entry.audience_id == MEMBERS
    assert [event[0] for event in events] == ["entry.audience_changed", "entry.audience_changed", "group.changed"]
    assert list(unsettled()) == []


def test_where_joining_by_office_ends_whoever_is_in_stays_in(cast):
    before = persons(cast.cfos, cast)
    assert before == {cast.peer.pk, cast.colleague.pk, cast.leaver.pk}
    change(cast, cast.cfos, joining="on_request")
    assert persons(cast.cfos, cast) == before
    assert Membership.objects.filter(group=cast.cfos, period__upper_inf=True).count() == 3
    make_tenure(make_person("Una Later"), cast.lagoon, "cio", capacity="deputy")
    assert persons(cast.cfos, cast) == before
    assert list(unsettled()) == []


def test_joining_by_office_begins_only_where_it_lets_nobody_into_what_was_written(cast):
    with refuses("This would let 1 people read what was written before. Let their seats join one by one."):
        change(cast, cast.membership, joining="ex_officio")
    actions.join_group(fresh(cast.membership), tenure=cast.tenures["newcomer"], viewer=cast.viewer("newcomer"),
                       at=cast.at)  # fmt: skip
    before = readers(cast.membership, cast.at)
    assert {person for person, _circle in before} == {cast.two_seats.pk, cast.newcomer.pk}
    change(cast, cast.membership, joining="ex_officio")
    assert readers(cast.membership, cast.at) == before


def test_other_ways_of_joining_let_nobody_in_or_out(cast):
    for joining in ("on_request", "invitation", "open"):
        before = readers(cast.membership, cast.at)
        change(cast, cast.membership, joining=joining)
        assert readers(cast.membership, cast.at) == before


BY_OFFICE = "In a closed group one goes on coming in as when it was closed: by office, or not."


@pytest.mark.parametrize(
    ("group", "fields", "part", "reason"),
    [
        ("cfos", {"short": "x"}, "colleague", "Only the council's team can do this."),
        ("cfos", {"short": "x"}, "peer", "Only the council's team can do this."),
        ("cfos", {}, "staff", "This is as it is already."),
        ("cfos", {"kind": "governing_body"}, "staff", "A governing body is a closed group: close it first."),
        ("ceos", {"joining": "open"}, "staff", BY_OFFICE),
        ("counsels", {"joining": "ex_officio"}, "staff", BY_OFFICE),
        (
            "cfos",
            {"page_audience": 999},
            "staff",
            "The page of a group is for everyone, for member societies or for the council's team.",
        ),
    ],
)
def test_it_is_refused(cast, group, fields, part, reason):
    with refuses(reason):
        change(cast, getattr(cast, group), part=part, **fields)


def test_it_is_taken_back_as_a_whole(cast):
    assert is_taken_back(lambda: change(cast, cast.cfos, joining="open", page_audience=OFFICE, purpose="Else."))
