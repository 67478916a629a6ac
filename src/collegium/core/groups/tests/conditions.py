"""What the random histories do about undertakings, suspensions and readings."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from collegium.core.groups import actions as groups
from collegium.core.groups.models import Group, Need, Reading, Suspension, Undertaking, UndertakingVersion
from collegium.core.people.models import Person

from .naive import Club, Demand, Human, Pledge, Span, Term, World

GRACES = st.sampled_from([0, 1, 14])
LENGTHS = st.sampled_from([timedelta(minutes=1), timedelta(days=2), timedelta(days=30)])


class Conditions:
    """Rules of the machine; the rest of it is in the test."""

    if TYPE_CHECKING:
        world: World
        now: datetime
        _next: Any
        _did: Any
        _club: Any
        _viewer: Any
        _someone: Any
        _is_office: Any
        _may_run: Any

    # --- undertakings

    def something_is_asked(self, clubs: list[Club], by: Human) -> None:
        """Both groups need an undertaking from the first; everybody in them has a fortnight."""
        self.an_undertaking_is_drawn_up()
        self._publish(self.world.pledges[0], by, 14)
        for club in clubs:
            self._need(club, self.world.pledges[0], by, 14)

    @precondition(lambda self: len(self.world.pledges) < 2)
    @rule()
    def an_undertaking_is_drawn_up(self) -> None:
        number = self._next()
        row = groups.draw_up_undertaking(f"U {number}", slug=f"u-{number}", kind="conduct", by=None, at=self.now)
        self.world.pledges.append(Pledge(row.pk))

    @precondition(lambda self: self.world.pledges)
    @rule(data=st.data(), days=GRACES)
    def a_version_is_published(self, data: st.DataObject, days: int) -> None:
        self._publish(data.draw(st.sampled_from(self.world.pledges)), self._someone(data), days)

    def _publish(self, pledge: Pledge, who: Human, days: int) -> None:
        row, viewer, text = Undertaking.objects.get(pk=pledge.pk), self._viewer(who), f"Text {self._next()}"
        if self._did(
            self._is_office(who),
            lambda: groups.publish_version(row, text=text, viewer=viewer, at=self.now, grace_days=days),
        ):
            pledge.versions.append((self.now, self.now + timedelta(days=days)))

    @precondition(lambda self: any(pledge.versions for pledge in self.world.pledges))
    @rule(data=st.data())
    def somebody_accepts(self, data: st.DataObject) -> None:
        pledge = data.draw(st.sampled_from([pledge for pledge in self.world.pledges if pledge.versions]))
        who = data.draw(st.sampled_from(self.world.humans))
        number = data.draw(st.sampled_from(range(1, len(pledge.versions) + 1)) | st.just(len(pledge.versions)))
        terms = [term for term in self.world.of(who, self.now) if (number, term) not in self._given(pledge)]
        expected = number == len(pledge.versions) and bool(terms) and who.closed_at is None
        row, viewer = UndertakingVersion.objects.get(undertaking=pledge.pk, number=number), self._viewer(who)
        if self._did(expected, lambda: groups.accept_undertaking(row, viewer=viewer, at=self.now)):
            pledge.given += [(number, term, self.now) for term in terms]

    def _given(self, pledge: Pledge) -> set[tuple[int, Term]]:
        return {(number, term) for number, term, _at in pledge.given}

    @precondition(lambda self: self.world.pledges)
    @rule(data=st.data(), days=GRACES)
    def a_group_begins_to_need_it(self, data: st.DataObject, days: int) -> None:
        (club, _row), who = self._club(data), self._someone(data)
        self._need(club, data.draw(st.sampled_from(self.world.pledges)), who, days)

    def _need(self, club: Club, pledge: Pledge, who: Human, days: int) -> None:
        row = Group.objects.get(pk=club.pk)
        is_new = not any(demand.pledge is pledge and demand.until is None for demand in club.demands)
        spared = {term.pk for term in self.world.terms if club.is_tied(term, self.now)}
        undertaking, viewer = Undertaking.objects.get(pk=pledge.pk), self._viewer(who)
        need = self._did(
            self._may_run(who, club) and is_new and bool(pledge.versions),
            lambda: groups.begin_need(row, undertaking=undertaking, viewer=viewer, at=self.now, grace_days=days),
        )
        if need:
            due = self.now + timedelta(days=days)
            club.demands.append(Demand(need.pk, pledge, self.now, due, spared))

    @precondition(lambda self: any(club.demands for club in self.world.clubs))
    @rule(data=st.data())
    def a_group_ceases_to_need_it(self, data: st.DataObject) -> None:
        demand = data.draw(st.sampled_from([demand for club in self.world.clubs for demand in club.demands]))
        who = self._someone(data)
        row, viewer = Need.objects.get(pk=demand.pk), self._viewer(who)
        expected = self._is_office(who) and demand.until is None
        if self._did(expected, lambda: groups.end_need(row, viewer=viewer, at=self.now)):
            demand.until = self.now

    # --- suspensions

    @rule(data=st.data(), length=LENGTHS)
    def somebody_is_suspended(self, data: st.DataObject, length: timedelta) -> None:
        (club, row), who = self._club(data), self._someone(data)
        whom, until = data.draw(st.sampled_from(self.world.humans)), self.now + length
        expected = self._may_run(who, club) and whom is not who and not club.is_banned(whom, self.now)
        expected = expected and self._belongs(club, whom)
        expected = expected and (self._is_office(who) or not self._chairs(club, whom))
        person, viewer = Person.objects.get(pk=whom.pk), self._viewer(who)
        made = self._did(
            expected,
            lambda: groups.suspend_person(row, person=person, until=until, reason="So", viewer=viewer, at=self.now),
        )
        if made:
            club.bans.append(Span(made.pk, whom, self.now, until, by_team=self._is_office(who)))

    def _belongs(self, club: Club, who: Human) -> bool:
        mine = {ring.audience for ring in club.rings} | {club.officers_audience}
        return bool(mine & self.world.audiences(who, self.now, members=0, office=0))

    def _chairs(self, club: Club, who: Human) -> bool:
        """Named so, whether or not in effect."""
        chairs = [tie for tie in club.officers if tie.role == "chair" and tie.term is not None and tie.term.who is who]
        return any(tie.since <= self.now and (tie.until is None or self.now < tie.until) for tie in chairs)

    @precondition(lambda self: any(club.bans for club in self.world.clubs))
    @rule(data=st.data())
    def a_suspension_is_lifted(self, data: st.DataObject) -> None:
        club, ban = data.draw(st.sampled_from([(club, ban) for club in self.world.clubs for ban in club.bans]))
        who = self._someone(data)
        expected = self._may_run(who, club) and ban.who is not who and ban.covers(self.now)
        expected = expected and (self._is_office(who) or not ban.by_team)
        row, viewer = Suspension.objects.get(pk=ban.pk), self._viewer(who)
        if self._did(expected, lambda: groups.lift_suspension(row, viewer=viewer, at=self.now)):
            ban.until = self.now

    # --- readings

    @rule(data=st.data())
    def somebody_asks_to_read(self, data: st.DataObject) -> None:
        (club, row), who = self._club(data), self._someone(data)
        waits = any(look.who is who and look.since is None and not look.is_over for look in club.looks)
        sees = club.present.audience in self.world.audiences(who, self.now, members=0, office=0)
        sees = sees or club.present.audience in self.world.looked_at(who, self.now)
        expected = self._is_office(who) and not waits and not sees and not club.is_banned(who, self.now)
        viewer = self._viewer(who)
        made = self._did(expected, lambda: groups.ask_to_read(row, reason="So", viewer=viewer, at=self.now))
        if made:
            club.looks.append(Span(made.pk, who))

    def _look(self, data: st.DataObject) -> tuple[Club, Span]:
        return data.draw(st.sampled_from([(club, look) for club in self.world.clubs for look in club.looks]))

    def _second(self, who: Human, club: Club) -> bool:
        chair = who.closed_at is None and club.is_officer(who.pk, self.now, ("chair", "vice_chair"))
        return chair or self._is_office(who)

    @precondition(lambda self: any(club.looks for club in self.world.clubs))
    @rule(data=st.data(), hours=st.sampled_from([1, 24]))
    def a_reading_is_confirmed(self, data: st.DataObject, hours: int) -> None:
        (club, look), who = self._look(data), self._someone(data)
        expected = self._second(who, club) and look.who is not who and look.since is None and not look.is_over
        row, viewer = Reading.objects.get(pk=look.pk), self._viewer(who)
        if self._did(expected, lambda: groups.confirm_reading(row, viewer=viewer, at=self.now, hours=hours)):
            look.since, look.until = self.now, self.now + timedelta(hours=hours)

    @precondition(lambda self: any(club.looks for club in self.world.clubs))
    @rule(data=st.data())
    def a_reading_is_ended(self, data: st.DataObject) -> None:
        (club, look), who = self._look(data), self._someone(data)
        waits = look.since is None and not look.is_over
        expected = self._second(who, club) and (waits or (look.covers(self.now) and not look.is_over))
        row, viewer = Reading.objects.get(pk=look.pk), self._viewer(who)
        if self._did(expected, lambda: groups.end_reading(row, viewer=viewer, at=self.now)):
            look.is_over = True
            if look.since is not None:
                look.until = self.now
