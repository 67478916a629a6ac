"""The council's team proposes an address for somebody who lost theirs, and another of the team lets it take effect."""

from __future__ import annotations

from datetime import timedelta

import pytest

from collegium.core.people.models import AddressProposal, Person
from collegium.core.trail.models import Event
from collegium.web.account.tests.letters import letters_to

PAGE = "/office/addresses/"
NEW = {"handle": "@Ines-Okafor", "email": "ines@new.example"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(cast, client) -> AddressProposal:
    client.force_login(cast.staff)
    assert client.post(PAGE, NEW)["Location"] == PAGE
    return AddressProposal.objects.get()


def test_only_the_council_team_finds_the_pages(cast, client, proposal):
    for part in cast.parts:
        if part is None:
            continue
        client.force_login(getattr(cast, part))
        expected = 200 if part in ("staff", "second_staff") else 404
        assert [client.get(path).status_code for path in (PAGE, f"{PAGE}{proposal.pk}/override/")] == [expected] * 2
    client.force_login(cast.peer)
    assert client.post(f"{PAGE}{proposal.pk}/override/", {"reason": "x"}).status_code == 404
    assert client.post(PAGE, NEW).status_code == 404


def test_the_team_proposes_and_the_owner_is_told(cast, proposal):
    assert (proposal.person, proposal.email, proposal.proposed_by) == (cast.peer, "ines@new.example", cast.staff)
    assert letters_to("peer@lagoon.example") == ["account.address_proposed"]


def test_who_is_named_by_the_handle_of_a_joined_account_is_whom_it_was_joined_to(cast, client):
    Person.objects.filter(pk=cast.leaver.pk).update(merged_into=cast.peer, closed_at=cast.at)
    client.force_login(cast.staff)
    client.post(PAGE, NEW | {"handle": cast.leaver.handle})
    assert AddressProposal.objects.get().person == cast.peer


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"handle": "nobody", "email": "x@y.example"}, "handle"),
        ({"handle": "", "email": "x@y.example"}, "handle"),
        ({"handle": "ines-okafor", "email": "no address"}, "email"),
        ({"handle": "ines-okafor", "email": "colleague@harbour.example"}, "__all__"),
        ({"handle": "x\x00", "email": "x\x00@y.example"}, "handle"),
    ],
)
def test_a_proposal_that_cannot_be_is_refused_and_kept(cast, client, typed, field):
    client.force_login(cast.staff)
    page = client.post(PAGE, typed)
    assert (page.status_code, AddressProposal.objects.count()) == (422, 0)
    assert page.context["form"].errors[field]
    assert page.context["form"]["email"].value() == typed["email"]


def test_another_of_the_team_lets_it_take_effect_with_a_reason(cast, client, proposal):
    client.force_login(cast.second_staff)
    assert "peer@lagoon.example" in client.get(f"{PAGE}{proposal.pk}/override/").content.decode()
    client.post(f"{PAGE}{proposal.pk}/override/", {"reason": "She called from her office."})
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by, proposal.reason) == (
        "delayed",
        cast.second_staff,
        "She called from her office.",
    )
    event = Event.objects.latest("pk")
    assert proposal.effective_at - event.at == timedelta(hours=72)
    assert (event.name, event.actor, event.facts) == ("address.overridden", cast.second_staff, {"person": cast.peer.pk})
    assert letters_to("peer@lagoon.example")[-1] == "account.address_let_through"


@pytest.mark.parametrize("reason", ["", "   ", "\x00", "x" * 100_000])
def test_without_a_readable_reason_nothing_is_let_through(cast, client, proposal, reason):
    client.force_login(cast.second_staff)
    page = client.post(f"{PAGE}{proposal.pk}/override/", {"reason": reason})
    proposal.refresh_from_db()
    assert (page.status_code, proposal.state) == (422, "proposed")
    assert page.context["form"]["reason"].value() == reason


def test_who_proposed_it_does_not_let_it_through(cast, client, proposal):
    page = client.post(f"{PAGE}{proposal.pk}/override/", {"reason": "I know her."})
    assert page.status_code == 422
    assert page.context["form"].non_field_errors() == [
        "Somebody else of the team has to let through what you proposed."
    ]


def test_a_second_override_is_refused(cast, client, proposal):
    client.force_login(cast.second_staff)
    client.post(f"{PAGE}{proposal.pk}/override/", {"reason": "Once."})
    page = client.post(f"{PAGE}{proposal.pk}/override/", {"reason": "Twice."})
    assert page.context["form"].non_field_errors() == ["This proposal was already answered."]


def test_the_list_asks_the_same_of_the_database_for_one_proposal_and_for_three(
    cast, client, proposal, django_assert_num_queries
):
    with django_assert_num_queries(5):
        client.get(PAGE)
    for number in range(3):
        client.post(PAGE, {"handle": "ines-okafor", "email": f"{number}@new.example"})
    client.get(PAGE)
    with django_assert_num_queries(5):
        client.get(PAGE)
