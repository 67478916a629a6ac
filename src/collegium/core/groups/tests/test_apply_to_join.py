"""Applying with a role: from outside it counts once the address is verified; from inside at once."""

from datetime import timedelta

import pytest
import time_machine

from collegium.core.groups import actions
from collegium.core.groups.actions.applications import AddressKnown
from collegium.core.groups.jobs import let_applications_lapse
from collegium.core.groups.models import Application
from collegium.core.people import actions as people
from collegium.core.people.models import Person
from collegium.core.people.tests.factories import make_person
from collegium.core.trail.tests.story import is_taken_back, recorded, refuses

from .applying import EMAIL, apply, role, verified

OFFICE = 3


def with_role(cast, part="peer", group=None, email="peer@lagoon.example", **fields):
    given = role(cast.lagoon, "membership", title="Head of Membership") | fields
    viewer = cast.viewer(part)
    return actions.apply_with_role(group or cast.membership, email=email, viewer=viewer, at=cast.at, **given)


def facts(application):
    return {"society": application.society_id, "function": application.function_id}


def test_what_somebody_types_makes_no_account_and_is_in_no_books(cast):
    persons = Person.objects.count()
    with recorded() as events:
        application = apply(cast, email=" Una@Lagoon.example ")
    assert (application.email, application.state, application.verified_at) == (EMAIL, "unverified", None)
    assert (events, Person.objects.count()) == ([], persons)


@pytest.mark.parametrize(
    ("group", "fields", "reason"),
    [
        ("board", {}, "Members of this group are invited; it takes no applications."),
        ("membership", {"function": "cfo"}, "The group does not admit this function."),
        ("membership", {"society": "lapsed"}, "The group does not admit people of this organization."),
        ("membership", {"society": "council"}, "The group does not admit people of this organization."),
    ],
)
def test_a_role_that_lets_nobody_in_is_refused_at_once(cast, group, fields, reason):
    if "society" in fields:
        fields = {"society": getattr(cast, fields["society"])}
    with refuses(reason):
        apply(cast, getattr(cast, group), **fields)


def test_an_address_of_an_account_leaves_nothing_and_its_owner_is_not_named(cast):
    with refuses("There is an account or an application with this address already."):
        apply(cast, email="PEER@lagoon.example")
    with pytest.raises(AddressKnown) as known:
        apply(cast, email="peer@lagoon.example")
    assert known.value.application is None


def test_one_applies_once_and_whoever_reads_the_letters_is_led_to_it(cast):
    first = verified(cast)
    with pytest.raises(AddressKnown) as known:
        apply(cast)
    assert known.value.application == first
    assert apply(cast, cast.counsels).state == "unverified"
    actions.withdraw_application(first, at=cast.at)
    assert apply(cast).state == "unverified"


def test_what_others_typed_before_does_not_stand_in_the_way(cast):
    """Whoever types a stranger's address keeps nobody out: the one that is verified counts, the others lapse."""
    other, own = apply(cast, name="Somebody Else"), apply(cast)
    with recorded() as events:
        actions.verify_application(own, at=cast.at)
    other.refresh_from_db()
    own.refresh_from_db()
    assert (other.state, own.state, own.verified_at, own.society_asked_at) == ("lapsed", "society", cast.at, cast.at)
    assert events == [
        ("application.verified", None, None, cast.membership.pk, "groups.application", OFFICE, facts(own))
    ]
    with refuses("This address is verified already."):
        actions.verify_application(own, at=cast.at)
    with refuses("You have applied to this group already, from the same address."):
        actions.verify_application(other, at=cast.at)
    actions.withdraw_application(own, at=cast.at)
    with refuses("You have withdrawn this application. Ask again on the group’s page."):
        actions.verify_application(own, at=cast.at)
    with refuses("This link has run out. Ask again on the group’s page."):
        actions.verify_application(other, at=cast.at)


def test_an_address_is_verified_within_three_days(cast):
    application = apply(cast)
    just, late = cast.at + timedelta(hours=72, seconds=-1), cast.at + timedelta(hours=72)
    with refuses("This link has run out. Ask again on the group’s page."):
        actions.verify_application(application, at=late)
    assert actions.verify_application(application, at=just).state == "society"


def test_a_link_kept_while_another_is_open_does_not_make_a_second(cast):
    first, second = apply(cast), apply(cast)
    Application.objects.filter(pk=first.pk).update(state="society", verified_at=cast.at)
    with refuses("You have applied to this group already, from the same address."):
        actions.verify_application(second, at=cast.at)


def test_those_nobody_verified_lapse_and_are_forgotten(cast):
    application, open_one = apply(cast), verified(cast, email="other@lagoon.example")
    assert actions.lapse_applications(at=cast.at + timedelta(hours=71)) == 0
    assert actions.lapse_applications(at=cast.at + timedelta(hours=72)) == 1
    application.refresh_from_db()
    assert application.state == "lapsed"
    assert actions.forget_lapsed_applications(at=cast.at + timedelta(days=29)) == 0
    assert actions.forget_lapsed_applications(at=cast.at + timedelta(days=30)) == 1
    assert list(Application.objects.all()) == [open_one]


def test_the_clock_does_both(cast):
    apply(cast)
    for days, states in ((3, ["lapsed"]), (3, ["lapsed"]), (31, []), (31, [])):
        with time_machine.travel(cast.at + timedelta(days=days), tick=False):
            let_applications_lapse(0)
        assert list(Application.objects.values_list("state", flat=True)) == states


def test_somebody_with_an_account_applies_with_another_role_at_once(cast):
    with recorded() as events:
        application = with_role(cast)
    assert (application.person, application.name, application.state) == (cast.peer, cast.peer.name, "society")
    assert events == [
        (
            "application.made",
            cast.peer.pk,
            None,
            cast.membership.pk,
            "groups.application",
            OFFICE,
            facts(application),
        )
    ]
    with refuses("You have applied already; you were sent a letter with the way to it."):
        with_role(cast)


@pytest.mark.parametrize(
    ("part", "fields", "reason"),
    [
        ("newcomer", {}, "The group admits a seat of yours already; ask on its page."),
        ("peer", {"email": ""}, "Add an address to your account first: the answer comes by letter."),
        (None, {}, "Add an address to your account first: the answer comes by letter."),
        ("peer", {"function": "cfo"}, "The group does not admit this function."),
    ],
)
def test_who_cannot_apply_from_inside_is_told_why(cast, part, fields, reason):
    if "function" in fields:
        fields = {"function": role(cast.lagoon, fields["function"])["function"]}
    with refuses(reason):
        with_role(cast, part, **fields)


def test_an_address_that_applied_from_outside_does_not_apply_from_inside_as_well(cast):
    verified(cast)
    person = make_person("Una Later", email=EMAIL)
    cast.peer = person
    with refuses("You have applied to this group already, from the same address."):
        with_role(cast, email=EMAIL)


def test_the_applicant_takes_it_back_while_nobody_has_decided(cast):
    application = verified(cast)
    with recorded() as events:
        assert actions.withdraw_application(application, at=cast.at).state == "withdrawn"
    assert [(event[0], event[1]) for event in events] == [("application.withdrawn", None)]
    with refuses("This application was already answered."):
        actions.withdraw_application(application, at=cast.at)


def test_one_may_drop_what_one_did_not_verify(cast):
    assert actions.withdraw_application(apply(cast), at=cast.at).state == "withdrawn"


def test_the_applicant_finds_it_among_their_own_data(cast):
    from collegium.core.groups.exports import groups

    with_role(cast)
    files = {file.name: b"".join(file.chunks).decode() for file in groups(cast.peer, cast.at)}
    assert '"state": "society"' in files["applications.json"]
    others = {file.name: b"".join(file.chunks).decode() for file in groups(cast.colleague, cast.at)}
    assert "state" not in others["applications.json"]


def test_each_is_taken_back_with_its_transaction(cast):
    assert is_taken_back(lambda: apply(cast))
    assert is_taken_back(lambda: with_role(cast))
    application = apply(cast)
    assert is_taken_back(lambda: actions.verify_application(application, at=cast.at))
    assert is_taken_back(lambda: actions.withdraw_application(application, at=cast.at))
    late = cast.at + timedelta(days=31)
    assert is_taken_back(lambda: actions.lapse_applications(at=late))
    actions.lapse_applications(at=late)
    assert is_taken_back(lambda: actions.forget_lapsed_applications(at=late))


def test_an_account_that_was_closed_is_no_account(cast):
    people.close_account(cast.peer, by=cast.peer, at=cast.at)
    assert apply(cast, email="peer@lagoon.example").state == "unverified"
