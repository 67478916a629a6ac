"""Letters as their pages show them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from collegium.core.access.doors import get_visible
from collegium.core.access.errors import Refused
from collegium.core.access.standard import MEMBERS
from collegium.core.access.viewers import Viewer
from collegium.core.calls.models import Call
from collegium.core.calls.queries import tally
from collegium.core.entries.models import Entry

from .. import registry
from ..choices import DECLINED, RESERVED, SIGNED
from ..course import OPEN, STATES, moves_from
from ..guards import Attempt, check_guard
from ..models import Letter, Paper, Step, Version
from ..rules.letters import WHO, is_host

PAGE = 50
# What a step asks of the form, and cannot hinder it before.
_ASKED = ("window_fits", "supported")


def visible_letters(viewer: Viewer) -> QuerySet[Letter]:
    seen = Entry.objects.visible_to(viewer).filter(kind="signon")
    found: QuerySet[Letter] = Letter.objects.filter(entry__in=seen)
    return found


def letters_page(viewer: Viewer, *, state: str = "") -> list[Letter]:
    """The letters that moved last, in one state or in all."""
    found = visible_letters(viewer).select_related("current", "round__call")
    if state in STATES:
        found = found.filter(entry__state=state)
    return list(found.order_by("-entry__touched_at", "-pk")[:PAGE])


def letter_for_page(viewer: Viewer, pk: int) -> Letter:
    """The letter, if the viewer sees it; otherwise Http404."""
    entry: Any = get_visible(Entry.objects.all(), viewer, pk=pk, kind="signon")
    rows = Letter.objects.select_related("current", "round__call__entry", "grounds")
    letter: Letter = rows.get(pk=entry.pk)
    return letter


@dataclass(frozen=True, slots=True)
class NextStep:
    """A step the viewer may take: `hindrances` say what is missing yet."""

    now: str
    label: str
    hindrances: list[str]


def next_steps(letter: Letter, viewer: Viewer) -> list[NextStep]:
    """The steps of the table that are the viewer's, with all that stands against each."""
    return [
        NextStep(move.now, str(move.label), [*_hindrances(move.guards, letter, Attempt(move.now, viewer.at))])
        for move in moves_from(letter.entry.state)
        if WHO[move.who](viewer, letter)
    ]


def _hindrances(guards: tuple[str, ...], letter: Letter, attempt: Attempt) -> list[str]:
    found = []
    for name in guards:
        try:
            if name not in _ASKED:
                check_guard(name, letter, attempt)
        except Refused as refusal:
            found.append(str(refusal.reason))
    return found


def versions_of(letter: Letter, viewer: Viewer) -> list[Version]:
    """The wordings the viewer may read: host and team all, member societies those they were asked about, others the

    one that was sent.
    """
    found = letter.versions.order_by("number")
    if not is_host(viewer, letter) and not viewer.is_among(letter.preparing_audience_id):
        found = found.filter(round__isnull=False)
        if not viewer.is_among(MEMBERS):
            found = found.filter(pk__in=[letter.current_id])
    return list(found)


@dataclass(frozen=True)
class Asked:
    """How far the call of the present round is."""

    call: Call
    asked: int = 0
    answered: int = 0
    bars: list[tuple[str, int]] = field(default_factory=list)
    signed: int = 0


def asked_of(letter: Letter, viewer: Viewer) -> Asked | None:
    """For those who see the call: how many have answered, and what."""
    call = letter.round.call if letter.round else None
    if call is None or not Call.objects.visible_to(viewer).filter(pk=call.pk).exists():
        return None
    told = tally(call, viewer.at)
    choices = [call.kind_of.choice(name) for name in (SIGNED, RESERVED, DECLINED)]
    bars = [(str(choice.given), told.by_choice.get(choice.name, 0)) for choice in choices if choice]
    signed = sum(told.by_choice.get(name, 0) for name in (SIGNED, RESERVED))
    return Asked(call, told.asked, told.answered, bars, signed)


def steps_of(letter: Letter) -> list[Step]:
    return list(letter.steps.select_related("by").order_by("-pk"))


def papers_of(letter: Letter) -> list[Paper]:
    """What was sent, without the bytes."""
    return list(Paper.objects.filter(letter=letter).defer("content").order_by("pk")) if letter.is_out else []


def possible_grounds(viewer: Viewer) -> list[Entry]:
    """Entries a letter may follow from at present and the viewer sees, by title."""
    found = []
    for kind, may_ground in registry.grounds.items():
        rows = Entry.objects.visible_to(viewer).filter(kind=kind).order_by("title", "pk")
        found += [entry for entry in rows if may_ground(entry)]
    return found


def is_open(letter: Letter) -> bool:
    return letter.entry.state in OPEN


def visible_grounds(letter: Letter, viewer: Viewer) -> Entry | None:
    """What it follows from, if the viewer sees that."""
    return Entry.objects.visible_to(viewer).filter(pk=letter.grounds_id).first() if letter.grounds_id else None


def visible_paper(viewer: Viewer, pk: int, kind: str, form: str) -> Paper:
    """A file that was sent, if the viewer sees the letter; otherwise Http404."""
    letter = letter_for_page(viewer, pk)
    found = Paper.objects.filter(letter=letter, kind=kind, form=form).first()
    if found is None:
        raise Http404
    return found
