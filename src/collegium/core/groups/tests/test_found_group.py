"""Founding a group, its charter, and inviting persons."""

from datetime import date, timedelta

import pytest

from collegium.core.access.queries import names
from collegium.core.access.standard import MEMBERS, PUBLIC
from collegium.core.entries.models import Passage
from collegium.core.groups import actions
from collegium.core.groups.models import Charter, Group
from collegium.core.groups.queries import groups_of, roster, visible_counts
from collegium.core.people import actions as people
from collegium.core.trail.tests.story import is_taken_back, recorded, refuses

from .factories import make_group, policy

LATER = timedelta(minutes=1)


def test_a_group_admits_its_members_from_the_first_moment(cast):
    with recorded() as events:
        group = make_group("Liaisons", "liaison", slug="liaisons", by=cast.staff, page_audience=MEMBERS)
    assert list(groups_of(cast.viewer("liaison"))) == [group]
    assert list(groups_of(cast.viewer("peer"))) == [cast.cfos]
    kept = {field: sorted(words) for field, words in policy("liaison").items()}
    facts = {"kind": "peer_group", "policy": kept}
    assert events == [("group.founded", cast.staff.pk, None, group.pk, "groups.group", MEMBERS, facts)]
    texts = Passage.objects.filter(entry=group.entry).order_by("part").values_list("part", "text")
    assert dict(texts)["title"] == "Liaisons liaisons"
    assert names([group.circle.audience_id, group.officers_audience_id]) == {
        group.circle.audience_id: "Liaisons",
        group.officers_audience_id: "officers of Liaisons",
    }


@pytest.mark.django_db
def test_a_governing_body_is_closed_by_its_nature():
    assert make_group(kind="governing_body").is_closed


@pytest.mark.django_db
def test_a_taken_address_is_refused():
    make_group(slug="finance")
    with refuses("Another group has this short name in its address already."):
        make_group(slug="finance")


def test_a_charter_has_versions_and_an_officer_or_the_team_adopts_them(cast):
    viewer = cast.viewer("colleague")
    with recorded() as events:
        for text in ("# First", "**Second** <script>x</script>"):
            actions.adopt_charter(cast.cfos, text=text, viewer=viewer, at=cast.at)
    rows = Charter.objects.filter(group=cast.cfos)
    assert [(row.version, row.text) for row in rows] == [(2, "**Second** <script>x</script>"), (1, "# First")]
    assert "<script" not in rows[0].html
    assert [(event[0], event[6]) for event in events] == [
        ("group.charter_adopted", {"version": 1}),
        ("group.charter_adopted", {"version": 2}),
    ]
    with refuses("Only an officer of the group or the council's team can do this."):
        actions.adopt_charter(cast.cfos, text="", viewer=cast.viewer("peer"), at=cast.at)


def invite(cast, part="liaison", viewer="colleague"):
    return actions.invite_person(cast.cfos, tenure=cast.tenures[part], viewer=cast.viewer(viewer), at=cast.at)


def is_in(cast, part="liaison", at=None):
    return cast.viewer(part, at).is_among(cast.cfos.circle.audience_id)


def test_an_invited_person_is_in_while_the_tenure_lasts(cast):
    with recorded() as events:
        invite(cast)
    assert is_in(cast)
    facts = {"tenure": cast.tenures["liaison"].pk}
    audience = cast.cfos.circle.audience_id
    assert events == [("membership.given", cast.colleague.pk, None, cast.cfos.pk, "groups.membership", audience, facts)]
    people.end_tenure(cast.tenures["liaison"], last_day=date(2026, 5, 4), by=None, at=cast.at)
    assert [is_in(cast, at=cast.at + timedelta(days=days)) for days in (0, 1)] == [True, False]


def test_an_invited_person_is_out_while_the_society_is_suspended(cast):
    invite(cast)
    people.change_standing(cast.lagoon, status="suspended", from_day=date(2026, 5, 1), by=None, at=cast.at)
    assert not is_in(cast)


def test_one_of_the_team_may_be_invited(cast):
    invite(cast, "staff")
    assert is_in(cast, "staff")


@pytest.mark.parametrize(
    ("part", "viewer", "reason"),
    [
        ("liaison", "peer", "Only an officer of the group or the council's team can do this."),
        ("suspended", "staff", "This person's tenure has ended, or its society is not a member now."),
    ],
)
def test_who_invites_whom(cast, part, viewer, reason):
    with refuses(reason):
        invite(cast, part, viewer)


def test_nobody_is_invited_twice_and_one_may_leave(cast):
    membership = invite(cast)
    with refuses("It is a member already."):
        invite(cast)
    with refuses("You can leave only with a seat of your own."):
        actions.leave_group(membership, viewer=cast.viewer("peer"), at=cast.at + LATER)
    actions.leave_group(membership, viewer=cast.viewer("liaison"), at=cast.at + LATER)
    assert not is_in(cast, at=cast.at + LATER)


def test_the_roster_and_the_counts_are_of_those_admitted_now(cast):
    audience = cast.cfos.circle.audience_id
    assert [(row["society"], row["name"], row["title"]) for row in roster(audience, cast.at)] == [
        ("Academy of Reef Dermatology", "Kekoa Lindgren", "Chief Financial Officer"),
        ("College of Harbour Surgeons", "Tomasz Halloran", "Chief Financial Officer"),
        ("Society of Lagoon Cardiology", "Ines Okafor", "Chief Financial Officer"),
    ]
    people.end_tenure(cast.tenures["leaver"], last_day=date(2026, 5, 1), by=None, at=cast.at)
    assert visible_counts(audience, cast.at) == {
        "persons": 2,
        "readers": 0,
        "societies": [
            {"name": "College of Harbour Surgeons", "slug": "harbour", "acronym": "CHS", "persons": 1},
            {"name": "Society of Lagoon Cardiology", "slug": "lagoon", "acronym": "SLC", "persons": 1},
        ],
    }


def test_each_is_taken_back_with_its_transaction(cast):
    assert is_taken_back(lambda: make_group("Liaisons", "liaison", page_audience=PUBLIC))
    viewer = cast.viewer("staff")
    assert is_taken_back(lambda: actions.adopt_charter(cast.cfos, text="x", viewer=viewer, at=cast.at))
    assert is_taken_back(lambda: invite(cast))
    assert Group.objects.count() == 5
