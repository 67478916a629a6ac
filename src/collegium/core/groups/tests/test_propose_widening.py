"""Whom a group admits: fewer at once, more by a new circle that older text does not reach."""

from datetime import date

import pytest

from collegium.core.access.models import Audience
from collegium.core.access.queries import names, unsettled
from collegium.core.groups import actions
from collegium.core.groups.models import Circle, Group
from collegium.core.groups.queries import waiting_confirmations
from collegium.core.people import actions as people
from collegium.core.people.tests.factories import make_tenure
from collegium.core.trail.tests.story import is_taken_back, recorded, refuses

from .factories import policy

WIDER = policy("cfo", "membership")


def widen(cast, group="cfos", wanted=WIDER, viewer="staff"):
    return actions.propose_widening(fresh(cast, group), policy=wanted, viewer=cast.viewer(viewer), at=cast.at)


def narrow(cast, wanted, viewer="colleague"):
    return actions.narrow_policy(fresh(cast, "cfos"), policy=wanted, viewer=cast.viewer(viewer), at=cast.at)


def fresh(cast, group):
    return Group.objects.get(pk=getattr(cast, group).pk)


def circles(cast, part, group="cfos"):
    """The numbers of the circles somebody is in."""
    rows = Circle.objects.filter(group=getattr(cast, group), audience__in=cast.viewer(part).audience_ids)
    return sorted(rows.values_list("number", flat=True))


def test_a_widening_opens_a_new_circle_and_reaches_nobody_into_the_old_one(cast):
    with recorded() as events:
        widen(cast)
    assert {part: circles(cast, part) for part in ("peer", "newcomer", "liaison")} == {
        "peer": [1, 2],
        "newcomer": [2],
        "liaison": [],
    }
    assert fresh(cast, "cfos").circle.number == 2
    told = (cast.cfos.pk, "groups.group", cast.cfos.entry.audience_id)
    kept = {field: sorted(words) for field, words in WIDER.items()}
    assert events == [
        ("group.widening_proposed", cast.staff.pk, None, *told, {"policy": kept}),
        ("group.circle_opened", cast.staff.pk, None, *told, {"circle": 2}),
    ]
    assert list(unsettled()) == []


def test_both_circles_have_names(cast):
    old = cast.cfos.circle.audience_id
    new = widen(cast).audience_id
    name = "Chief Financial Officers"
    assert names([old, new]) == {new: name, old: f"{name}, as it was before it was widened"}


def test_in_a_closed_group_it_opens_when_a_second_person_confirms(cast):
    circle = widen(cast, "ceos", policy("ceo", "liaison"))
    assert circle.opened_at is None
    assert waiting_confirmations(cast.ceos, cast.at)["circles"] == [circle]
    with refuses("Another widening waits for its confirmation."):
        widen(cast, "ceos", policy("ceo", "cio"))
    with refuses("A second person has to confirm this."):
        actions.confirm_widening(circle, viewer=cast.viewer("staff"), at=cast.at)
    with refuses("Only a chair of the group or the council's team can confirm this."):
        actions.confirm_widening(circle, viewer=cast.viewer("delegate"), at=cast.at)
    with recorded() as events:
        actions.confirm_widening(circle, viewer=cast.viewer("chair"), at=cast.at)
    assert [(event[0], event[1], event[6]) for event in events] == [
        ("group.circle_opened", cast.chair.pk, {"circle": 2})
    ]
    assert circles(cast, "delegate", "ceos") == [1, 2]
    assert circles(cast, "liaison", "ceos") == []
    actions.confirm_tenure(cast.ceos, tenure=cast.tenures["liaison"], viewer=cast.viewer("chair"), at=cast.at)
    with refuses("This circle is open already."):
        actions.confirm_widening(circle, viewer=cast.viewer("chair"), at=cast.at)


def test_who_would_be_let_in_by_it_does_not_confirm_it(cast):
    make_tenure(cast.second_staff, cast.lagoon, "membership")
    circle = widen(cast, "ceos", policy("ceo", "membership"))
    with refuses("Whoever gains by it cannot confirm it."):
        actions.confirm_widening(circle, viewer=cast.viewer("second_staff"), at=cast.at)


def test_a_widening_that_waits_is_withdrawn_and_another_proposed(cast):
    circle = widen(cast, "ceos", policy("ceo", "membership"))
    with refuses("Only a chair of the group or the council's team can withdraw this."):
        actions.withdraw_widening(circle, viewer=cast.viewer("delegate"), at=cast.at)
    with recorded() as events:
        actions.withdraw_widening(circle, viewer=cast.viewer("chair"), at=cast.at)
    assert [(event[0], event[1]) for event in events] == [("group.widening_withdrawn", cast.chair.pk)]
    with refuses("This widening was withdrawn already."):
        actions.withdraw_widening(circle, viewer=cast.viewer("staff"), at=cast.at)
    assert not Audience.objects.filter(pk=circle.audience_id).exists()
    second = widen(cast, "ceos", policy("ceo", "cfo"))
    actions.confirm_widening(second, viewer=cast.viewer("second_staff"), at=cast.at)
    with refuses("This circle is open already."):
        actions.withdraw_widening(second, viewer=cast.viewer("staff"), at=cast.at)
    assert [one.functions for one in Circle.objects.filter(group=cast.ceos)] == [["ceo"], ["ceo", "cfo"]]


@pytest.mark.parametrize("part", ["colleague", "peer", None])
def test_only_the_team_widens(cast, part):
    with refuses("Only the council's team can change whom a group admits."):
        widen(cast, viewer=part)


def test_a_widening_that_admits_nobody_new_is_refused(cast):
    for wanted in (policy("cfo"), policy("cfo", capacities=["holder"])):
        with refuses("This admits nobody new."):
            widen(cast, wanted=wanted)


def test_narrowing_takes_effect_on_all_circles_at_once(cast):
    widen(cast)
    people.end_tenure(cast.tenures["leaver"], last_day=date(2026, 5, 3), by=None, at=cast.at)
    make_tenure(cast.outsider, cast.reef, "cfo", capacity="interim", starts_on=date(2026, 5, 4))
    assert circles(cast, "outsider") == [1, 2]
    with recorded() as events:
        narrow(cast, WIDER | {"capacities": ["holder"]})
    assert (circles(cast, "outsider"), circles(cast, "peer")) == ([], [1, 2])
    assert [(event[0], event[1], event[5]) for event in events] == [
        ("group.policy_narrowed", cast.colleague.pk, cast.cfos.entry.audience_id)
    ]
    assert list(unsettled()) == []


def test_a_narrowing_that_widens_or_changes_nothing_is_refused(cast):
    with refuses("This admits people who are not admitted now: propose a widening instead."):
        narrow(cast, WIDER)
    with refuses("This is whom the group admits already."):
        narrow(cast, policy("cfo"))
    with refuses("Only an officer of the group or the council's team can do this."):
        narrow(cast, policy("cfo", capacities=["holder"]), "peer")


def test_an_officer_narrows_the_circle_that_is_present_not_the_one_a_page_was_drawn_with(cast):
    stale = fresh(cast, "cfos")
    widen(cast)
    actions.narrow_policy(stale, policy=policy("membership"), viewer=cast.viewer("staff"), at=cast.at)
    assert [(circle.number, circle.functions) for circle in Circle.objects.filter(group=cast.cfos)] == [
        (1, ["cfo"]),
        (2, ["membership"]),
    ]


def test_whoever_is_invited_after_a_widening_reads_from_then_on(cast):
    stale = fresh(cast, "cfos")
    widen(cast)
    actions.invite_person(stale, tenure=cast.tenures["liaison"], viewer=cast.viewer("staff"), at=cast.at)
    assert circles(cast, "liaison") == [2]


def test_each_is_taken_back_with_its_transaction(cast):
    assert is_taken_back(lambda: widen(cast))
    assert is_taken_back(lambda: narrow(cast, policy("cfo", capacities=["holder"])))
    circle = widen(cast, "ceos", policy("ceo", "liaison"))
    viewer = cast.viewer("chair")
    assert is_taken_back(lambda: actions.confirm_widening(circle, viewer=viewer, at=cast.at))
