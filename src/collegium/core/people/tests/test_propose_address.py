"""Somebody else proposes an address: its owner answers, or it is let through when the present one is lost."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress

from collegium.core.access.standard import OFFICE
from collegium.core.people import actions
from collegium.core.people.models import AddressProposal
from collegium.core.people.queries import live_owner, primary_address
from collegium.core.trail.tests.story import is_taken_back, recorded, refuses

from .factories import AT, make_person

HOUR = timedelta(hours=1)
NEW = "ines@new.example"


def propose(cast, email=NEW, by=None, person=None):
    return actions.propose_address(person or cast.peer, email=email, by=by or cast.staff, at=AT)


def override(cast, proposal, part="second_staff", reason="Called; the old mailbox is gone."):
    return actions.override_address(proposal, viewer=cast.viewer(part), reason=reason, at=AT)


def addresses(person):
    return list(EmailAddress.objects.filter(user=person).order_by("pk").values_list("email", "primary", "verified"))


def test_a_proposed_address_signs_nobody_in(cast):
    with recorded() as events:
        proposal = propose(cast, " Ines@New.example ")
    assert (proposal.email, proposal.state) == (NEW, "proposed")
    assert live_owner(NEW, AT) is None
    assert addresses(cast.peer) == [("peer@lagoon.example", True, False)]
    facts = {"person": cast.peer.pk}
    assert events == [("address.proposed", cast.staff.pk, None, None, "people.addressproposal", OFFICE, facts)]


def test_a_colleague_may_propose_and_a_stranger_may_not(cast):
    assert propose(cast, by=cast.liaison).proposed_by == cast.liaison
    for part in ("colleague", "outsider"):
        with refuses("Only a colleague or the council's team can propose an address."):
            propose(cast, "other@new.example", by=getattr(cast, part))


def test_what_makes_no_sense_is_refused(cast):
    with refuses("Add an address of your own on your account's page."):
        propose(cast, by=cast.peer)
    with refuses("“not an address” is not an address."):
        propose(cast, "not an address")
    with refuses("It is an address of this person already."):
        propose(cast, "PEER@lagoon.example")
    with refuses("Somebody else uses this address."):
        propose(cast, "colleague@harbour.example")
    propose(cast)
    with refuses("This address was already proposed."):
        propose(cast, by=cast.liaison)
    closed = actions.close_account(cast.leaver, by=cast.leaver, at=AT)
    with refuses("This person closed their account."):
        propose(cast, "other@new.example", person=closed)


def test_its_owner_confirms_it_and_keeps_the_primary_one(cast):
    proposal = propose(cast)
    with recorded() as events:
        actions.confirm_address(proposal, by=cast.peer, at=AT)
    assert addresses(cast.peer) == [("peer@lagoon.example", True, False), (NEW, False, False)]
    assert live_owner(NEW, AT) == cast.peer
    facts = {"person": cast.peer.pk}
    assert events == [("address.confirmed", cast.peer.pk, None, None, "people.addressproposal", OFFICE, facts)]
    with refuses("This proposal was already answered."):
        actions.decline_address(proposal, by=cast.peer, at=AT)


def test_nobody_but_its_owner_confirms_or_declines(cast):
    proposal = propose(cast)
    for answer in (actions.confirm_address, actions.decline_address):
        with refuses("Only its owner can confirm an address."):
            answer(proposal, by=cast.staff, at=AT)


def test_an_address_taken_meanwhile_is_not_confirmed(cast):
    proposal = propose(cast)
    make_person(email=NEW)
    with refuses("Somebody else uses this address."):
        actions.confirm_address(proposal, by=cast.peer, at=AT)


def test_the_team_lets_it_through_with_a_reason_after_72_hours(cast):
    proposal = propose(cast)
    with recorded() as events:
        delayed = override(cast, proposal)
    assert (delayed.state, delayed.effective_at) == ("delayed", AT + 72 * HOUR)
    facts = {"person": cast.peer.pk}
    where = (None, None, "people.addressproposal", OFFICE, facts)
    assert events == [("address.overridden", cast.second_staff.pk, *where)]
    just_before = AT + 72 * HOUR - timedelta(microseconds=1)
    assert actions.put_delayed_addresses_in_effect(at=just_before) == 0
    assert live_owner(NEW, just_before) is None
    with recorded() as events:
        assert actions.put_delayed_addresses_in_effect(at=AT + 72 * HOUR) == 1
        assert actions.put_delayed_addresses_in_effect(at=AT + 72 * HOUR) == 0
    assert events == [("address.took_effect", None, *where)]
    assert primary_address(cast.peer, AT + 72 * HOUR) == NEW
    assert addresses(cast.peer) == [("peer@lagoon.example", False, False), (NEW, True, False)]


def test_who_may_let_it_through_and_how(cast):
    proposal = propose(cast)
    with refuses("Only the council's team can do this."):
        override(cast, proposal, "colleague")
    with refuses("Give the reason: the person will read it at the old address."):
        override(cast, proposal, reason="  ")
    with refuses("Somebody else of the team has to let through what you proposed."):
        override(cast, proposal, "staff")
    own = propose(cast, "staff@new.example", person=cast.second_staff)
    with refuses("You cannot let through an address of your own."):
        override(cast, own)
    override(cast, proposal)
    with refuses("This proposal was already answered."):
        override(cast, proposal)


def test_the_owner_still_declines_during_the_delay(cast):
    proposal = override(cast, propose(cast))
    with recorded() as events:
        actions.decline_address(proposal, by=cast.peer, at=AT + HOUR)
    assert [event[0] for event in events] == ["address.declined"]
    assert actions.put_delayed_addresses_in_effect(at=AT + 100 * HOUR) == 0
    assert addresses(cast.peer) == [("peer@lagoon.example", True, False)]


def test_one_taken_by_somebody_else_during_the_delay_lapses(cast):
    override(cast, propose(cast))
    other = make_person(email=NEW)
    with recorded() as events:
        assert actions.put_delayed_addresses_in_effect(at=AT + 72 * HOUR) == 0
    assert [event[0] for event in events] == ["address.lapsed"]
    assert live_owner(NEW, AT) == other
    assert AddressProposal.objects.get().state == "declined"


@pytest.mark.parametrize("answer", ["confirm_address", "decline_address", "override_address"])
def test_each_answer_is_taken_back_with_its_transaction(cast, answer):
    assert is_taken_back(lambda: propose(cast))
    proposal = propose(cast)
    deeds = {
        "confirm_address": lambda: actions.confirm_address(proposal, by=cast.peer, at=AT),
        "decline_address": lambda: actions.decline_address(proposal, by=cast.peer, at=AT),
        "override_address": lambda: override(cast, proposal),
    }
    assert is_taken_back(deeds[answer])


def test_the_delay_ending_is_taken_back_with_its_transaction(cast):
    override(cast, propose(cast))
    assert is_taken_back(lambda: actions.put_delayed_addresses_in_effect(at=AT + 72 * HOUR))
