"""A naive model of who is admitted to what: plain dates, loops and zones, no SQL and none of the house's own code.

It is written from the description, not from the sources: a day is a day where the organization is, and what holds at a
moment is asked for that moment.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

TICK = timedelta(microseconds=1)


def day_at(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()


def around_midnight(day: date, zone: str) -> set[datetime]:
    """Moments at and beside each midnight that strikes, an hour before and after them too."""
    strikes = {datetime.combine(day, time(), ZoneInfo(zone)).replace(fold=fold).astimezone(UTC) for fold in (0, 1)}
    beside = (-TICK, timedelta(), TICK, timedelta(hours=-1), timedelta(hours=1))
    return {strike + step for strike in strikes for step in beside}


@dataclass(eq=False)
class Body:
    """An organization; `standings` are the days on which it began to stand so, in order."""

    pk: int
    kind: str
    zone: str
    audience: int
    parent: Body | None = None
    standings: list[tuple[date, str]] = field(default_factory=list)

    def change_standing(self, day: date, status: str) -> None:
        self.standings = [(since, was) for since, was in self.standings if since < day] + [(day, status)]

    def standing(self, at: datetime) -> str | None:
        bearer = self.parent if self.kind in ("subspecialty", "foundation") else self
        assert bearer is not None
        today = day_at(at, bearer.zone)
        begun = [status for since, status in bearer.standings if since <= today]
        return begun[-1] if begun else None

    def is_in_standing(self, at: datetime) -> bool:
        return self.kind == "council" or self.standing(at) == "member"


@dataclass(eq=False)
class Human:
    pk: int
    closed_at: datetime | None = None


@dataclass(eq=False)
class Term:
    """A tenure."""

    pk: int
    who: Human
    body: Body
    function: str
    capacity: str
    leadership: str
    first: date
    last: date | None
    recorded_by: int | None

    @property
    def seat(self) -> tuple[int, str]:
        return (self.body.pk, self.function)

    def lasts(self, at: datetime) -> bool:
        today = day_at(at, self.body.zone)
        return self.first <= today and (self.last is None or today <= self.last)

    def holds(self, at: datetime) -> bool:
        return self.lasts(at) and (self.who.closed_at is None or at < self.who.closed_at)

    def excludes(self, other: Term) -> bool:
        """Whether both claim a seat for one on a same day."""
        alone = {"holder", "interim"}
        if self.seat != other.seat or self.capacity not in alone or other.capacity not in alone:
            return False
        return (self.last is None or other.first <= self.last) and (other.last is None or self.first <= other.last)


@dataclass(eq=False)
class Ring:
    """A circle."""

    pk: int
    audience: int
    number: int
    policy: dict[str, list[str]]
    proposed_by: int | None
    is_open: bool

    def wants(self, term: Term, at: datetime) -> bool:
        policy = self.policy
        return (
            term.function in policy["functions"]
            and term.capacity in policy["capacities"]
            and term.leadership in policy["leaderships"]
            and term.body.kind in policy["organization_kinds"]
            and term.body.standing(at) in policy["standings"]
        )


@dataclass(eq=False)
class Tie:
    """A membership or an office: of a seat or of a term, from a moment until another."""

    pk: int
    given_by: int | None
    since: datetime
    seat: tuple[int, str] | None = None
    term: Term | None = None
    from_number: int = 1
    role: str = ""
    until: datetime | None = None
    confirmed_at: datetime | None = None

    def is_in_force(self, at: datetime, *, is_closed: bool) -> bool:
        if at < self.since or (self.until is not None and at >= self.until):
            return False
        return not is_closed or (self.confirmed_at is not None and at >= self.confirmed_at)


@dataclass(eq=False)
class Pledge:
    """An undertaking; `versions` are (published, due), `given` is (number of the version, term, when)."""

    pk: int
    versions: list[tuple[datetime, datetime]] = field(default_factory=list)
    given: list[tuple[int, Term, datetime]] = field(default_factory=list)

    def binds(self, term: Term, at: datetime) -> bool:
        """Whether the term has accepted a version of which no later one is due yet."""
        for number, who, since in self.given:
            if who is term and since <= at and all(at < due for _published, due in self.versions[number:]):
                return True
        return False


@dataclass(eq=False)
class Demand:
    """A group needs a pledge; those `spared` were in when it began and have until it is due."""

    pk: int
    pledge: Pledge
    since: datetime
    due: datetime
    spared: set[int]
    until: datetime | None = None

    def is_met(self, term: Term, at: datetime) -> bool:
        if at < self.since or (self.until is not None and at >= self.until):
            return True
        return self.pledge.binds(term, at) or (term.pk in self.spared and at < self.due)


@dataclass(eq=False)
class Span:
    """A suspension or a reading of a person, from a moment until another; a reading that waits has no moments."""

    pk: int
    who: Human
    since: datetime | None = None
    until: datetime | None = None
    by_team: bool = False
    is_over: bool = False

    def covers(self, at: datetime) -> bool:
        return self.since is not None and self.until is not None and self.since <= at < self.until


@dataclass(eq=False)
class Club:
    """A group."""

    pk: int
    joining: str
    is_closed: bool
    officers_audience: int
    rings: list[Ring]
    members: list[Tie] = field(default_factory=list)
    officers: list[Tie] = field(default_factory=list)
    confirmed: dict[int, datetime] = field(default_factory=dict)
    demands: list[Demand] = field(default_factory=list)
    bans: list[Span] = field(default_factory=list)
    looks: list[Span] = field(default_factory=list)

    @property
    def present(self) -> Ring:
        return max((ring for ring in self.rings if ring.is_open), key=lambda ring: ring.number)

    @property
    def waiting(self) -> Ring | None:
        return next((ring for ring in self.rings if not ring.is_open), None)

    def admits(self, ring: Ring, term: Term, at: datetime) -> bool:
        """The policy of the circle and of all that opened later."""
        later = [other for other in self.rings if other.is_open and other.number >= ring.number]
        return ring.is_open and term.holds(at) and all(other.wants(term, at) for other in later)

    def is_banned(self, who: Human, at: datetime) -> bool:
        return any(ban.who is who and ban.covers(at) for ban in self.bans)

    def is_passable(self, term: Term, at: datetime) -> bool:
        """All that is needed is undertaken, and the person is not suspended."""
        return all(demand.is_met(term, at) for demand in self.demands) and not self.is_banned(term.who, at)

    def has(self, ring: Ring, term: Term, at: datetime) -> bool:
        return self.is_passable(term, at) and self._is_tied(ring, term, at)

    def is_tied(self, term: Term, at: datetime) -> bool:
        """Whether the term would be in anywhere if nothing were asked of it."""
        officer = any(self._holds(tie, term, at) for tie in self.officers)
        return officer or any(self._is_tied(ring, term, at) for ring in self.rings)

    def _is_tied(self, ring: Ring, term: Term, at: datetime) -> bool:
        return self._has_by_seat(ring, term, at) or self._has_personally(ring, term, at)

    def _has_by_seat(self, ring: Ring, term: Term, at: datetime) -> bool:
        if not self.admits(ring, term, at):
            return False
        if self.is_closed and not (term.pk in self.confirmed and at >= self.confirmed[term.pk]):
            return False
        if self.joining == "ex_officio":
            return True
        return any(tie.seat == term.seat and tie.is_in_force(at, is_closed=self.is_closed) for tie in self.members)

    def _has_personally(self, ring: Ring, term: Term, at: datetime) -> bool:
        ties = [tie for tie in self.members + self.officers if ring.is_open and ring.number >= tie.from_number]
        return any(self._holds(tie, term, at) for tie in ties)

    def acts(self, tie: Tie, term: Term, at: datetime) -> bool:
        return self.is_passable(term, at) and self._holds(tie, term, at)

    def _holds(self, tie: Tie, term: Term, at: datetime) -> bool:
        if tie.term is not term or not tie.is_in_force(at, is_closed=self.is_closed):
            return False
        return term.holds(at) and term.body.is_in_standing(at)

    def is_officer(self, person: int, at: datetime, roles: tuple[str, ...] = ()) -> bool:
        ties = [tie for tie in self.officers if not roles or tie.role in roles]
        return any(tie.term is not None and tie.term.who.pk == person and self.acts(tie, tie.term, at) for tie in ties)


@dataclass(eq=False)
class World:
    bodies: list[Body] = field(default_factory=list)
    humans: list[Human] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    clubs: list[Club] = field(default_factory=list)
    pledges: list[Pledge] = field(default_factory=list)

    def of(self, person: Human, at: datetime) -> list[Term]:
        return [term for term in self.terms if term.who is person and term.holds(at)]

    def is_office(self, person: Human, at: datetime) -> bool:
        return any(term.body.kind == "council" for term in self.of(person, at))

    def audiences(self, person: Human, at: datetime, *, members: int, office: int) -> set[int]:
        """Every audience that admits the person at the moment, but the public one."""
        found: set[int] = set()
        for term in self.of(person, at):
            found.add(term.body.audience)
            if term.body.is_in_standing(at):
                found.add(members)
            if term.body.kind == "council":
                found.add(office)
            for club in self.clubs:
                found |= {ring.audience for ring in club.rings if club.has(ring, term, at)}
                if any(club.acts(tie, term, at) for tie in club.officers):
                    found.add(club.officers_audience)
        return found

    def looked_at(self, person: Human, at: datetime) -> set[int]:
        """The audiences a reading opens: the circles of the group, and nothing of its officers."""
        found: set[int] = set()
        for club in self.clubs:
            looks = any(look.who is person and look.covers(at) for look in club.looks)
            if looks and self.is_office(person, at) and not club.is_banned(person, at):
                found |= {ring.audience for ring in club.rings if ring.is_open}
        return found

    def moments(self) -> set[datetime]:
        """Every moment at which something might begin or end, with its neighbours."""
        found: set[datetime] = set()
        for body in self.bodies:
            for day, _status in body.standings:
                found |= around_midnight(day, body.zone)
        for term in self.terms:
            found |= around_midnight(term.first, term.body.zone)
            if term.last:
                found |= around_midnight(term.last + timedelta(days=1), term.body.zone)
        return found | {mark + step for mark in self._marks() if mark for step in (-TICK, timedelta())}

    def _marks(self) -> Iterator[datetime | None]:
        for club in self.clubs:
            for tie in club.members + club.officers:
                yield from (tie.since, tie.until, tie.confirmed_at)
            for demand in club.demands:
                yield from (demand.since, demand.until, demand.due)
            for span in club.bans + club.looks:
                yield from (span.since, span.until)
        for pledge in self.pledges:
            for published, due in pledge.versions:
                yield from (published, due)
            yield from (at for _number, _term, at in pledge.given)
