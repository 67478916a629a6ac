"""A tenure is corrected: its title, its capacity from a day on; one that has not begun is taken back."""

from datetime import date

import pytest

from collegium.core.access.queries import unsettled
from collegium.core.groups import actions as groups
from collegium.core.groups.models import Confirmation
from collegium.core.people import actions
from collegium.core.people.models import Tenure
from collegium.core.trail.tests.story import is_taken_back, recorded, refuses

from .factories import AT, make_organization, make_tenure

TODAY, TOMORROW = date(2026, 5, 4), date(2026, 5, 5)
NOT_THEIRS = "Only the society's liaison or chief executive and the council's team keep its seats."


def correct(cast, by="liaison", **given):
    given = {"title": "Treasurer", "leadership": "volunteer"} | given
    return actions.correct_tenure(cast.tenures["peer"], by=getattr(cast, by), at=AT, **given)


def change(cast, by="liaison", **given):
    given = {"capacity": "interim", "from_day": TOMORROW} | given
    return actions.change_capacity(cast.tenures["peer"], by=getattr(cast, by), at=AT, **given)


def ahead(cast):
    return make_tenure(cast.outsider, cast.lagoon, "ceo", capacity="deputy", starts_on=TOMORROW)


def take_back(cast, tenure, by="liaison"):
    actions.take_back_tenure(tenure, by=getattr(cast, by), at=AT)


def test_a_title_is_corrected(cast):
    with recorded() as events:
        tenure = correct(cast)
    assert (tenure.title, tenure.leadership) == ("Treasurer", "volunteer")
    facts = {"seat": tenure.seat_id, "person": cast.peer.pk}
    told = (cast.liaison.pk, cast.lagoon.pk, cast.lagoon.pk, "people.tenure", cast.lagoon.audience_id, facts)
    assert events == [("tenure.corrected", *told)]
    assert list(unsettled()) == []


@pytest.mark.parametrize("kind", ["subspecialty", "foundation", "partner"])
def test_a_title_is_corrected_wherever_the_seat_is(cast, kind):
    place = make_organization(kind=kind, parent=None if kind == "partner" else cast.lagoon)
    tenure = make_tenure(cast.outsider, place, "cfo")
    actions.correct_tenure(tenure, title="Treasurer", leadership="volunteer", by=cast.staff, at=AT)
    tenure.refresh_from_db()
    assert (tenure.title, tenure.leadership) == ("Treasurer", "volunteer")


def test_another_capacity_is_a_new_tenure(cast):
    new = change(cast)
    old = Tenure.objects.get(pk=cast.tenures["peer"].pk)
    assert (old.last_day, old.capacity, new.starts_on, new.capacity, new.last_day) == (
        TODAY,
        "holder",
        TOMORROW,
        "interim",
        None,
    )
    assert (new.title, new.person) == (old.title, old.person)


def test_what_has_not_begun_is_taken_back_with_what_a_group_prepared(cast):
    tenure = ahead(cast)
    groups.confirm_tenure(cast.ceos, tenure=tenure, viewer=cast.viewer("staff"), at=AT)
    with recorded() as events:
        take_back(cast, tenure)
    assert [event[0] for event in events] == ["tenure.taken_back"]
    assert not Tenure.objects.filter(person=cast.outsider).exists()
    assert not Confirmation.objects.filter(tenure=tenure.pk).exists()
    assert list(unsettled()) == []


def test_what_has_begun_is_not_taken_back(cast):
    with refuses("This tenure has begun: record its end instead."):
        take_back(cast, cast.tenures["peer"])


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"capacity": "holder"}, "The person has this capacity already."),
        ({"capacity": "king"}, "There is no such capacity."),
        ({"from_day": date(2020, 1, 1)}, "A capacity changes on a day of the tenure after its first."),
    ],
)
def test_a_capacity_that_cannot_be_is_refused(cast, given, reason):
    with refuses(reason):
        change(cast, **given)


def test_a_leader_of_no_known_kind_is_refused(cast):
    with refuses("There is no such capacity."):
        correct(cast, leadership="king")


def test_an_empty_title_is_refused(cast):
    with refuses("Say which title the person has."):
        correct(cast, title="")


@pytest.mark.parametrize("by", ["peer", "chair", "outsider"])
def test_only_who_keeps_the_roster_corrects(cast, by):
    tenure = ahead(cast)
    for deed in (lambda: correct(cast, by), lambda: change(cast, by), lambda: take_back(cast, tenure, by)):
        with refuses(NOT_THEIRS):
            deed()


def test_each_is_taken_back_with_its_transaction(cast):
    tenure = ahead(cast)
    for deed in (lambda: correct(cast), lambda: change(cast), lambda: take_back(cast, tenure)):
        assert is_taken_back(deed)
