"""Making a person known, their profile, and closing the account."""

import pytest
from allauth.account.models import EmailAddress

from collegium.core.access.standard import MEMBERS, OFFICE, PUBLIC
from collegium.core.access.viewers import Viewer
from collegium.core.people import actions
from collegium.core.people.actions.persons import free_handle
from collegium.core.people.models import AddressProposal, Person
from collegium.core.trail.tests.story import is_taken_back, recorded, refuses

from .factories import AT, make_function, make_organization, make_person, make_team_member

pytestmark = pytest.mark.django_db


def register(name="Ines Okafor", email="ines@lagoon.example", **facts):
    return actions.register_person(name, **({"email": email, "by": None, "at": AT} | facts))


def test_a_person_has_a_handle_an_unverified_address_and_no_password():
    by = make_team_member()
    with recorded() as events:
        person = register(email=" Ines@Lagoon.Example ", by=by, credentials="CPA", time_zone="Pacific/Honolulu")
    assert (person.handle, person.full_name, person.initials) == ("ines-okafor", "Ines Okafor, CPA", "IO")
    assert not person.has_usable_password()
    addresses = EmailAddress.objects.filter(user=person).values_list("email", "primary", "verified")
    assert list(addresses) == [("ines@lagoon.example", True, False)]
    assert events == [("person.registered", by.pk, None, None, "people.person", OFFICE, {})]
    assert Viewer.of(person, at=AT).audience_ids == {PUBLIC}


def test_namesakes_get_handles_of_their_own():
    handles = [register(email=f"n{number}@lagoon.example").handle for number in range(3)]
    assert handles == ["ines-okafor", "ines-okafor-2", "ines-okafor-3"]
    assert free_handle("李小龙") == "person"


def test_a_taken_handle_address_or_unknown_zone_is_refused():
    register()
    with refuses("Somebody else has this handle."):
        register(email="other@lagoon.example", handle="ines-okafor")
    with refuses("Somebody else uses this address."):
        register(email="INES@lagoon.example")
    with refuses("“Nowhere” is not a time zone."):
        register(email="other@lagoon.example", time_zone="Nowhere")


def test_only_the_person_changes_their_profile_and_the_trail_keeps_no_word_of_it():
    person, other = register(), make_person()
    with recorded() as events:
        changed = actions.change_profile(
            person, by=person, at=AT, phone="+1 555", about="Numbers.", expertise=["audit"]
        )
    assert (changed.phone, changed.about, changed.expertise) == ("+1 555", "Numbers.", ["audit"])
    facts = {"fields": ["about", "expertise", "phone"]}
    assert events == [("person.profile_changed", person.pk, None, None, "people.person", OFFICE, facts)]
    with refuses("Only the person can change this."):
        actions.change_profile(person, by=other, at=AT, phone="")
    with refuses("“Nowhere” is not a time zone."):
        actions.change_profile(person, by=person, at=AT, time_zone="Nowhere")
    with pytest.raises(ValueError, match="closed_at"):
        actions.change_profile(person, by=person, at=AT, closed_at=None)


def test_a_closed_account_sees_nothing_and_has_no_address_while_its_seat_stays_taken(cast):
    actions.propose_address(cast.peer, email="new@lagoon.example", by=cast.staff, at=AT)
    actions.change_profile(cast.peer, by=cast.peer, at=AT, phone="+1 555", about="Numbers.", expertise=["audit"])
    with recorded() as events:
        closed = actions.close_account(cast.peer, by=cast.peer, at=AT)
    assert (closed.is_active, closed.phone, closed.about, closed.expertise) == (False, "", "", [])
    assert Viewer.of(closed, at=AT).audience_ids == {PUBLIC}
    assert not EmailAddress.objects.filter(user=closed).exists()
    open_states = AddressProposal.objects.filter(person=closed, state__in=["proposed", "delayed"])
    assert not open_states.exists()
    assert closed.tenures.filter(period__upper_inf=True).count() == 1
    assert events == [("person.account_closed", closed.pk, None, None, "people.person", OFFICE, {})]


def test_nobody_else_closes_an_account_and_nobody_twice(cast):
    with refuses("Only the person can close an account."):
        actions.close_account(cast.peer, by=cast.staff, at=AT)
    closed = actions.close_account(cast.peer, by=cast.peer, at=AT)
    with refuses("This account is closed already."):
        actions.close_account(closed, by=closed, at=AT)


def test_whoever_closed_their_account_is_no_longer_counted_among_those_who_see(cast):
    from collegium.core.groups.queries import roster, visible_counts

    audience = cast.cfos.circle.audience_id
    before = visible_counts(audience, cast.at)["persons"]
    actions.close_account(cast.peer, by=cast.peer, at=AT)
    assert visible_counts(audience, cast.at)["persons"] == before - 1
    assert cast.peer.pk not in {row["person_id"] for row in roster(audience, cast.at)}


def test_staff_needs_a_council_and_is_of_its_team():
    with refuses("There is no council yet: run “collegium seed” first."):
        actions.create_staff("Mara Quist", email="mara@council.example", on=AT.date(), at=AT)
    make_organization(kind="council")
    make_function("council-team")
    person = actions.create_staff("Mara Quist", email="mara@council.example", on=AT.date(), at=AT)
    assert Viewer.of(person, at=AT).audience_ids >= {PUBLIC, MEMBERS, OFFICE}


def test_all_are_taken_back_with_their_transaction():
    assert is_taken_back(register)
    person = register()
    assert is_taken_back(lambda: actions.change_profile(person, by=person, at=AT, phone="1"))
    assert is_taken_back(lambda: actions.close_account(person, by=person, at=AT))
    assert Person.objects.get(pk=person.pk).is_active
