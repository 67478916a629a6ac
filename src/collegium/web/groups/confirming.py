"""Confirming by one list whoever waits at a closed group: who may be ticked, and how many one says they are."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.core.access.viewers import Viewer
from collegium.core.groups.models import Group

from ..together import Row, together
from . import queries
from .waiting import waiting, waiting_lists

MOST_COUNTED = 100_000


def waiting_by_name(group: Group, viewer: Viewer) -> tuple[list[Row], list[Row]]:
    """Whoever the viewer may confirm, and whoever somebody else has to; widenings are confirmed one by one."""
    lists = waiting_lists(group, viewer) | {"officers": queries.officers_statement(group, viewer)}
    rows = waiting(group, viewer, together(**lists))["confirmations"]
    rows = sorted((row for row in rows if row["kind"] != "circle"), key=_by_society)
    for row in rows:
        row["key"] = f"{row['kind']}-{row['id']}"
    return [row for row in rows if row["may_confirm"]], [row for row in rows if not row["may_confirm"]]


def _by_society(row: Row) -> tuple[str, str]:
    return row["society"], row.get("name") or row["function"]


class TogetherForm(forms.Form):
    """Everybody ticked at first; the number, typed, says that the list was looked at."""

    chosen = forms.MultipleChoiceField(
        required=True,
        error_messages={
            "required": gettext_lazy("Tick at least one of them."),
            "invalid_choice": gettext_lazy("One of those you ticked no longer waits; look at the list again."),
        },
    )
    count = forms.IntegerField(
        label=gettext_lazy("How many do you confirm?"),
        min_value=1,
        max_value=MOST_COUNTED,
        help_text=gettext_lazy("Type the number of those ticked above. Nothing is confirmed before."),
    )

    def __init__(self, data: Any = None, *, rows: list[Row]) -> None:
        super().__init__(data, initial={"chosen": [row["key"] for row in rows]})
        field: Any = self.fields["chosen"]
        field.choices = [(row["key"], row["key"]) for row in rows]
        ticked = set(self["chosen"].value() or ())
        self.rows = [row | {"is_ticked": row["key"] in ticked} for row in rows]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        ticked, typed = values.get("chosen"), values.get("count")
        if ticked and typed is not None and typed != len(ticked):
            self.add_error("count", _("You ticked %(ticked)s: type that number.") % {"ticked": len(ticked)})
        return values

    def keys(self) -> list[tuple[str, int]]:
        """What was ticked, as kinds and ids."""
        parts = (key.partition("-") for key in self.cleaned_data["chosen"])
        return [(kind, int(pk)) for kind, _dash, pk in parts]
