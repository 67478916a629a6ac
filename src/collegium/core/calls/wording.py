"""How a deadline and a state of a call are told."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from .models import Call
from .queries.progress import Standing


def said(moment: datetime, zone: str) -> str:
    """A moment nobody reads differently: "Friday 4 December 2026, 17:00 (America/New York)"."""
    return f"{date_format(moment.astimezone(ZoneInfo(zone)), 'l j F Y, H:i')} ({zone.replace('_', ' ')})"


def deadline(call: Call) -> str:
    """When the call closes, in its zone."""
    return said(call.closes_at, call.time_zone)


# Kind of the component `state` and its word, for a call and for one addressee of it.
STATES: dict[str, tuple[str, Any]] = {
    Call.State.DRAFT: ("off", _("In preparation")),
    Call.State.ANNOUNCED: ("wait", _("Announced")),
    Call.State.OPEN: ("open", _("Open")),
    Call.State.CLOSED: ("done", _("Closed")),
    Call.State.CANCELLED: ("off", _("Cancelled")),
}
STANDINGS: dict[str, tuple[str, Any]] = {
    Standing.ANSWERED: ("done", _("Answered")),
    Standing.REVIEW: ("part", _("Being prepared")),
    Standing.SEEN: ("wait", _("Seen")),
    Standing.UNSEEN: ("open", _("Not seen")),
    Standing.UNABLE: ("open", _("Nobody has a mandate")),
    Standing.WITHDRAWN: ("open", _("Withdrawn")),
    Standing.STRUCK: ("off", _("Off the roll")),
}
