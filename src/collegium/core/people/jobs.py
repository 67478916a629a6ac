"""What falls due by the clock, and rosters looked through and carried out a part at a time."""

from django.utils import timezone
from procrastinate.contrib.django import app

from .actions import (
    advance_attestations,
    carry_out_part,
    carry_stragglers,
    complete_departures,
    forget_rosters,
    let_joinings_lapse,
    look_through_roster,
    put_delayed_addresses_in_effect,
    write_changed_people,
)
from .models import RosterImport


@app.periodic(cron="5 * * * *")
@app.task(queue="house", pass_context=False)
def put_addresses_in_effect(timestamp: int) -> None:
    """Each hour; may run twice."""
    put_delayed_addresses_in_effect(at=timezone.now())


@app.periodic(cron="10 * * * *")
@app.task(queue="house", pass_context=False)
def close_departures(timestamp: int) -> None:
    """Each hour, since midnight comes at another moment to each society; may run twice."""
    complete_departures(at=timezone.now())


@app.periodic(cron="20 * * * *")
@app.task(queue="house", pass_context=False)
def ask_to_attest(timestamp: int) -> None:
    """Each hour, since a day begins at another moment for each society; may run twice."""
    advance_attestations(at=timezone.now())


@app.task(queue="rosters", retry=3)
def look_through(roster_id: int) -> None:
    """Work out what a roster would do; may run twice."""
    look_through_roster(RosterImport.objects.get(pk=roster_id), at=timezone.now())


@app.task(queue="rosters", retry=3)
def carry_out(roster_id: int) -> None:
    """Do a part of a roster and ask for the next; what else waits for the worker has its turn in between."""
    if carry_out_part(RosterImport.objects.get(pk=roster_id), at=timezone.now()):
        carry_out.defer(roster_id=roster_id)


@app.periodic(cron="40 3 * * *")
@app.task(queue="house", pass_context=False)
def forget_old_rosters(timestamp: int) -> None:
    """Each night."""
    forget_rosters(at=timezone.now())


@app.periodic(cron="25 * * * *")
@app.task(queue="house", pass_context=False)
def find_changed_people(timestamp: int) -> None:
    """Each hour: midnight comes at other hours in other zones."""
    write_changed_people(at=timezone.now())


@app.periodic(cron="30 * * * *")
@app.task(queue="house", pass_context=False)
def close_joinings(timestamp: int) -> None:
    """Each hour; may run twice."""
    now = timezone.now()
    let_joinings_lapse(at=now)
    carry_stragglers(at=now)
