"""How much one wants to hear, of which group and of what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from collegium.core.notices.models import Level


class LevelsForm(forms.Form):
    """A level for each of one's groups, a tick for each notice that can be switched off."""

    def __init__(
        self, *args: Any, groups: Sequence[dict[str, Any]], switches: Sequence[dict[str, Any]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.groups = {f"level-{row['slug']}": row for row in groups}
        self.switches = {f"notice-{row['name']}": row for row in switches}
        for name, row in self.groups.items():
            self.fields[name] = forms.ChoiceField(label=row["name"], choices=Level.choices, initial=row["level"])
        for name, row in self.switches.items():
            self.fields[name] = forms.BooleanField(label=row["label"], required=False, initial=row["is_on"])

    @property
    def level_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.groups]

    @property
    def switch_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.switches]

    def changed_levels(self) -> list[tuple[dict[str, Any], str]]:
        """The groups whose level is another one now."""
        levels = ((row, self.cleaned_data[name]) for name, row in self.groups.items())
        return [(row, level) for row, level in levels if level != row["level"]]

    def changed_switches(self) -> list[tuple[str, bool]]:
        """The notices that were switched, with whether they are on now."""
        states = ((row, self.cleaned_data[name]) for name, row in self.switches.items())
        return [(row["name"], is_on) for row, is_on in states if is_on != row["is_on"]]
