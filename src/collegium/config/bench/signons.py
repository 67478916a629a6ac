"""How long a sign-on letter takes that thousands of societies sign: asked, closed, put on paper, and its pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from collegium.config.bench.councils import answered, looked, team
from collegium.config.bench.crowds import Work
from collegium.core.access.viewers import Viewer
from collegium.core.calls.actions import close_call
from collegium.core.calls.models import Answer, Call, RollRow
from collegium.core.people.models import Person
from collegium.rooms.signons import actions
from collegium.rooms.signons.models import Letter
from collegium.rooms.signons.terms import Terms, Wording

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
TEXT = "Dear Director,\n\n" + "Plans should answer within two days, and say why they refuse. " * 40


def measured(tell: Callable[[str], object]) -> dict[str, Any]:
    """All societies of the council sign; seconds of each step, the list and the papers made anew in each."""
    tell("Letting them sign …")
    now, by = timezone.now(), team()
    letter = _opened(by, now)
    asked = _step(letter, "circulating", by, now - 8 * DAY, closes_at=now + HOUR / 2)
    letter = Letter.objects.select_related("round__call", "current").get(pk=letter.pk)
    assert letter.round is not None  # societies are asked
    call = letter.round.call
    _sign(letter, call, by)
    own = RollRow.objects.get(call=call, organization__slug="asked-0")
    page = letter.get_absolute_url()
    pages = {"sign": looked(Person.objects.get(handle="ceo-asked-0"), f"/calls/{call.pk}/answers/{own.pk}/")}
    pages |= {"open": looked(by, page)}
    before = Work()
    close_call(call, at=now + HOUR)
    closed = before.since()
    assembled = _step(letter, "assembled", by, now + HOUR, locks_at=now + 6 * HOUR)
    sent = _step(letter, "sent", by, now + 6 * HOUR, reason="By courier.")
    pages |= {"sent": looked(by, page)}
    return {
        "rows": RollRow.objects.filter(call=call).count(),
        "signatures": letter.signatures.filter(ended_at=None).count(),
        "asked": asked,
        "closed": closed.clock,
        "assembled": assembled,
        "sent": sent,
        "pages": pages,
    }


def _opened(by: Person, now: datetime) -> Letter:
    wording = Wording(
        addressee="Orla Penhaligon",
        office="Director, Bureau of Tides",
        address="1 Quay Street\nPort Wrack",
        subject="What thousands ask",
        raw=TEXT,
    )
    terms = Terms(
        ask="Answers within two days.", delivers_on=(now + 4 * DAY).date(), time_zone="UTC", is_advocacy=False
    )
    at = now - 9 * DAY
    letter = actions.open_letter(wording, terms=terms, viewer=Viewer.of(by, at=at), at=at)
    _step(letter, "clearance", by, at)
    return letter


def _step(letter: Letter, to: str, by: Person, at: datetime, **facts: Any) -> float:
    """Seconds."""
    before = Work()
    actions.move_letter(letter, to=to, viewer=Viewer.of(by, at=at), at=at, **facts)
    return before.since().clock


def _sign(letter: Letter, call: Call, by: Person) -> None:
    """All of them, one of ten with a reservation."""
    assert letter.current is not None  # every letter has a text
    told = {"by": by, "at": call.opens_at, "facts": {"text": letter.current.digest}}
    rows = list(RollRow.objects.filter(call=call).order_by("pk").values_list("pk", flat=True))
    said = [("reserved", "Not for all.") if place % 10 == 0 else ("signed", "") for place in range(len(rows))]
    answered(
        [
            Answer(row_id=row, choice=choice, raw=raw, html=f"<p>{raw}</p>" if raw else "", **told)
            for row, (choice, raw) in zip(rows, said, strict=True)
        ]
    )
