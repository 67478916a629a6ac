"""The effect of a change of policy in words."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.core.groups.models import Group
from collegium.core.groups.preview import Change, Effect

TITLES = {
    Change.LOSES: gettext_lazy("Lose what they read"),
    Change.READS: gettext_lazy("Come to read what is written from now on"),
    Change.MAY_COME_IN: gettext_lazy("May come in"),
    Change.MAY_NOT_COME_IN: gettext_lazy("May no longer come in"),
}


def effect(found: Effect, group: Group) -> dict[str, Any]:
    """`{kind, sentence, parts}`; a part is a change with its title, how, people and how many of which society."""
    parts = [_part(change, found, group) for change in TITLES if found.of(change)]
    kind = _("A narrowing") if found.is_narrowing else _("A widening")
    return {"kind": kind, "sentence": _when(found), "parts": parts}


def _when(found: Effect) -> str:
    if found.is_narrowing:
        return _("It takes effect at once, on all that was ever written in the group.")
    old = _("It opens a new circle: what was written before stays closed to those who come in.")
    return f"{old} {_('A second person has to confirm it first.')}" if found.waits else old


def _part(change: Change, found: Effect, group: Group) -> dict[str, Any]:
    rows = found.of(change)
    societies = sorted(Counter(row.society for row in rows).items(), key=lambda item: (-item[1], item[0]))
    how = _how(group) if change == Change.MAY_COME_IN else ""
    return {"title": TITLES[change], "rows": rows, "societies": societies, "how": how}


def _how(group: Group) -> str:
    if group.is_closed:
        return _("They read once a second person has confirmed them.")
    words = {
        Group.Joining.EX_OFFICIO: _("They read once they have undertaken what the group asks of them."),
        Group.Joining.OPEN: _("They read once they join."),
        Group.Joining.ON_REQUEST: _("They read once they have asked and been let in."),
    }
    return words.get(Group.Joining(group.joining), _("They read once they are invited."))
