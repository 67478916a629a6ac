"""What a change of policy would do is what it does: by name, nobody more and nobody less."""

from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collegium.core.access.errors import Refused
from collegium.core.access.models import Admission
from collegium.core.groups import actions
from collegium.core.groups.models import Circle, Group
from collegium.core.groups.preview import Change, change_policy, preview_closing, preview_policy
from collegium.core.people.tests.factories import make_person, make_tenure
from collegium.core.trail.models import Event
from collegium.core.trail.tests.story import refuses

from .factories import policy


def fresh(group: Group) -> Group:
    return Group.objects.select_related("circle").get(pk=group.pk)


def effect(cast: Any, group: Group, wanted: dict[str, list[str]], part: str = "staff") -> Any:
    return preview_policy(fresh(group), policy=wanted, viewer=cast.viewer(part), at=cast.at)


def told(found: Any) -> dict[str, list[str]]:
    return {change.value: [row.name for row in found.of(change)] for change in Change if found.of(change)}


def test_a_narrowing_says_who_loses_what_they_read(cast):
    found = effect(cast, cast.cfos, policy("cfo", capacities=["interim"]))
    assert (found.is_narrowing, found.waits) == (True, False)
    # The chair stays: an office belongs to the person, whatever the policy says of the seat.
    assert told(found) == {"loses": ["Kekoa Lindgren", "Ines Okafor"]}


def test_a_widening_says_who_reads_from_now_on_and_who_from_a_later_day(cast):
    make_tenure(make_person("Fay Ture"), cast.harbour, "cio", starts_on=date(2026, 6, 1))
    found = effect(cast, cast.cfos, policy("cfo", "cio"))
    rows = [(row.name, row.society, row.on) for row in found.of(Change.READS)]
    assert rows == [
        ("Bao Castellanos", "Academy of Reef Dermatology", None),
        ("Fay Ture", "College of Harbour Surgeons", date(2026, 6, 1)),
        ("Bao Castellanos", "Society of Lagoon Cardiology", None),
    ]
    assert (found.is_narrowing, found.waits, found.of(Change.LOSES)) == (False, False, [])


def test_a_mixed_change_is_a_widening_that_also_takes(cast):
    found = effect(cast, cast.cfos, policy("cio"))
    assert not found.is_narrowing
    assert {row.name for row in found.of(Change.READS)} == {"Bao Castellanos"}
    assert {row.name for row in found.of(Change.LOSES)} == {"Ines Okafor", "Kekoa Lindgren"}


def test_where_one_joins_by_oneself_a_widening_lets_people_come_in(cast):
    found = effect(cast, cast.membership, policy("membership", "cio", "ceo"))
    assert told(found) == {"may_come_in": ["Ruth Alder", "Ingvild Sorensen"]}
    assert told(effect(cast, cast.membership, policy("cio"))) == {"may_not_come_in": ["Nadia Brook"]}


def test_a_closed_group_waits_for_a_second_person_and_its_newcomers_for_confirmation(cast):
    found = effect(cast, cast.ceos, policy("ceo", "liaison"))
    assert (found.waits, told(found)) == (True, {"may_come_in": ["Jonas Weil"]})


def test_closing_says_who_stays_and_who_waits(cast):
    make_tenure(make_person("Added Before"), cast.lagoon, "cfo", capacity="deputy", by=cast.staff)
    found = preview_closing(fresh(cast.cfos), viewer=cast.viewer("staff"), at=cast.at)
    assert [row.name for row in found.stay] == ["Kekoa Lindgren", "Tomasz Halloran", "Ines Okafor"]
    assert [row.name for row in found.wait] == ["Added Before"]
    # Named by the same person.
    assert [office.tenure.person for office in found.officers] == [cast.colleague]
    other = preview_closing(fresh(cast.cfos), viewer=cast.viewer("second_staff"), at=cast.at)
    assert (len(other.stay), other.wait, other.officers) == (4, [], [])
    assert found.fingerprint() != other.fingerprint()


def test_looking_leaves_no_trace(cast):
    before = (Event.objects.count(), Circle.objects.count(), Admission.objects.count())
    effect(cast, cast.cfos, policy("cfo", "cio"))
    effect(cast, cast.ceos, policy("ceo", "liaison"))
    preview_closing(fresh(cast.cfos), viewer=cast.viewer("staff"), at=cast.at)
    assert (Event.objects.count(), Circle.objects.count(), Admission.objects.count()) == before
    assert not fresh(cast.cfos).is_closed


def test_what_would_be_refused_is_refused_when_looked_at(cast):
    with refuses("This is whom the group admits already."):
        effect(cast, cast.cfos, cast.cfos.circle.policy)
    with refuses("Only the council's team can change whom a group admits."):
        effect(cast, cast.cfos, policy("cfo", "cio"), part="colleague")
    change_policy(fresh(cast.ceos), policy=policy("ceo", "cio"), viewer=cast.viewer("staff"), at=cast.at)
    with refuses("Another widening waits for its confirmation."):
        effect(cast, cast.ceos, policy("ceo", "liaison"))


def test_the_fingerprint_tells_another_effect(cast):
    wanted = policy("cfo", "cio")
    first = effect(cast, cast.cfos, wanted).fingerprint()
    assert effect(cast, cast.cfos, wanted).fingerprint() == first
    make_tenure(make_person("New Comer"), cast.harbour, "cio")
    assert effect(cast, cast.cfos, wanted).fingerprint() != first


def reading(group: Group) -> set[int]:
    """Persons admitted to any circle of the group, asked of the admissions alone."""
    return set(Admission.objects.filter(audience__circle__group=group).values_list("person_id", flat=True))


def some(*words: str) -> Any:
    return st.lists(st.sampled_from(words), unique=True, max_size=len(words))


POLICIES = st.fixed_dictionaries(
    {
        "functions": some("cfo", "ceo", "cio", "membership", "liaison"),
        "capacities": some("holder", "interim", "deputy"),
        "leaderships": some("staff", "volunteer"),
        "organization_kinds": some("society", "council"),
        "standings": some("member", "suspended"),
    }
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(group=st.sampled_from(["cfos", "membership", "ceos", "counsels"]), wanted=POLICIES)
def test_what_is_previewed_is_what_happens(cast, group, wanted):
    """Of any policy and group: who reads it before and after the deed differs by exactly those who were named."""
    with transaction.atomic():
        chosen, viewer = fresh(getattr(cast, group)), cast.viewer("staff")
        try:
            found = preview_policy(chosen, policy=wanted, viewer=viewer, at=cast.at)
        except Refused:
            with pytest.raises(Refused):
                change_policy(fresh(chosen), policy=wanted, viewer=viewer, at=cast.at)
        else:
            before = reading(chosen)
            circle = change_policy(fresh(chosen), policy=wanted, viewer=viewer, at=cast.at)
            if circle.opened_at is None:
                actions.circles.open_circle(circle, at=cast.at, viewer=viewer)
            after = reading(chosen)
            named = {change: {row.person_id for row in found.of(change)} for change in Change}
            assert after - before == named[Change.READS] - before
            assert before - after == named[Change.LOSES] - after
        transaction.set_rollback(True)
