"""Support as pages show it: bars, rows with words, and what the reader's own societies are asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.core.access.viewers import Viewer
from collegium.core.calls.models import Call, RollRow
from collegium.core.people.models import Mandate

from ..models import MinorityStatement, MinorityVoice, Position, Terms
from ..rules.support import dissenting_tenures
from .asking import calls_of
from .speaking import mandated_tenures
from .support import Count, Ledger, Stance, lacking, ledger_of, rule_in_words, shown, statements_of, terms_of

# How a stance is drawn as a sign, as a bar, and said.
SAID: dict[str, tuple[str, str, Any]] = {
    "support": ("done", "yes", gettext_lazy("Supports it")),
    "reservation": ("part", "abstained", gettext_lazy("Supports it with a reservation")),
    "neutral": ("wait", "neutral", gettext_lazy("Neutral")),
    "decline": ("off", "no", gettext_lazy("Does not support it")),
    "recused": ("wait", "recused", gettext_lazy("Recused")),
    "silent": ("open", "silent", gettext_lazy("No answer yet")),
    "nothing": ("off", "silent", gettext_lazy("No answer")),
    "review": ("open", "silent", gettext_lazy("Prepares an answer")),
    "seen": ("open", "silent", gettext_lazy("Has looked at it")),
    "unseen": ("open", "silent", gettext_lazy("Has not looked at it")),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """How many stand somewhere: of all asked, and of those the position touches."""

    label: Any
    kind: str
    number: int
    touched: int
    width: str


def page(position: Position, viewer: Viewer) -> dict[str, Any]:
    """All of the page of support."""
    terms, ledger = terms_of(position), ledger_of(position)
    return {
        "ledger": ledger,
        "terms": terms,
        "rule": rule_in_words(terms) if terms else "",
        "missing": lacking(terms, ledger) if terms and ledger else [],
        "bars": _bars(ledger) if ledger else [],
        "touched": _said(ledger, viewer, touched=True) if ledger else [],
        "others": _said(ledger, viewer, touched=False) if ledger else [],
        "statements": statements_of(position, ledger),
        "own_voices": {voice.pk for voice in voices_of(viewer, position)},
        "may_dissent": dissenting_tenures(viewer, position),
    }


def _bars(ledger: Ledger) -> list[Bar]:
    """Silence is a bar as the stances are: it is no stance, and stands beside them."""

    def number(count: Count, name: str) -> int:
        return count.silent if name == "silent" else count.by_stance[name]

    most = max(ledger.everybody.asked, 1)
    found = []
    for name in ("support", "reservation", "neutral", "decline", "recused", "silent"):
        _sign, kind, label = SAID[name]
        n = number(ledger.everybody, name)
        found.append(Bar(label, kind, n, number(ledger.touched, name), f"{100 * n / most:.1f}"))
    return found


def _said(ledger: Ledger, viewer: Viewer, *, touched: bool) -> list[tuple[Stance, str, Any]]:
    """Each society with the sign and the words of its stance."""
    is_over = ledger.window.closes_at <= viewer.at
    rows = [one for one in shown(ledger, viewer) if one.is_touched == touched]
    names = [one.name if one.is_given or not is_over else "nothing" for one in rows]
    return [(one, SAID[name][0], SAID[name][2]) for one, name in zip(rows, names, strict=True)]


def terms_now(position: Position) -> dict[str, Any]:
    """What was set, for the form to begin with."""
    names = ("at_least", "at_most", "spares_touched", "dissent", "silence", "reservations")
    found = Terms.objects.filter(position=position).values(*names).first()
    return dict(found) if found else {}


def statement_of(position: Position, pk: int) -> MinorityStatement | None:
    """A statement beside this position, not beside another."""
    return MinorityStatement.objects.filter(position=position, pk=pk).first()


def voices_of(viewer: Viewer, position: Position) -> list[MinorityVoice]:
    """The societies behind statements for which the viewer speaks."""
    mine = {tenure.seat.organization_id for tenure in mandated_tenures(viewer, Mandate.Act.SIGN)}
    standing = MinorityVoice.objects.filter(statement__position=position, left_at=None, society__in=mine)
    return list(standing)


def asked_of(position: Position, viewer: Viewer) -> list[tuple[Call, RollRow]]:
    """What the newest window asks of the viewer's societies, while it is open."""
    if viewer.person_id is None:
        return []
    running = [call for call in calls_of(position) if call.takes_answers(viewer.at)]
    mine = Q(organization__audience__in=sorted(viewer.own_ids))
    rows = RollRow.objects.filter(mine, call__in=running, struck_at=None).select_related("organization__entry")
    by_pk = {call.pk: call for call in running}
    return [(by_pk[row.call_id], row) for row in rows.order_by("pk")]


def beside(position: Position, viewer: Viewer, *, is_member: bool) -> dict[str, Any]:
    """What stands beside the text of a position, for those who belong to a member society."""
    if not is_member:
        return {}
    terms, ledger = terms_of(position), ledger_of(position)
    told: dict[str, Any] = {"asked": asked_of(position, viewer), "rule": rule_in_words(terms) if terms else ""}
    if ledger is not None:
        counts = ledger.everybody
        told["support"] = _("%(for)s for it, %(against)s against, %(silent)s of %(asked)s silent") % {
            "for": counts.in_favour,
            "against": counts.against,
            "silent": counts.silent,
            "asked": counts.asked,
        }
    return told
