"""A standing is changed after what follows was shown; showing it changes nothing."""

from __future__ import annotations

from datetime import date

import pytest

from collegium.core.access.models import Admission
from collegium.core.people import actions
from collegium.core.people.models import Standing
from collegium.core.people.tests.factories import AT, make_organization
from collegium.core.trail.tests.story import books, recorded
from collegium.web.office.books.foresight import foresee_standing

from .reading import LONG

PAGE = "/office/societies/reef/standing/"
SUSPEND = {"status": "suspended", "from_day": "2026-06-01"}


def counted(rows):
    return {str(row["name"]): row["people"] for row in rows}


def test_what_follows_is_said_and_nothing_changes(cast, visit):
    client = visit("staff")
    client.get(PAGE)
    before = books()
    page = client.post(PAGE, SUSPEND)
    foresight = page.context["foresight"]
    assert books() == before
    assert (page.status_code, foresight.people, foresight.gains) == (200, 2, [])
    # Whoever has a second seat elsewhere keeps what that one opens.
    assert counted(foresight.losses) == {"all member societies": 2, "Chief Financial Officers": 1}
    text = page.content.decode()
    assert "From 1 June 2026 on Academy of Reef Dermatology stands as “Suspended”." in " ".join(text.split())
    assert "2 people gain or lose something on that day." in " ".join(text.split())


def test_confirmed_it_is_done(cast, visit):
    with recorded() as events:
        answer = visit("staff").post(PAGE, SUSPEND | {"confirmed": "1"})
    assert answer["Location"] == "/office/societies/reef/"
    facts = {"status": "suspended", "from_day": "2026-06-01"}
    assert [(name, actor, said) for name, actor, *_rest, said in events] == [("standing.changed", cast.staff.pk, facts)]
    newest = Standing.objects.filter(organization=cast.reef).latest("period")
    assert (newest.status, newest.period.lower) == ("suspended", date(2026, 6, 1))


def test_it_foresees_exactly_what_then_happens(cast, today):
    viewer = cast.staff
    foresight = foresee_standing(cast.lapsed, status="member", from_day=date(2026, 5, 1), by=viewer, at=today)

    def admitted():
        return set(
            Admission.objects.valid(foresight.moment)
            .filter(person=cast.suspended)
            .values_list("audience__kind", flat=True)
        )

    before = admitted()
    actions.change_standing(cast.lapsed, status="member", from_day=date(2026, 5, 1), by=viewer, at=today)
    assert admitted() - before == {"members", "circle"}
    assert counted(foresight.gains) == {"all member societies": 1, "Chief Financial Officers": 1}
    assert foresight.losses == []


def test_what_was_to_begin_later_is_named(cast, visit):
    actions.change_standing(cast.reef, status="former", from_day=date(2027, 1, 1), by=None, at=AT)
    page = visit("staff").post(PAGE, SUSPEND)
    assert [row.status for row in page.context["foresight"].dropped] == ["former"]
    assert "What was recorded to begin on that day or later is dropped:" in page.content.decode()


def test_nobody_is_touched_where_nothing_changes(cast, visit):
    page = visit("staff").post(PAGE, {"status": "member", "from_day": "2026-06-01"})
    assert "Nobody gains or loses anything." in page.content.decode()


@pytest.mark.parametrize("confirmed", [{}, {"confirmed": "1"}])
@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"status": "honorary"}, "status"),
        ({"status": "\x00"}, "status"),
        ({"status": ""}, "status"),
        *(({"from_day": word}, "from_day") for word in ("", "soon", "\x00", "2026-02-30", "9999-12-31", "0001-01-01")),
        ({"from_day": LONG}, "from_day"),
    ],
)
def test_what_makes_no_sense_is_refused_and_kept(cast, visit, typed, field, confirmed):
    client = visit("staff")
    client.get(PAGE)
    before = books()
    page = client.post(PAGE, SUSPEND | typed | confirmed)
    assert (page.status_code, bool(page.context["form"].errors[field])) == (422, True)
    assert page.context["form"][field].value() == typed[field]
    assert books() == before


def test_a_foundation_has_none_of_its_own(cast, visit):
    make_organization("Reef Foundation", slug="reef-foundation", kind="foundation", parent=cast.reef)
    page = visit("staff").post("/office/societies/reef-foundation/standing/", SUSPEND)
    assert page.status_code == 422
    assert page.context["form"].non_field_errors() == ["Its standing is that of the society it belongs to."]


def test_the_timeline_shows_each_standing_from_its_day(cast, visit):
    actions.change_standing(cast.reef, status="suspended", from_day=date(2027, 1, 1), by=None, at=AT)
    standings = visit("staff").get("/office/societies/reef/").context["standings"]
    assert [(row["text"], row["at"], row["note"]) for row in standings] == [
        ("Member", date(2020, 1, 1), ""),
        ("Suspended", date(2027, 1, 1), "to come"),
    ]
