"""How letters fare, in sentences."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from collegium.core.mail.incoming.reasons import REASONS
from collegium.core.mail.models import Incoming

from ...together import Row

A_WEEK = timedelta(days=7)


def since(moment: datetime, at: datetime) -> str:
    """`Tuesday` of a moment within the week before, else `3 May`."""
    local = timezone.localtime(moment)
    return date_format(local, "l" if at - moment < A_WEEK and local.date() != at.date() else "j F")


def of_society(row: Row, at: datetime) -> str:
    """`All 14 addresses refuse letters since Tuesday.`"""
    told = {"failing": row["failing"], "all": row["addresses"], "since": since(row["since"], at)}
    if row["failing"] < row["addresses"]:
        one = _("%(failing)s of %(all)s addresses refuses letters since %(since)s.")
        many = _("%(failing)s of %(all)s addresses refuse letters since %(since)s.")
        return (one if row["failing"] == 1 else many) % told
    if row["addresses"] == 1:
        return _("The only address refuses letters since %(since)s.") % told
    return _("All %(all)s addresses refuse letters since %(since)s.") % told


def suspended(count: int) -> str:
    return ngettext("%(n)s is suspended.", "%(n)s are suspended.", count) % {"n": count} if count else ""


def day(text: str) -> str:
    return date_format(date.fromisoformat(text), "D j M")


# --- letters that came in

STATES = dict(Incoming.State.choices)
# How each state is drawn.
KINDS = {"waiting": "wait", "held": "wait", "posted": "done", "done": "done", "recorded": "off"}
_TOKENS = re.compile(r"([a-z])-[0-9a-f]{40}", re.ASCII | re.IGNORECASE)
_MADE_FOR = {
    "r": gettext_lazy("the address for an answer"),
    "p": gettext_lazy("the address for a private answer"),
    "u": gettext_lazy("the address that stops letters"),
    "m": gettext_lazy("the address that mutes a topic"),
    "b": gettext_lazy("where bounces come back"),
}


def of_letter(row: Row, *, shows_senders: bool) -> Row:
    """The row with its words; whoever has no account is told to officers by their domain alone."""
    local, _sign, _domain = row["to"].rpartition("@")
    made = _TOKENS.fullmatch(local)
    sender = row["sender"]
    return row | {
        "to": _MADE_FOR.get(made[1].lower(), _("an address of ours")) if made else row["to"],
        "state_word": STATES[row["state"]],
        "kind": KINDS.get(row["state"], "open"),
        "why": REASONS.get(row["reason"], row["reason"]) if row["reason"] else "",
        "sender": sender if shows_senders or not sender else f"…@{sender.rpartition('@')[2]}",
    }
