"""The calls behind sign-on letters: what can be answered, and what a letter does as its call goes its way."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from collegium.core.calls.models import Call, RollRow
from collegium.core.calls.registry import CallKind, Choice, Shown
from collegium.core.people.models import Mandate

from .actions import following
from .choices import ADDENDUM_KIND, DECLINED, LETTER_KIND, RESERVED, SIGNED
from .models import Version
from .rules.signatures import check_sign


def _version(call: Call) -> Version | None:
    """The text of the letter whose round the call is: the newest of the round, also once it is over."""
    rows = Version.objects.select_related("letter__entry")
    if call.kind == ADDENDUM_KIND:
        return rows.filter(letter__rounds__call=call).order_by("-number").first()
    return rows.filter(round__call=call).order_by("-number").first()


def _binds(call: Call) -> str:
    found = _version(call)
    return found.digest if found else ""


def _shows(call: Call) -> Shown | None:
    found = _version(call)
    return Shown("signons/asked.html", {"version": found, "letter": found.letter}) if found else None


def _check(call: Call, row: RollRow, choice: str, facts: dict[str, Any], at: datetime) -> None:
    check_sign(row, at)


_SIGN = Choice(SIGNED, _("We sign"), _("Signed"))
_RESERVED = Choice(RESERVED, _("We sign, with a reservation"), _("Signed with a reservation"), True, "part")
_DECLINE = Choice(DECLINED, _("We do not sign"), _("Declined"), state="off")


def _kind(name: str, label: Any, *choices: Choice) -> CallKind:
    return CallKind(
        name,
        label,
        act=Mandate.Act.SIGN,
        choices=choices,
        binds=_binds,
        shows=_shows,
        check=_check,
        closed=following.closed,
        cancelled=following.cancelled,
        extended=following.extended,
    )


LETTER = _kind(LETTER_KIND, _("Sign-on letter"), _SIGN, _RESERVED, _DECLINE)
ADDENDUM = _kind(ADDENDUM_KIND, _("Later names on a letter"), _SIGN, _RESERVED, _DECLINE)
