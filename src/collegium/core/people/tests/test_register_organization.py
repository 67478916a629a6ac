"""Registering an organization, and giving it another name."""

import pytest

from collegium.core.access.standard import PUBLIC
from collegium.core.entries.models import Passage
from collegium.core.people import actions
from collegium.core.people.models import Organization
from collegium.core.people.queries import society_audience_names
from collegium.core.trail.tests.story import is_taken_back, recorded, refuses

from .factories import AT, make_organization, make_team_member

pytestmark = pytest.mark.django_db


def register(name="Society of Kelp", **facts):
    facts = {"kind": "society", "slug": "kelp", "time_zone": "Pacific/Honolulu", "by": None, "at": AT} | facts
    return actions.register_organization(name, **facts)


def findable(organization):
    return list(Passage.objects.filter(entry=organization.entry).order_by("part").values_list("part", "text"))


def test_an_organization_gets_a_public_page_and_an_audience_of_its_own():
    by = make_team_member()
    with recorded() as events:
        kelp = register(by=by, acronym="SK", specialty="Marine botany")
    assert (kelp.name, str(kelp), kelp.entry.kind, kelp.entry.state) == (
        "Society of Kelp",
        "Society of Kelp",
        "society",
        "society",
    )
    assert (kelp.entry.audience_id, kelp.audience.kind) == (PUBLIC, "society")
    assert society_audience_names([kelp.audience_id]) == {kelp.audience_id: "Society of Kelp"}
    assert events == [
        ("organization.registered", by.pk, None, kelp.pk, "people.organization", PUBLIC, {"kind": "society"}),
    ]
    assert findable(kelp) == [("title", "Society of Kelp SK Marine botany")]


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "+02:00", "EST5EDT4"])
def test_an_unknown_time_zone_is_refused(zone):
    with refuses(f"“{zone}” is not a time zone."):
        register(time_zone=zone)


@pytest.mark.parametrize("kind", ["foundation", "subspecialty"])
def test_what_carries_anothers_standing_must_belong_to_one_that_has_it(kind):
    with refuses("Say which society it belongs to: its standing is that society's."):
        register(kind=kind)
    foundation = register(kind="foundation", slug="first", parent=make_organization())
    with refuses("It can belong only to an organization with a standing of its own."):
        register(kind=kind, parent=foundation)


def test_a_second_council_and_a_taken_address_are_refused():
    register(kind="council")
    with refuses("There is a council already."):
        register(kind="council", slug="another")
    with refuses("Another organization has this short name in its address already."):
        register()


def test_another_name_is_found_at_once_and_the_old_one_no_longer():
    kelp, by = register(acronym="SK"), make_team_member()
    with recorded() as events:
        renamed = actions.rename_organization(kelp, name="Academy of Algae", by=by, at=AT)
    assert renamed.name == Organization.objects.get(slug="kelp").name == "Academy of Algae"
    assert findable(kelp) == [("title", "Academy of Algae SK ")]
    assert events == [("organization.renamed", by.pk, None, kelp.pk, "people.organization", PUBLIC, {})]


def test_both_are_taken_back_with_their_transaction():
    assert is_taken_back(register)
    kelp = register()
    assert is_taken_back(lambda: actions.rename_organization(kelp, name="Other", by=None, at=AT))
