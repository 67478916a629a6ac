"""Preparing a ballot, changing it before its announcement, announcing it, running an annulled one again."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.standard import MEMBERS, OFFICE
from collegium.core.access.viewers import Viewer
from collegium.core.calls import actions as calls
from collegium.core.calls.models import Call
from collegium.core.calls.queries import Roll
from collegium.core.entries.actions import Text, change_audience, write_passages
from collegium.core.entries.models import Entry
from collegium.core.groups.models import Group
from collegium.core.people.models import Person
from collegium.core.trail import actions as trail

from .. import events
from ..models import Ballot, Option, Teller
from ..rules import (
    check_announce_ballot,
    check_change_ballot,
    check_names_wording,
    check_prepare_ballot,
    check_rerun,
    check_settings,
    check_weights,
)
from ..rulesets import RuleSet
from .locking import lock_ballot, write_state


@dataclass(frozen=True, slots=True)
class Question:
    """What is put to a body, how and when: all that is settled before a ballot is announced.

    `addressed` is one of `Call.Addressed`; `options` are names with a line about each, none for a motion; `tellers`
    are ids of persons.
    """

    title: str
    raw: str
    body: Group
    opens_at: datetime
    closes_at: datetime
    time_zone: str
    seen_by: int
    method: str = Ballot.Method.MOTION
    addressed: str = Call.Addressed.BODY
    roll: Roll = field(default_factory=Roll)
    ruleset: RuleSet = field(default_factory=RuleSet)
    is_secret: bool = False
    publication: str = Ballot.Publication.TOTALS
    seats: int = 1
    options: tuple[tuple[str, str], ...] = ()
    tellers: tuple[int, ...] = ()

    def check(self) -> None:
        """Refused unless it can be asked so."""
        check_settings(
            self.method,
            self.ruleset,
            is_secret=self.is_secret,
            publication=self.publication,
            seats=self.seats,
            options=[name for name, _words in self.options],
        )
        check_weights(self.roll.weights, is_secret=self.is_secret)
        if self.addressed == Call.Addressed.SOCIETIES and self.seen_by != MEMBERS:
            raise Refused(_("Where all member societies vote, all of them see the ballot."))
        if Person.objects.filter(pk__in=self.tellers, closed_at=None).count() != len(set(self.tellers)):
            raise Refused(_("There is no such person to be a teller."))


@transaction.atomic
def prepare_ballot(question: Question, *, viewer: Viewer, at: datetime) -> Ballot:
    """The council's team prepares a ballot; until it is announced the team alone sees it."""
    check_prepare_ballot(viewer)
    return call_ballot(question, by=viewer.person, at=at)


@transaction.atomic
def call_ballot(
    question: Question,
    *,
    by: Any,
    at: datetime,
    about: Entry | None = None,
    about_hash: str = "",
    rerun_of: Ballot | None = None,
) -> Ballot:
    """Prepare a ballot about an entry for another room, whose own rule has asked who may.

    `about_hash` is of the wording that is voted on, where it has wordings.
    """
    question.check()
    check_names_wording(about_hash, question.raw)
    entry = Entry.objects.create(
        kind="ballot",
        title=question.title.strip(),
        state=Ballot.State.PREPARED,
        audience_id=OFFICE,
        author=by,
        place=question.body.entry,
        created_at=at,
        touched_at=at,
    )
    call = calls.draft_call(
        "secret_ballot" if question.is_secret else question.method,
        title=question.title.strip(),
        raw=question.raw,
        opens_at=question.opens_at,
        closes_at=question.closes_at,
        time_zone=question.time_zone,
        seen_by=question.seen_by,
        addressed=question.addressed,
        group=None if question.addressed == Call.Addressed.SOCIETIES else question.body,
        roll=question.roll,
        about=entry,
        by=by,
        at=at,
    )
    ballot = Ballot(entry=entry, call=call, body=question.body, about=about, about_hash=about_hash, rerun_of=rerun_of)
    _settle(ballot, question)
    ballot.save(force_insert=True, update_fields=None)
    _write_parts(ballot, question, at)
    trail.record(events.BALLOT_PREPARED, on=ballot, by=by, at=at, facts={"method": question.method})
    return ballot


def _settle(ballot: Ballot, question: Question) -> None:
    ballot.method, ballot.is_secret, ballot.seats = question.method, question.is_secret, question.seats
    ballot.publication, ballot.rule = question.publication, question.ruleset.as_stored()


def _write_parts(ballot: Ballot, question: Question, at: datetime) -> None:
    Option.objects.filter(ballot=ballot).delete()
    Teller.objects.filter(ballot=ballot).delete()
    Option.objects.bulk_create(
        Option(ballot=ballot, position=number, name=name.strip(), words=words.strip())
        for number, (name, words) in enumerate(question.options, 1)
    )
    Teller.objects.bulk_create(Teller(ballot=ballot, person_id=person) for person in sorted(set(question.tellers)))
    title = Text(ballot.pk, "title", 0, ballot.entry.title, at, is_title=True)
    write_passages([title, Text(ballot.pk, "words", 0, question.raw, at)])


@transaction.atomic
def change_ballot(ballot: Ballot, question: Question, *, viewer: Viewer, at: datetime) -> Ballot:
    """Change what is asked before it is announced; the electorate stays."""
    locked = lock_ballot(ballot.pk)
    check_change_ballot(viewer, locked)
    question.check()
    check_names_wording(locked.about_hash, question.raw)
    if question.is_secret != locked.is_secret or question.method != locked.method:
        raise Refused(_("The method, and whether it is secret, stay: prepare another ballot instead."))
    title = question.title.strip()
    locked.call = calls.change_call(
        locked.call,
        title=title,
        raw=question.raw,
        opens_at=question.opens_at,
        closes_at=question.closes_at,
        time_zone=question.time_zone,
        by=viewer.person,
        at=at,
    )
    _settle(locked, question)
    locked.save(update_fields=["seats", "publication", "rule"])
    locked.entry.title = title
    locked.entry.save(update_fields=["title"])
    _write_parts(locked, question, at)
    trail.record(events.BALLOT_CHANGED, on=locked, by=viewer.person, at=at)
    return locked


@transaction.atomic
def announce_ballot(ballot: Ballot, *, viewer: Viewer, at: datetime) -> Ballot:
    """Show it to those it is for, with the hash of all that is asked and the order of the lots, drawn now."""
    locked = lock_ballot(ballot.pk)
    check_announce_ballot(viewer, locked, at)
    options = list(locked.options.all())
    locked.lot_seed = secrets.token_hex(32)
    locked.lots = drawn(locked.lot_seed, [option.pk for option in options])
    locked.text_hash = text_hash(locked, options)
    locked.save(update_fields=["lot_seed", "lots", "text_hash"])
    locked.call = calls.announce_call(locked.call, by=viewer.person, at=at)
    if locked.call.seen_by_id != locked.entry.audience_id:
        locked.entry = change_audience(locked.entry, to=locked.call.seen_by_id, by=viewer.person, at=at)
    write_state(locked, Ballot.State.ANNOUNCED, at)
    facts = {"text": locked.text_hash, "seed": locked.lot_seed, "lots": locked.lots}
    trail.record(events.BALLOT_ANNOUNCED, on=locked, by=viewer.person, at=at, facts=facts)
    return locked


def drawn(seed: str, options: list[int]) -> list[int]:
    """The options by the SHA-256 of "seed:option", in hexadecimal: anybody can put them in this order again."""
    return sorted(options, key=lambda option: hashlib.sha256(f"{seed}:{option}".encode()).hexdigest())


def text_hash(ballot: Ballot, options: list[Option]) -> str:
    """SHA-256, in hexadecimal, of question, options, rule and window, as JSON with its keys in order."""
    call = ballot.call
    told = {
        "title": ballot.entry.title,
        "question": call.raw,
        "options": [[option.pk, option.name, option.words] for option in options],
        "method": ballot.method,
        "seats": ballot.seats,
        "secret": ballot.is_secret,
        "published": ballot.publication,
        "rule": ballot.rule,
        "roll": [call.addressed, call.group_id, call.roll_rule],
        "opens": call.opens_at.isoformat(),
        "closes": call.closes_at.isoformat(),
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@transaction.atomic
def rerun_ballot(ballot: Ballot, *, viewer: Viewer, at: datetime) -> Ballot:
    """Prepare an annulled ballot anew, linked to it: the same question, in a window as long that begins tomorrow."""
    locked = lock_ballot(ballot.pk)
    if locked.about_id is not None:
        # As whoever moves it, or calls another ballot about it, does: there is one at a time.
        locked.about = Entry.objects.select_for_update(of=("self",)).get(pk=locked.about_id)
    check_rerun(viewer, locked)
    opens_at = at + timedelta(days=max(1, locked.ruleset.notice_days + 1))
    question = Question(
        title=locked.entry.title,
        raw=locked.call.raw,
        body=locked.body,
        opens_at=opens_at,
        closes_at=opens_at + locked.call.window,
        time_zone=locked.call.time_zone,
        seen_by=locked.call.seen_by_id,
        method=locked.method,
        addressed=locked.call.addressed,
        roll=Roll.of(locked.call),
        ruleset=locked.ruleset,
        is_secret=locked.is_secret,
        publication=locked.publication,
        seats=locked.seats,
        options=tuple(locked.options.values_list("name", "words")),
        tellers=tuple(locked.tellers.values_list("person", flat=True)),
    )
    return call_ballot(
        question, by=viewer.person, at=at, about=locked.about, about_hash=locked.about_hash, rerun_of=locked
    )
