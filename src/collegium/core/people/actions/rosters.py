"""Rosters from files: taken in, looked through, confirmed, carried out line by line, forgotten."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from collegium.core.access.actions import settled_together
from collegium.core.access.errors import Refused
from collegium.core.access.standard import OFFICE
from collegium.core.trail import actions as trail

from .. import events
from ..models import Organization, Person, RosterImport, RosterLine, Seat, Tenure
from ..queries.addresses import live_owner
from ..roster.meaning import Meant
from ..roster.planning import Deed, Do, Outcome, Planned, planned
from ..roster.present import present
from ..roster.reading import Line, Sheet
from ..rules import check_abandon_roster, check_confirm_roster, check_keep_registry
from .addresses import propose_address
from .findable import written_together
from .holders import change_capacity, correct_tenure
from .persons import register_person
from .seats import end_tenure, open_seat, start_tenure

LINES_AT_ONCE = 100
LOOKING_THROUGH = "collegium.core.people.jobs.look_through"
CARRYING_OUT = "collegium.core.people.jobs.carry_out"
WAITS = timedelta(days=7)


@transaction.atomic
def receive_roster(sheet: Sheet, *, name: str, content: bytes, by: Any, at: datetime) -> RosterImport:
    """Keep the lines of a file; nothing of them is done before somebody confirms."""
    check_keep_registry(by, at)
    digest = hashlib.sha256(content).hexdigest()
    roster = RosterImport.objects.create(
        name=name[-150:],
        digest=digest,
        encoding=sheet.encoding,
        ignored=sheet.ignored[:60],
        total=len(sheet.lines),
        by=by,
        at=at,
    )
    rows = [RosterLine(roster=roster, number=line.number, cells=line.cells) for line in sheet.lines]
    RosterLine.objects.bulk_create(rows, batch_size=1_000)
    _have_done(LOOKING_THROUGH, roster)
    return roster


def _have_done(job: str, roster: RosterImport) -> None:
    """By the worker, once the transaction commits."""
    app.configure_task(job, queue="rosters").defer(roster_id=roster.pk)


def look_through_roster(roster: RosterImport, *, at: datetime) -> RosterImport:
    """Work out what each line would do; may run again, also to look anew at a roster that waits."""
    lines = list(roster.lines.exclude(carried_out_at__isnull=False).order_by("number"))
    plans = planned([Line(line.number, line.cells) for line in lines], present(at), proposes=roster.by is not None)
    done = 0
    for some in _in_parts(list(zip(lines, plans, strict=True))):
        with transaction.atomic():
            locked = _locked(roster)
            if locked.state not in (RosterImport.State.READING, RosterImport.State.READY):
                return locked
            for line, plan in some:
                _note(line, plan)
            RosterLine.objects.bulk_update([line for line, _plan in some], ["outcome", "deeds", "reason", "column"])
            done += len(some)
            locked.done = done
            if done == len(lines):
                locked.state = RosterImport.State.READY
            locked.save(update_fields=["done", "state"])
    return RosterImport.objects.get(pk=roster.pk)


def _in_parts(rows: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(rows), 5 * LINES_AT_ONCE):
        yield rows[start : start + 5 * LINES_AT_ONCE]


def _note(line: RosterLine, plan: Planned) -> None:
    line.outcome, line.reason, line.column = plan.outcome, plan.reason, plan.column
    line.deeds = [{"do": deed.do, "was": deed.was, "becomes": deed.becomes} for deed in plan.deeds]


@transaction.atomic
def confirm_roster(roster: RosterImport, *, by: Any, at: datetime) -> RosterImport:
    """Let what the preview shows be done; refused lines are left out."""
    check_keep_registry(by, at)
    locked = _locked(roster)
    check_confirm_roster(locked)
    locked.state, locked.confirmed_by, locked.confirmed_at = RosterImport.State.APPLYING, by, at
    locked.total = locked.lines.filter(outcome__in=[Outcome.NEW, Outcome.CHANGED]).count()
    locked.done = 0
    locked.save(update_fields=["state", "confirmed_by", "confirmed_at", "total", "done"])
    trail.record(
        events.ROSTER_CONFIRMED,
        on=locked,
        by=by,
        at=at,
        audience=OFFICE,
        facts={"lines": locked.total, "digest": locked.digest},
    )
    _have_done(CARRYING_OUT, locked)
    return locked


@transaction.atomic
def abandon_roster(roster: RosterImport, *, by: Any, at: datetime) -> RosterImport:
    """Forget what a roster has still to do; what is carried out by then stays, and its lines for as long as others."""
    check_keep_registry(by, at)
    # A part that is being carried out has the lock: it ends first, and no other begins.
    locked = _locked(roster)
    check_abandon_roster(locked)
    locked.lines.filter(carried_out_at=None).delete()
    locked.state = RosterImport.State.ABANDONED
    locked.save(update_fields=["state"])
    # What nobody confirmed was never part of the council's books.
    if locked.confirmed_at is not None:
        trail.record(
            events.ROSTER_ABANDONED,
            on=locked,
            by=by,
            at=at,
            audience=OFFICE,
            facts={"done": locked.done, "lines": locked.total, "digest": locked.digest},
        )
    return locked


def carry_out_part(roster: RosterImport, *, at: datetime) -> int:
    """Do the next hundred lines of what was confirmed; how many those were, 0 at the end.

    Each line is looked at anew: one that would now do more than was confirmed is refused instead. Killed half-way and
    begun again, it goes on where it stood. Admissions, and what people are found by, are written once for all of them.
    """
    with written_together(at=at), settled_together():
        locked = _locked(roster)
        if locked.state != RosterImport.State.APPLYING:
            return 0
        lines = _next_lines(locked)
        if not lines:
            locked.state = RosterImport.State.DONE
            locked.save(update_fields=["state"])
            return 0
        said = [Line(line.number, line.cells) for line in lines]
        plans = planned(said, present(at, said), proposes=locked.by is not None)
        doer = _Doer(locked.confirmed_by, at)
        for line, plan in zip(lines, plans, strict=True):
            _carry_out(line, plan, doer)
        RosterLine.objects.bulk_update(lines, ["outcome", "reason", "column", "carried_out_at"])
        locked.done += len(lines)
        locked.save(update_fields=["done"])
        return len(lines)


def _next_lines(roster: RosterImport) -> list[RosterLine]:
    """Those that end something first: they make room for others."""
    waiting = roster.lines.filter(outcome__in=[Outcome.NEW, Outcome.CHANGED], carried_out_at=None)
    ending = waiting.filter(deeds__contains=[{"do": Do.END}]).order_by("number")
    return list(ending[:LINES_AT_ONCE]) or list(waiting.order_by("number")[:LINES_AT_ONCE])


class _Doer:
    """Who does the lines of a part, and what several of them name, read once."""

    def __init__(self, by: Any, at: datetime) -> None:
        self.by, self.at = by, at
        self._seats: dict[tuple[int, int], Seat] = {}
        self._registered: dict[str, Person] = {}

    def register(self, plan: Planned) -> None:
        meant = _meant(plan)
        zone = meant.place.time_zone
        person = register_person(
            meant.name, email=meant.email, credentials=meant.credentials, time_zone=zone, by=self.by, at=self.at
        )
        self._registered[meant.email] = person

    def person(self, meant: Meant) -> Person:
        """Whom a line means, also somebody an earlier one has made known."""
        if meant.person is not None:
            return Person.objects.get(pk=meant.person.pk)
        found = self._registered.get(meant.email) or live_owner(meant.email, self.at)
        if found is None:
            raise Refused(_("The person of this line was not registered."))
        return found

    def seat(self, meant: Meant) -> Seat:
        key = (meant.place.pk, meant.function.pk)
        if key not in self._seats:
            organization = Organization.objects.get(pk=meant.place.pk)
            self._seats[key] = open_seat(organization, meant.function)
        return self._seats[key]

    def forget(self, plan: Planned) -> None:
        """What a refused line had made is not there any more; whoever comes after it makes their own."""
        if plan.meant is not None:
            self._seats.pop((plan.meant.place.pk, plan.meant.function.pk), None)
            self._registered.pop(plan.meant.email, None)


def _carry_out(line: RosterLine, plan: Planned, doer: _Doer) -> None:
    try:
        if plan.outcome == Outcome.REFUSED:
            raise Refused(plan.reason)
        deeds = _confirmed(line, plan)
        with transaction.atomic():
            for deed in deeds:
                _DEEDS[deed.do](plan, deed, doer)
    except Refused as refusal:
        line.outcome, line.reason, line.column = Outcome.REFUSED, str(refusal.reason), getattr(refusal, "column", "")
        doer.forget(plan)
    line.carried_out_at = doer.at


def _confirmed(line: RosterLine, plan: Planned) -> list[Deed]:
    """What is to be done for the line; Refused if that is more than was confirmed."""
    confirmed = {deed["do"] for deed in line.deeds}
    more = [deed for deed in plan.deeds if deed.do not in confirmed]
    if any(not _is_of_another(line, deed) for deed in more):
        raise Refused(_("What is recorded changed since you looked: look at this line again."))
    return [deed for deed in plan.deeds if deed.do in confirmed]


def _is_of_another(line: RosterLine, deed: Deed) -> bool:
    """Whether another line proposes this address: an earlier one in the file may be carried out later."""
    said = [{"do": Do.ADDRESS, "becomes": deed.becomes}]
    return deed.do == Do.ADDRESS and RosterLine.objects.filter(roster=line.roster_id, deeds__contains=said).exists()


def _meant(plan: Planned) -> Meant:
    assert plan.meant is not None  # what is carried out could be read
    return plan.meant


def _register(plan: Planned, _deed: Deed, doer: _Doer) -> None:
    doer.register(plan)


def _begin(plan: Planned, _deed: Deed, doer: _Doer) -> None:
    meant = _meant(plan)
    start_tenure(
        doer.seat(meant),
        person=doer.person(meant),
        title=meant.title or meant.function.name,
        starts_on=meant.begins,
        last_day=meant.last_day,
        capacity=meant.capacity or Tenure.Capacity.HOLDER,
        leadership=meant.leadership or Tenure.Leadership.STAFF,
        by=doer.by,
        at=doer.at,
    )


def _tenure(plan: Planned) -> Tenure:
    assert plan.tenure is not None  # only a known tenure changes
    return Tenure.objects.select_related("seat__organization").get(pk=plan.tenure.pk)


def _correct(plan: Planned, _deed: Deed, doer: _Doer) -> None:
    meant, tenure = _meant(plan), _tenure(plan)
    title, leadership = meant.title or tenure.title, meant.leadership or tenure.leadership
    correct_tenure(tenure, title=title, leadership=leadership, by=doer.by, at=doer.at)


def _change_capacity(plan: Planned, _deed: Deed, doer: _Doer) -> None:
    meant, tenure = _meant(plan), _tenure(plan)
    from_day = max(meant.place.today, tenure.starts_on + timedelta(days=1))
    changed = change_capacity(tenure, capacity=meant.capacity, from_day=from_day, by=doer.by, at=doer.at)
    if meant.last_day and meant.last_day != changed.last_day:
        end_tenure(changed, last_day=meant.last_day, by=doer.by, at=doer.at)


def _end(plan: Planned, _deed: Deed, doer: _Doer) -> None:
    meant, tenure = _meant(plan), _tenure(plan)
    # Where the capacity changed as well, the tenure that goes on has its last day already.
    if meant.last_day and (tenure.last_day is None or meant.last_day < tenure.last_day):
        end_tenure(tenure, last_day=meant.last_day, by=doer.by, at=doer.at)


def _propose(plan: Planned, deed: Deed, doer: _Doer) -> None:
    meant = _meant(plan)
    assert meant.person is not None  # an address is proposed to somebody known
    propose_address(Person.objects.get(pk=meant.person.pk), email=deed.becomes, by=doer.by, at=doer.at)


_DEEDS: dict[str, Callable[[Planned, Deed, _Doer], None]] = {
    Do.PERSON: _register,
    Do.TENURE: _begin,
    Do.CORRECT: _correct,
    Do.CAPACITY: _change_capacity,
    Do.END: _end,
    Do.ADDRESS: _propose,
}


@transaction.atomic
def forget_rosters(*, at: datetime) -> int:
    """The lines of rosters handed in long ago: who was in them is in the registry by now, or nobody's business."""
    old = RosterImport.objects.filter(at__lt=at - WAITS).exclude(state=RosterImport.State.APPLYING)
    old.filter(state__in=[RosterImport.State.READING, RosterImport.State.READY]).update(
        state=RosterImport.State.ABANDONED
    )
    return RosterLine.objects.filter(roster__in=old).delete()[0]


def _locked(roster: RosterImport) -> RosterImport:
    return RosterImport.objects.select_for_update(of=("self",)).get(pk=roster.pk)
