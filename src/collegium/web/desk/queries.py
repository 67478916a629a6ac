"""What a desk shows: the society's seats and who holds them, its people, who is leaving."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.http import Http404

from collegium.core.access.viewers import Viewer
from collegium.core.groups.queries import groups_of_seats, unconfirmed_holders
from collegium.core.people.models import Departure, Function, Handover, Organization, Person, Tenure
from collegium.core.people.queries import society_people, suggested_successors
from collegium.core.people.registry import Belonging, departing

from ..together import Row, together

SOON = timedelta(days=60)

# Each seat with those who hold it on a day or will later, and since when an empty one is empty.
_SEATS = """
SELECT s.id, f.id AS function_id, f.name AS function, f.slug, s.single_holder,
    (SELECT json_agg(json_build_object('id', t.id, 'name', p.name, 'credentials', p.credentials, 'handle', p.handle,
            'title', t.title, 'capacity', t.capacity, 'leadership', t.leadership, 'closed', p.closed_at IS NOT NULL,
            'starts_on', lower(t.period), 'last_day', upper(t.period) - 1, 'is_ahead', lower(t.period) > %s::date)
        ORDER BY lower(t.period) > %s::date,
            array_position(ARRAY['holder', 'interim', 'deputy'], t.capacity::text), p.name)
     FROM people_tenure t JOIN people_person p ON p.id = t.person_id
     WHERE t.seat_id = s.id AND (upper(t.period) IS NULL OR upper(t.period) > %s::date)) AS holders,
    (SELECT max(upper(t.period)) FROM people_tenure t
     WHERE t.seat_id = s.id AND upper(t.period) <= %s::date) AS vacant_since
FROM people_seat s JOIN people_function f ON f.id = s.function_id
WHERE s.organization_id = %s ORDER BY f.id"""


def desk_page(society: Organization, viewer: Viewer) -> dict[str, Any]:
    """Seats, people, departures under way, and what a closed group has yet to confirm."""
    today = society.day_of(viewer.at)
    opened = groups_of_seats(society, viewer)
    rows = together(seats=(_SEATS, [today, today, today, today, society.pk]))["seats"]
    seats = [_seat(row, opened.get(row["function_id"], []), today) for row in rows]
    return {
        "today": today,
        "seats": seats,
        "numbers": {
            state: sum(seat["state"] == state for seat in seats) for state in ("held", "interim", "deputy", "vacant")
        },
        "vacant": [seat for seat in seats if seat["state"] == "vacant"],
        "ending": [holder for seat in seats for holder in seat["holders"] if holder["ends_soon"]],
        "people": list(society_people(society, viewer.at)),
        "departures": open_departures(society),
        "waiting": unconfirmed_holders(society, viewer.at, viewer),
    }


def _seat(row: Row, groups: list[Row], today: date) -> Row:
    holders = row["holders"] or []
    for holder in holders:
        holder["full_name"] = f"{holder['name']}, {holder['credentials']}" if holder["credentials"] else holder["name"]
        holder["starts_on"] = date.fromisoformat(holder["starts_on"])
        holder["last_day"] = date.fromisoformat(holder["last_day"]) if holder["last_day"] else None
        holder["ends_soon"] = holder["last_day"] is not None and holder["last_day"] <= today + SOON
        holder["function"] = row["function"]
    since = row["vacant_since"]
    led = {holder["capacity"] for holder in holders if not holder["is_ahead"]}
    return row | {
        "holders": holders,
        "vacant_since": date.fromisoformat(since) if since else None,
        "state": "held" if "holder" in led else "interim" if "interim" in led else "deputy" if led else "vacant",
        # Through this seat the society is heard there; while it is empty, it is not.
        "groups": [group["name"] for group in groups if group["is_in"]],
    }


def open_departures(society: Organization) -> list[Departure]:
    found = Departure.objects.filter(organization=society, state=Departure.State.OPEN)
    return list(found.select_related("person").order_by("last_day", "pk"))


def departures_asked(society: Organization) -> list[Departure]:
    """Those from which nothing has been handed on yet."""
    return [departure for departure in open_departures(society) if departure.handed_at is None]


def end_of(society: Organization, day: date) -> datetime:
    """The midnight with which a day ends where the society is."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(society.time_zone))


def due_by(society: Organization, day: date) -> datetime:
    """The last minute of a day where the society is, as a deadline is read."""
    return datetime.combine(day, time(23, 59), ZoneInfo(society.time_zone))


def functions() -> QuerySet[Function]:
    return Function.objects.exclude(slug="council-team").order_by("name")


def opened_by(society: Organization, function: Function, capacity: str, leadership: str, viewer: Viewer) -> Row:
    """Names of groups holding a seat in this way opens `at_once`, once `confirmed`, or lets it join (`joined`)."""
    fitting = [
        group
        for group in groups_of_seats(society, viewer).get(function.pk, [])
        if capacity in group["capacities"] and leadership in group["leaderships"]
    ]
    inside = [group for group in fitting if group["is_in"]]
    return {
        "at_once": [group["name"] for group in inside if not group["is_closed"]],
        "confirmed": [group["name"] for group in inside if group["is_closed"]],
        "joined": [group["name"] for group in fitting if not group["is_in"]],
    }


def tenure_at(society: Organization, pk: int, at: datetime) -> Tenure:
    """A tenure of the society that lasts or lies ahead; Http404 for another."""
    rows = Tenure.objects.filter(seat__organization=society).select_related("person", "seat__function")
    found = rows.filter(pk=pk).first()
    if found is None or (found.last_day is not None and found.last_day < society.day_of(at)):
        raise Http404
    return found


def departure_at(society: Organization, pk: int) -> Departure:
    """A departure from the society; Http404 for another."""
    rows = Departure.objects.filter(organization=society, pk=pk)
    found = rows.select_related("person", "begun_by", "organization__entry").first()
    if found is None:
        raise Http404
    return found


def left_behind(departure: Departure, viewer: Viewer) -> dict[str, Any]:
    """All that hangs on whoever leaves, each with who would take it: `{leavings, things, staying, people}`."""
    leavings = departure.leavings.select_related("tenure__seat__function", "succession__person").order_by("pk")
    leavings = leavings.prefetch_related("tenure__mandates", "succession__mandates")
    is_new = departure.handed_at is None
    suggested = suggested_successors([row.tenure_id for row in leavings]) if is_new else {}
    seats = [
        {
            "tenure": row.tenure,
            "seat": row.tenure.seat,
            "mandates": [mandate.get_act_display() for mandate in row.tenure.mandates.all()],
            "succession": row.succession,
            "with_mandates": row.succession is not None and bool(row.succession.mandates.all()),
            "suggested": suggested.get(row.tenure_id),
        }
        for row in leavings
    ]
    belongings = [thing for of_one in departing.all() for thing in of_one(departure, viewer)]
    people = society_people(departure.organization, viewer.at).exclude(pk=departure.person_id)
    return {
        "seats": seats,
        "things": _proposed([thing for thing in belongings if thing.thing_id is not None], departure, seats),
        "staying": [thing for thing in belongings if thing.thing_id is None],
        "people": list(people),
    }


def _proposed(things: list[Belonging], departure: Departure, seats: list[Row]) -> list[Row]:
    """Each thing with whom it was handed to, or else with the successor proposed for its seat, or for the first."""
    handed: dict[tuple[str, int | None], int] = {
        (row.kind, row.thing_id): row.successor_id for row in Handover.objects.filter(departure=departure)
    }
    heirs = {row["seat"].pk: row["suggested"] for row in seats}
    first = next((heir for heir in heirs.values() if heir), None)
    return [
        {
            "thing": thing,
            "successor": handed.get((thing.kind, thing.thing_id))
            or (None if departure.handed_at else heirs.get(thing.seat_id, first)),
        }
        for thing in things
    ]


def person_of(society: Organization, handle: str, at: datetime) -> Person | None:
    """Somebody of the society by handle."""
    return society_people(society, at).filter(handle=handle).first()
