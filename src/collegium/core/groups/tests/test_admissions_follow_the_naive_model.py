"""Random histories of a council against the naive model: who is admitted to what, at every moment that matters."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from collegium.core.access.errors import Refused
from collegium.core.access.models import Admission
from collegium.core.access.queries import admits, unsettled
from collegium.core.access.standard import MEMBERS, OFFICE, PUBLIC
from collegium.core.access.viewers import Viewer
from collegium.core.entries.models import Entry
from collegium.core.groups import actions as groups
from collegium.core.groups.models import Circle, Group, JoinRequest, Membership, Office
from collegium.core.people import actions as people
from collegium.core.people.models import Organization, Person, Tenure
from collegium.core.people.tests.factories import make_function
from collegium.core.trail.models import Event

from .conditions import Conditions
from .factories import make_group
from .naive import TICK, Body, Club, Human, Ring, Term, Tie, World, day_at

# Midnight is skipped in Beirut on 29 March and strikes twice in the Azores on 25 October and in Havana on 1 November.
ZONES = ["America/New_York", "Pacific/Honolulu", "Atlantic/Azores", "Asia/Beirut", "America/Havana", "Pacific/Auckland"]
DAYS = [
    date(2026, 3, 28),
    date(2026, 3, 29),
    date(2026, 3, 30),
    date(2026, 6, 1),
    date(2026, 10, 24),
    date(2026, 10, 25),
]
DAYS += [date(2026, 10, 31), date(2026, 11, 1), date(2026, 12, 31)]
BEGIN = datetime(2026, 3, 27, 12, tzinfo=UTC)
STEPS = [timedelta(minutes=1), timedelta(hours=11), timedelta(days=1), timedelta(days=14), timedelta(days=60)]
FUNCTIONS = ["cfo", "counsel", "council-team"]
SINGLE = "cfo"
STATUSES = ["member", "suspended", "applicant"]
NARROW = {
    "functions": ["cfo"],
    "capacities": ["holder", "interim"],
    "leaderships": ["staff", "volunteer"],
    "organization_kinds": ["society"],
    "standings": ["member"],
}
POLICIES = [
    NARROW,
    NARROW | {"functions": ["cfo", "counsel"]},
    NARROW | {"organization_kinds": ["society", "foundation"], "capacities": ["holder", "interim", "deputy"]},
    NARROW | {"functions": ["counsel"], "standings": ["member", "applicant"]},
    NARROW | {"leaderships": ["staff"]},
]
JOININGS = st.sampled_from(["ex_officio", "open", "on_request", "invitation"])


def narrower(one: dict[str, list[str]], other: dict[str, list[str]]) -> bool:
    return all(set(words) <= set(other[part]) for part, words in one.items())


class Council(Conditions, RuleBasedStateMachine):
    """Drives the actions and the naive world alike; whatever either refuses, the other must refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.world, self.now, self.number = World(), BEGIN, 0
        for slug in FUNCTIONS:
            make_function(slug, single_holder=slug == SINGLE)
        council = self._register("council", ZONES[0], None)
        for _ in range(2):
            self._start(self._person(), council, "council-team", "deputy")
        for kind, zone in (("society", ZONES[2]), ("society", ZONES[3])):
            body = self._register(kind, zone, None)
            self._stand(body, "member", date(2020, 1, 1))
        for body in self.world.bodies[1:]:
            self._start(self._person(), body)

    def teardown(self) -> None:
        try:
            self._compare(self.world.moments() | {self.now})
        finally:
            transaction.savepoint_rollback(self.savepoint)

    # --- what the rules use

    def _next(self) -> int:
        self.number += 1
        return self.number

    def _register(self, kind: str, zone: str, parent: Body | None) -> Body:
        row = people.register_organization(
            f"Body {self.number}",
            kind=kind,
            slug=f"body-{self._next()}",
            time_zone=zone,
            parent=Organization.objects.get(pk=parent.pk) if parent else None,
            by=None,
            at=self.now,
        )
        body = Body(row.pk, kind, zone, row.audience_id, parent)
        self.world.bodies.append(body)
        self._place(row.audience_id)
        return body

    def _place(self, audience: int) -> None:
        """An entry of the audience, so that what `visible_to` answers can be asked."""
        Entry.objects.create(kind="thing", title="", audience_id=audience, created_at=self.now, touched_at=self.now)

    def _person(self) -> Human:
        number = self._next()
        row = people.register_person(f"P {number}", email=f"p{number}@example.org", by=None, at=self.now)
        self.world.humans.append(Human(row.pk))
        return self.world.humans[-1]

    def _stand(self, body: Body, status: str, day: date) -> None:
        row = Organization.objects.get(pk=body.pk)
        expected = body.kind not in ("subspecialty", "foundation")
        if self._did(expected, lambda: people.change_standing(row, status=status, from_day=day, by=None, at=self.now)):
            body.change_standing(day, status)

    def _start(
        self,
        who: Human,
        body: Body,
        function: str = "cfo",
        capacity: str = "holder",
        leadership: str = "staff",
        first: date = date(2020, 1, 1),
        last: date | None = None,
        by: Any = None,
    ) -> None:
        term = Term(0, who, body, function, capacity, leadership, first, last, by.pk if by else None)
        clash = function == SINGLE and any(term.excludes(other) for other in self.world.terms)
        expected = not clash and who.closed_at is None and (last is None or first <= last)
        seat = people.open_seat(Organization.objects.get(pk=body.pk), make_function(function))
        row = self._did(
            expected,
            lambda: people.start_tenure(
                seat,
                person=Person.objects.get(pk=who.pk),
                title="Title",
                capacity=capacity,
                leadership=leadership,
                starts_on=first,
                last_day=last,
                by=Person.objects.get(pk=by.pk) if by else None,
                at=self.now,
            ),
        )
        if row:
            term.pk = row.pk
            self.world.terms.append(term)

    def _did(self, expected: bool, deed: Any) -> Any:
        """Do it; refused exactly if the naive world refuses, and then nothing has changed."""
        before = None if expected else (Event.objects.count(), sorted(Admission.objects.values_list("pk", flat=True)))
        try:
            done = deed()
        except Refused:
            assert not expected, "refused what the naive model allows"
            assert before == (Event.objects.count(), sorted(Admission.objects.values_list("pk", flat=True)))
            return None
        assert expected, "allowed what the naive model refuses"
        return done

    def _viewer(self, who: Human) -> Viewer:
        return Viewer.of(Person.objects.get(pk=who.pk), at=self.now)

    def _someone(self, data: st.DataObject) -> Human:
        """One of the team every other time: they may do most."""
        return data.draw(st.sampled_from(self.world.humans[:2]) | st.sampled_from(self.world.humans), label="person")

    def _is_office(self, who: Human) -> bool:
        return who.closed_at is None and self.world.is_office(who, self.now)

    def _may_run(self, who: Human, club: Club) -> bool:
        return who.closed_at is None and (self._is_office(who) or club.is_officer(who.pk, self.now))

    def _may_confirm(self, who: Human, club: Club, first: int | None, gains: set[int]) -> bool:
        chair = who.closed_at is None and club.is_officer(who.pk, self.now, ("chair", "vice_chair"))
        return club.is_closed and (chair or self._is_office(who)) and who.pk != first and who.pk not in gains

    def _some(self, found: Any) -> list[datetime]:
        """Now and every later moment at which something may begin."""
        return [self.now, *(at for at in self.world.moments() if at > self.now)]

    def _can_act(self, term: Term) -> bool:
        return any(term.holds(at) and term.body.is_in_standing(at) for at in self._some(term))

    # --- organizations, persons, tenures, the clock

    @rule(step=st.sampled_from(STEPS))
    def time_passes(self, step: timedelta) -> None:
        self.now += step

    @precondition(lambda self: len(self.world.bodies) < 5)
    @rule(data=st.data(), kind=st.sampled_from(["society", "foundation", "subspecialty"]), zone=st.sampled_from(ZONES))
    def an_organization_is_registered(self, data: st.DataObject, kind: str, zone: str) -> None:
        parents = [body for body in self.world.bodies if body.kind == "society"]
        self._register(kind, zone, data.draw(st.sampled_from(parents)) if kind != "society" else None)

    @rule(data=st.data(), status=st.sampled_from(STATUSES), day=st.sampled_from(DAYS))
    def a_standing_changes(self, data: st.DataObject, status: str, day: date) -> None:
        self._stand(data.draw(st.sampled_from(self.world.bodies[1:])), status, day)

    @rule(
        data=st.data(),
        function=st.sampled_from(FUNCTIONS[:2]),
        capacity=st.sampled_from(["holder", "interim", "deputy"]),
        leadership=st.sampled_from(["staff", "volunteer"]),
        first=st.sampled_from(DAYS),
        last=st.none() | st.sampled_from(DAYS),
        is_new=st.booleans(),
    )
    def a_tenure_starts(self, data: st.DataObject, is_new: bool, **facts: Any) -> None:
        who = self._person() if is_new and len(self.world.humans) < 7 else data.draw(st.sampled_from(self.world.humans))
        by = data.draw(st.none() | st.sampled_from(self.world.humans[:2]))
        body = data.draw(st.sampled_from(self.world.bodies))
        self._start(who, body, by=by, **facts)

    @rule(data=st.data(), last=st.sampled_from(DAYS))
    def a_tenure_ends(self, data: st.DataObject, last: date) -> None:
        term = data.draw(st.sampled_from(self.world.terms[2:]))
        expected = last >= term.first and (term.last is None or last <= term.last)
        row = Tenure.objects.get(pk=term.pk)
        if self._did(expected, lambda: people.end_tenure(row, last_day=last, by=None, at=self.now)):
            term.last = last

    @precondition(lambda self: len(self.world.humans) > 5)
    @rule(data=st.data())
    def an_account_closes(self, data: st.DataObject) -> None:
        who = data.draw(st.sampled_from(self.world.humans[2:]))
        row = Person.objects.get(pk=who.pk)
        if self._did(who.closed_at is None, lambda: people.close_account(row, by=row, at=self.now)):
            who.closed_at = self.now

    # --- groups and their policies

    @initialize(joining=JOININGS, policy=st.sampled_from(POLICIES))
    def two_groups_are_there(self, joining: str, policy: dict[str, list[str]]) -> None:
        self.a_group_is_founded(joining, True, policy)
        self.a_group_is_founded("open", False, NARROW)
        self._widen(self.world.clubs[1], self.world.humans[0], POLICIES[1])
        self.something_is_asked(self.world.clubs[:2], self.world.humans[0])

    @precondition(lambda self: len(self.world.clubs) < 3)
    @rule(joining=JOININGS, is_closed=st.booleans(), policy=st.sampled_from(POLICIES))
    def a_group_is_founded(self, joining: str, is_closed: bool, policy: dict[str, list[str]]) -> None:
        row = make_group(slug=f"group-{self._next()}", joining=joining, is_closed=is_closed, policy=policy, at=self.now)
        assert row.circle is not None
        ring = Ring(row.circle.pk, row.circle.audience_id, 1, policy, None, True)
        self.world.clubs.append(Club(row.pk, joining, is_closed, row.officers_audience_id, [ring]))
        self._place(row.circle.audience_id)
        self._place(row.officers_audience_id)

    def _club(self, data: st.DataObject) -> tuple[Club, Group]:
        club = data.draw(st.sampled_from(self.world.clubs))
        return club, Group.objects.get(pk=club.pk)

    @precondition(lambda self: self.world.clubs)
    @rule(data=st.data(), policy=st.sampled_from(POLICIES))
    def a_policy_is_narrowed(self, data: st.DataObject, policy: dict[str, list[str]]) -> None:
        (club, row), who = self._club(data), self._someone(data)
        present = club.present
        fits = narrower(policy, present.policy) and policy != present.policy
        viewer = self._viewer(who)
        if self._did(
            fits and self._may_run(who, club),
            lambda: groups.narrow_policy(row, policy=policy, viewer=viewer, at=self.now),
        ):
            present.policy = policy

    @precondition(lambda self: self.world.clubs)
    @rule(data=st.data(), policy=st.sampled_from(POLICIES))
    def a_widening_is_proposed(self, data: st.DataObject, policy: dict[str, list[str]]) -> None:
        self._widen(self._club(data)[0], self._someone(data), policy)

    def _widen(self, club: Club, who: Human, policy: dict[str, list[str]]) -> None:
        row = Group.objects.get(pk=club.pk)
        fits = not narrower(policy, club.present.policy) and club.waiting is None
        viewer = self._viewer(who)
        circle = self._did(
            fits and self._is_office(who),
            lambda: groups.propose_widening(row, policy=policy, viewer=viewer, at=self.now),
        )
        if circle:
            club.rings.append(
                Ring(circle.pk, circle.audience_id, club.present.number + 1, policy, who.pk, not club.is_closed)
            )
            self._place(circle.audience_id)

    @precondition(lambda self: any(club.waiting for club in self.world.clubs))
    @rule(data=st.data())
    def a_widening_is_confirmed(self, data: st.DataObject) -> None:
        club = next(club for club in self.world.clubs if club.waiting)
        ring, who = club.waiting, self._someone(data)
        assert ring is not None
        holding = [term for term in self.world.terms if term.holds(self.now)]
        gains = {term.who.pk for term in holding if ring.wants(term, self.now)}
        gains -= {term.who.pk for term in holding if club.present.wants(term, self.now)}
        viewer, row = self._viewer(who), Circle.objects.get(pk=ring.pk)
        if self._did(
            self._may_confirm(who, club, ring.proposed_by, gains),
            lambda: groups.confirm_widening(row, viewer=viewer, at=self.now),
        ):
            ring.is_open = True

    # --- members and officers

    @precondition(lambda self: self.world.clubs)
    @rule(data=st.data())
    def a_seat_joins(self, data: st.DataObject) -> None:
        club, row = self._club(data)
        term = data.draw(st.sampled_from(self.world.terms))
        tenure, viewer = Tenure.objects.get(pk=term.pk), self._viewer(term.who)
        expected = (
            term.who.closed_at is None and club.admits(club.present, term, self.now) and not self._is_in(club, term)
        )
        if club.joining == "on_request":
            asked = self._did(
                expected, lambda: groups.request_to_join(row, tenure=tenure, note="", viewer=viewer, at=self.now)
            )
            if asked:
                self._answer(data, club, term, asked)
        else:
            deed = lambda: groups.join_group(row, tenure=tenure, viewer=viewer, at=self.now)  # noqa: E731 - one deed
            made = self._did(expected and club.joining == "open", deed)
            if made:
                club.members.append(Tie(made.pk, term.who.pk, self.now, seat=term.seat))

    def _is_in(self, club: Club, term: Term) -> bool:
        return any(tie.seat == term.seat and tie.until is None for tie in club.members)

    def _answer(self, data: st.DataObject, club: Club, term: Term, request: JoinRequest) -> None:
        who = self._someone(data)
        expected = self._may_run(who, club) and who is not term.who
        viewer = self._viewer(who)
        if self._did(expected, lambda: groups.approve_request(request, viewer=viewer, at=self.now)):
            made = Membership.objects.get(group=club.pk, seat__tenures=term.pk, period__upper_inf=True)
            club.members.append(Tie(made.pk, who.pk, self.now, seat=term.seat))
        else:
            asker = self._viewer(term.who)
            self._did(True, lambda: groups.withdraw_request(request, viewer=asker, at=self.now))

    @precondition(lambda self: self.world.clubs)
    @rule(data=st.data(), role=st.sampled_from(["", "chair", "liaison"]))
    def somebody_is_invited_or_named(self, data: st.DataObject, role: str) -> None:
        (club, row), who = self._club(data), self._someone(data)
        term = data.draw(st.sampled_from(self.world.terms))
        tenure, viewer = Tenure.objects.get(pk=term.pk), self._viewer(who)
        ties = club.officers if role else club.members
        is_free = not any(tie.term is term and tie.role == role and tie.until is None for tie in ties)
        may = self._is_office(who) if role else self._may_run(who, club)

        def deed() -> Any:
            if role:
                return groups.name_officer(row, tenure=tenure, role=role, viewer=viewer, at=self.now)
            return groups.invite_person(row, tenure=tenure, viewer=viewer, at=self.now)

        made = self._did(may and is_free and self._can_act(term), deed)
        if made:
            ties.append(Tie(made.pk, who.pk, self.now, None, term, club.present.number, role))

    @precondition(lambda self: any(club.members + club.officers for club in self.world.clubs))
    @rule(data=st.data(), leaves=st.booleans())
    def somebody_leaves_or_is_sent(self, data: st.DataObject, leaves: bool) -> None:
        club, tie = self._tie(data)
        who = data.draw(st.sampled_from(self.world.humans)) if leaves else self._someone(data)
        viewer = self._viewer(who)
        deed: Any
        if tie.role:
            office = Office.objects.get(pk=tie.pk)
            may, deed = self._is_office(who), lambda: groups.end_office(office, viewer=viewer, at=self.now)
        else:
            row = Membership.objects.get(pk=tie.pk)
            do = groups.leave_group if leaves else groups.end_membership
            may = self._may_leave(who, tie) if leaves else self._may_run(who, club)
            deed = lambda: do(row, viewer=viewer, at=self.now)  # noqa: E731 - one deed of two
        if self._did(may and tie.until is None, deed):
            tie.until = self.now

    def _tie(self, data: st.DataObject) -> tuple[Club, Tie]:
        ties = [(club, tie) for club in self.world.clubs for tie in club.members + club.officers]
        return data.draw(st.sampled_from(ties))

    def _may_leave(self, who: Human, tie: Tie) -> bool:
        if who.closed_at is not None:
            return False
        if tie.term:
            return tie.term.who is who
        return any(term.seat == tie.seat and term.who is who and term.lasts(self.now) for term in self.world.terms)

    @precondition(lambda self: any(club.is_closed and club.members + club.officers for club in self.world.clubs))
    @rule(data=st.data())
    def a_second_person_confirms(self, data: st.DataObject) -> None:
        club, tie = self._tie(data)
        who = self._someone(data)
        holders = [
            term for term in self.world.terms if term is tie.term or (term.seat == tie.seat and term.lasts(self.now))
        ]
        expected = self._may_confirm(who, club, tie.given_by, {term.who.pk for term in holders})
        viewer, model = self._viewer(who), Office if tie.role else Membership
        do = groups.confirm_office if tie.role else groups.confirm_membership
        row: Any = model.objects.get(pk=tie.pk)
        fresh = tie.until is None and tie.confirmed_at is None
        if self._did(expected and fresh, lambda: do(row, viewer=viewer, at=self.now)):
            tie.confirmed_at = self.now
            for term in holders if tie.seat else ():
                if term.recorded_by is None or term.recorded_by != who.pk:
                    club.confirmed.setdefault(term.pk, self.now)

    @precondition(lambda self: any(club.is_closed for club in self.world.clubs))
    @rule(data=st.data())
    def a_holder_is_confirmed(self, data: st.DataObject) -> None:
        (club, row), who = self._club(data), self._someone(data)
        term = data.draw(st.sampled_from(self.world.terms[2:]))
        expected = self._may_confirm(who, club, term.recorded_by, {term.who.pk}) and term.pk not in club.confirmed
        expected = expected and any(club.admits(club.present, term, at) for at in self._some(term))
        tenure, viewer = Tenure.objects.get(pk=term.pk), self._viewer(who)
        if self._did(expected, lambda: groups.confirm_tenure(row, tenure=tenure, viewer=viewer, at=self.now)):
            club.confirmed[term.pk] = self.now

    # --- what must hold after every step

    @invariant()
    def every_admission_agrees_now(self) -> None:
        assert list(unsettled()) == []
        self._compare({self.now - TICK, self.now, self.now + TICK})
        who = self.world.humans[Event.objects.count() % len(self.world.humans)]
        expected = self._naive(who, self.now) | {PUBLIC} if who.closed_at is None else {PUBLIC}
        viewer = self._viewer(who)
        assert viewer.audience_ids == expected
        assert viewer.own_ids == self._belonging(who, self.now) | {PUBLIC}
        seen = Entry.objects.visible_to(viewer).filter(kind="thing").values_list("audience", flat=True)
        assert set(seen) == expected - {PUBLIC, MEMBERS, OFFICE}

    def _belonging(self, who: Human, at: datetime) -> set[int]:
        return self.world.audiences(who, at, members=MEMBERS, office=OFFICE)

    def _naive(self, who: Human, at: datetime) -> set[int]:
        return self._belonging(who, at) | self.world.looked_at(who, at)

    def _compare(self, moments: set[datetime]) -> None:
        rows: dict[int, list[tuple[int, Any]]] = {who.pk: [] for who in self.world.humans}
        for person, audience, period in Admission.objects.values_list("person", "audience", "period"):
            rows[person].append((audience, period))
        for who in self.world.humans:
            for at in moments:
                given = {audience for audience, period in rows[who.pk] if at in period}
                assert given == self._naive(who, at), (
                    who.pk,
                    at,
                    [day_at(at, body.zone) for body in self.world.bodies],
                )


@pytest.mark.django_db
def test_random_histories_admit_as_the_naive_model_does():
    profile = settings(
        derandomize=True,
        database=None,
        max_examples=25,
        stateful_step_count=24,
        deadline=None,
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Council, settings=profile)


def test_one_admission_is_asked_as_a_viewer_would_be(cast):
    audience = cast.cfos.circle.audience_id
    assert [part for part in cast.parts[1:] if admits(audience, getattr(cast, part).pk, cast.at)] == [
        "peer",
        "colleague",
        "leaver",
    ]
    assert admits(PUBLIC, cast.outsider.pk, cast.at)
