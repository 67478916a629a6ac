"""Two accounts of one person: asked for, proved on both sides, joined; each refusal; what is told and recorded."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client

from collegium.core.access.queries import unsettled
from collegium.core.access.standard import OFFICE
from collegium.core.people import actions
from collegium.core.people.models import AddressTie, Joining, Person, Tenure
from collegium.core.people.queries import live_addresses, live_owner, unsound_joined
from collegium.core.trail.tests.story import is_taken_back, recorded, refuses

from .factories import AT, make_person, make_tenure

pytestmark = pytest.mark.django_db
REASON = "Registered again by the roster."
CLOSED = "One of the two accounts is closed."


@pytest.fixture
def second(cast):
    """A second account of the peer, from another society."""
    person = make_person("Ines Okafor", email="ines@reef.example", phone="+1 555", expertise=["audits"], about="Reef.")
    cast.tenures["second"] = make_tenure(person, cast.reef, "treasurer", title="Treasurer")
    return person


def ask(cast, email="ines@reef.example", at=AT):
    return actions.ask_to_join(cast.peer, email=email, by=cast.peer, at=at)


def join(cast, joining=None, at=AT, side="other"):
    return actions.agree_to_join(joining or ask(cast), side=side, by=cast.peer, at=at)


def begin(cast, second, by="staff", reason=REASON, stays=None):
    stays = stays or cast.peer
    return actions.begin_joining(stays, other=second, viewer=cast.viewer(by), reason=reason, at=AT)


def test_asking_proves_the_account_one_is_signed_in_to_and_changes_nothing_else(cast, second):
    with recorded() as events:
        joining = ask(cast, " Ines@Reef.example ")
    assert (joining.stays, joining.other, joining.email) == (cast.peer, second, "ines@reef.example")
    assert (joining.stays_agreed_at, joining.other_agreed_at, joining.is_open(AT)) == (AT, None, True)
    assert events == [("joining.asked", cast.peer.pk, None, None, "people.joining", OFFICE, {})]
    assert second.tenures.count() == 1


def test_what_is_recorded_does_not_say_whether_there_is_such_an_account(cast, second):
    with recorded() as known:
        ask(cast)
    with recorded() as unknown:
        joining = ask(cast, "nobody@nowhere.example")
    assert known == unknown
    assert joining.other is None


def test_asking_again_makes_the_older_link_void(cast, second):
    first = ask(cast)
    later = ask(cast, at=AT + timedelta(hours=1))
    assert (first.pk, later.begun_at) == (later.pk, AT + timedelta(hours=1))
    assert Joining.objects.count() == 1


def test_the_other_account_is_closed_and_leads_to_the_one_that_stays(cast, second):
    with recorded() as events:
        joining = join(cast)
    second.refresh_from_db()
    assert (joining.state, joining.closed_at) == (Joining.State.DONE, AT)
    assert (second.merged_into, second.closed_at, second.is_active) == (cast.peer, AT, False)
    assert (second.phone, second.about, second.expertise) == ("", "", [])
    facts = {"stays": cast.peer.pk, "other": second.pk}
    done = ("joining.done", cast.peer.pk, None, None, "people.joining", OFFICE, facts)
    assert events[-1] == done
    assert (list(unsettled()), list(unsound_joined())) == ([], [])


def test_seats_addresses_and_what_was_left_open_move(cast, second):
    home = EmailAddress.objects.create(user=second, email="ines@home.example", verified=True)
    tied = EmailAddress.objects.get(email="ines@reef.example")
    actions.tie_address(tied, organization=cast.reef)
    Person.objects.filter(pk=cast.peer.pk).update(about="Lagoon.")
    join(cast)
    person = Person.objects.get(pk=cast.peer.pk)
    assert (person.phone, person.expertise, person.about) == ("+1 555", ["audits"], "Lagoon.")
    assert set(person.tenures.values_list("pk", flat=True)) == {cast.tenures["peer"].pk, cast.tenures["second"].pk}
    mine = EmailAddress.objects.filter(user=person).order_by("pk").values_list("email", "primary", "verified")
    assert set(mine) == {
        ("peer@lagoon.example", True, False),
        ("ines@reef.example", False, False),
        (home.email, False, True),
    }
    assert live_owner("ines@reef.example", AT) == person
    assert AddressTie.objects.get(address=tied).organization == cast.reef
    assert live_addresses(AT).filter(user=person).count() == 3


def test_nobody_signs_in_to_the_other_account_any_more(cast, second):
    browser = Client()
    browser.force_login(second)
    UserSession.objects.create(user=second, ip="127.0.0.1", session_key=browser.session.session_key, user_agent="x")
    Authenticator.objects.create(user=second, type=Authenticator.Type.RECOVERY_CODES, data={})
    join(cast)
    assert browser.get("/account/")["Location"].startswith("/account/login/")
    assert (UserSession.objects.filter(user=second).count(), Authenticator.objects.filter(user=second).count()) == (
        0,
        0,
    )


def test_the_same_address_twice_is_there_once_and_verified_if_either_was(cast, second):
    EmailAddress.objects.create(user=cast.peer, email="both@home.example", verified=False)
    EmailAddress.objects.create(user=second, email="both@home.example", verified=True)
    join(cast)
    [address] = EmailAddress.objects.filter(email="both@home.example")
    assert (address.user, address.verified) == (cast.peer, True)


def test_who_was_joined_before_leads_to_the_last_one(cast, second):
    third = make_person("Ines O.", email="third@reef.example")
    first = actions.ask_to_join(second, email="third@reef.example", by=second, at=AT)
    actions.agree_to_join(first, side="other", by=second, at=AT)
    join(cast)
    third.refresh_from_db()
    assert (third.merged_into, list(unsound_joined())) == (cast.peer, [])


def test_other_joinings_of_either_are_void(cast, second):
    make_person("Ines O.", email="third@reef.example")
    others = [
        ask(cast, "third@reef.example"),
        actions.ask_to_join(second, email="third@reef.example", by=second, at=AT),
    ]
    join(cast)
    for other in others:
        other.refresh_from_db()
    assert [other.state for other in others] == ["withdrawn", "withdrawn"]


# --- the council's team


def test_the_team_asks_and_both_links_are_needed(cast, second):
    joining = begin(cast, second)
    assert (joining.stays_agreed_at, joining.other_agreed_at, joining.reason) == (None, None, REASON)
    with recorded() as events:
        half = join(cast, joining, side="other")
    second.refresh_from_db()
    assert (half.state, second.is_active, [event[0] for event in events]) == ("open", True, ["joining.agreed"])
    # The same link a second time is no second proof.
    assert join(cast, joining, side="other").state == "open"
    assert join(cast, joining, side="stays").state == "done"
    second.refresh_from_db()
    assert second.merged_into == cast.peer


def test_the_team_asks_only_for_others_and_with_a_reason(cast, second):
    with refuses("Give the reason: it stands in the letters to both addresses."):
        begin(cast, second, reason="  ")
    with refuses("Only the council's team can do this."):
        begin(cast, second, by="liaison")
    own = "For yourself, ask on the page of your own account: nobody of the team joins their own here."
    with refuses(own):
        begin(cast, second, stays=cast.staff)
    with refuses(own):
        begin(cast, cast.staff)


def test_the_team_asks_only_where_both_can_be_written_to(cast, second):
    EmailAddress.objects.filter(user=second).delete()
    with refuses(f"Ines Okafor (@{second.handle}) has no address a letter could go to."):
        begin(cast, second)


def test_not_both_ways_at_once(cast, second):
    begin(cast, second)
    with refuses("The other way round this was asked already. Withdraw that first."):
        begin(cast, cast.peer, stays=second)


def test_what_was_asked_is_withdrawn_by_whoever_asked_or_by_the_team(cast, second):
    with recorded() as events:
        gone = actions.withdraw_joining(ask(cast), viewer=cast.viewer("peer"), at=AT)
    assert (gone.state, gone.closed_at) == ("withdrawn", AT)
    assert events[-1][:2] == ("joining.withdrawn", cast.peer.pk)
    joining = begin(cast, second)
    with refuses("Only the council's team can do this."):
        actions.withdraw_joining(joining, viewer=cast.viewer("colleague"), at=AT)
    assert actions.withdraw_joining(joining, viewer=cast.viewer("second_staff"), at=AT).state == "withdrawn"
    with refuses("This joining was done, withdrawn, or has lapsed."):
        actions.withdraw_joining(joining, viewer=cast.viewer("staff"), at=AT)


# --- refused


def test_asking_is_refused_for_anothers_account_no_address_and_ones_own(cast, second):
    with refuses("Only the person can change this."):
        actions.ask_to_join(cast.peer, email="ines@reef.example", by=cast.staff, at=AT)
    with refuses("“nonsense” is not an address."):
        ask(cast, "nonsense")
    with refuses("This address is one of this account already. Type the address of the other account."):
        ask(cast, "Peer@lagoon.example")


def test_asking_for_many_at_once_is_refused_and_not_for_the_same_again(cast):
    for number in range(3):
        ask(cast, f"{number}@nowhere.example")
    with refuses("You wait for several letters already. Withdraw one first, or wait until it lapses."):
        ask(cast, "3@nowhere.example")
    assert ask(cast, "2@nowhere.example").is_open(AT)
    assert ask(cast, "3@nowhere.example", at=AT + timedelta(hours=73)).email == "3@nowhere.example"


def test_a_link_joins_only_for_who_asked_and_only_in_time(cast, second):
    joining = ask(cast)
    with refuses("This link is not for the account you are signed in to. Sign in to the one that is to stay."):
        actions.agree_to_join(joining, side="other", by=cast.colleague, at=AT)
    with refuses("This link was used, withdrawn, or is too old."):
        join(cast, joining, at=AT + timedelta(hours=72))
    join(cast, joining)
    with refuses("This link was used, withdrawn, or is too old."):
        join(cast, joining)


def test_an_account_with_a_second_step_is_not_joined_by_letter(cast, second):
    for kind in (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN):
        key = Authenticator.objects.create(user=second, type=kind, data={})
        joining = ask(cast)
        with refuses(
            "The other account has a passkey or an authenticator app, which a letter must not go round. Sign in to it "
            "and take them away, or begin from it: then it is the one that stays."
        ):
            join(cast, joining)
        key.delete()
    Authenticator.objects.create(user=cast.peer, type=Authenticator.Type.TOTP, data={})
    assert join(cast).state == "done"


def test_a_closed_account_is_not_joined(cast, second):
    joining = ask(cast)
    actions.close_account(second, by=second, at=AT)
    with refuses(CLOSED):
        join(cast, joining)
    # Nobody signs in with its address: it is asked for like one nobody has.
    assert ask(cast).other is None
    with refuses(CLOSED):
        begin(cast, second)


def test_an_account_is_joined_once_and_never_to_itself(cast, second):
    join(cast)
    second.refresh_from_db()
    with refuses("One of the two accounts was joined to another one already."):
        begin(cast, second, stays=cast.colleague)
    with refuses("An account cannot be joined to itself."):
        begin(cast, cast.peer)


def test_whoever_is_about_to_leave_a_society_waits(cast, second):
    joining = ask(cast)
    day = datetime(2026, 5, 29, tzinfo=UTC).date()
    departure = actions.begin_departure(second, organization=cast.reef, last_day=day, by=cast.staff, at=AT)
    with refuses("One of the two accounts is about to leave a society. Join them once that is done."):
        join(cast, joining)
    actions.withdraw_departure(departure, by=cast.staff, at=AT)
    assert join(cast, joining).state == "done"


# --- taken back, lapsed, straggling


def test_a_failure_leaves_both_accounts_as_they_were(cast, second):
    joining = ask(cast)
    assert is_taken_back(lambda: join(cast, joining))
    assert is_taken_back(lambda: ask(cast, "other@nowhere.example"))
    assert is_taken_back(lambda: begin(cast, second))
    assert is_taken_back(lambda: actions.withdraw_joining(joining, viewer=cast.viewer("peer"), at=AT))


def test_an_error_in_the_middle_leaves_both_accounts_as_they_were(cast, second, monkeypatch):
    joining = ask(cast)
    monkeypatch.setattr("collegium.core.people.actions.joinings.fold_tenures", lambda *_a, **_k: 1 / 0)
    from collegium.core.trail.tests.story import books

    before = books()
    with pytest.raises(ZeroDivisionError):
        join(cast, joining)
    assert books() == before


def test_links_lapse_after_three_days_and_the_typed_address_is_forgotten(cast, second):
    joining = ask(cast)
    assert actions.let_joinings_lapse(at=AT + timedelta(hours=71)) == 0
    assert actions.let_joinings_lapse(at=AT + timedelta(hours=72)) == 1
    joining.refresh_from_db()
    assert (joining.state, joining.email) == ("lapsed", "")
    assert actions.let_joinings_lapse(at=AT + timedelta(hours=73)) == 0


def test_what_came_while_they_were_joined_follows(cast, second):
    join(cast)
    late = Tenure.objects.get(pk=cast.tenures["second"].pk)
    Tenure.objects.filter(pk=late.pk).update(person=second)
    assert actions.carry_stragglers(at=AT + timedelta(hours=1)) == 1
    late.refresh_from_db()
    assert (late.person, list(unsettled()), list(unsound_joined())) == (cast.peer, [], [])
    assert actions.carry_stragglers(at=AT + timedelta(hours=1)) == 0


def test_the_check_finds_what_a_joined_account_must_not_have(cast, second):
    join(cast)
    Tenure.objects.filter(pk=cast.tenures["second"].pk).update(person=second)
    EmailAddress.objects.create(user=second, email="late@reef.example")
    Person.objects.filter(pk=cast.peer.pk).update(merged_into=cast.chair, closed_at=AT)
    said = list(unsound_joined())
    handle = second.handle
    assert f"{handle} was joined to another account and still holds a tenure" in said
    assert f"{handle} was joined to another account and still holds an address" in said
    assert f"{handle} was joined to an account that was joined to a third" in said
