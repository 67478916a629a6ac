"""How much one wants to hear, of which group and of what, and when digests come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.core.notices.models import DigestChoice, Level


@dataclass(frozen=True, slots=True)
class Switch:
    """A kind of notice as the page shows it: several that are called the same are one."""

    label: str
    names: list[str]
    is_on: bool
    by_letter: bool | None

    @property
    def bell(self) -> str:
        return f"notice-{self.names[0]}"

    @property
    def letter(self) -> str:
        return f"letter-{self.names[0]}"


class LevelsForm(forms.Form):
    """A level for each of one's groups, when digests come, and two ticks for each notice that can be switched off."""

    hour = forms.TypedChoiceField(
        label=gettext_lazy("At what time"),
        coerce=int,
        choices=[(str(hour), f"{hour:02}:00") for hour in range(24)],
        help_text=gettext_lazy("In your own time zone."),
    )
    weekday = forms.TypedChoiceField(
        label=gettext_lazy("The weekly one comes on"), coerce=int, choices=DigestChoice.Weekday.choices
    )
    by_group = forms.TypedChoiceField(
        label=gettext_lazy("How many"),
        coerce=lambda value: value == "yes",
        choices=[("no", gettext_lazy("One over all my groups")), ("yes", gettext_lazy("One for each group"))],
    )

    def __init__(
        self,
        *args: Any,
        groups: Sequence[dict[str, Any]],
        switches: Sequence[dict[str, Any]],
        digests: DigestChoice,
        **options: Any,
    ) -> None:
        self.digests = digests
        now = {"hour": str(digests.hour), "weekday": digests.weekday, "by_group": "yes" if digests.by_group else "no"}
        super().__init__(*args, **{**options, "initial": now})
        self.groups = {f"level-{row['slug']}": row for row in groups}
        self.kinds = _kinds(switches)
        for name, row in self.groups.items():
            self.fields[name] = forms.ChoiceField(label=row["name"], choices=Level.choices, initial=row["level"])
        for kind in self.kinds:
            self.fields[kind.bell] = _tick(_("%(kind)s: under the bell") % {"kind": kind.label}, is_on=kind.is_on)
            if kind.by_letter is not None:
                self.fields[kind.letter] = _tick(_("%(kind)s: by letter") % {"kind": kind.label}, is_on=kind.by_letter)

    @property
    def level_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.groups]

    @property
    def digest_fields(self) -> list[forms.BoundField]:
        return [self["hour"], self["weekday"], self["by_group"]]

    @property
    def switch_rows(self) -> list[dict[str, Any]]:
        """`{label, bell, letter}` each; without a letter for what comes with a group's own."""
        return [
            {
                "label": kind.label,
                "bell": self[kind.bell],
                "letter": self[kind.letter] if kind.by_letter is not None else None,
            }
            for kind in self.kinds
        ]

    def changed_levels(self) -> list[tuple[dict[str, Any], str]]:
        """The groups whose level is another one now."""
        levels = ((row, self.cleaned_data[name]) for name, row in self.groups.items())
        return [(row, level) for row, level in levels if level != row["level"]]

    def changed_digests(self) -> dict[str, Any] | None:
        """When digests come now, None if as before."""
        chosen = {name: self.cleaned_data[name] for name in ("hour", "weekday", "by_group")}
        return chosen if chosen != {name: getattr(self.digests, name) for name in chosen} else None

    def changed_switches(self) -> list[tuple[str, bool]]:
        """The notices that were switched, with whether they are on now."""
        changed = [kind for kind in self.kinds if self.cleaned_data[kind.bell] != kind.is_on]
        return [(name, self.cleaned_data[kind.bell]) for kind in changed for name in kind.names]

    def changed_letters(self) -> list[tuple[str, bool]]:
        """The same for their letters."""
        kinds = [kind for kind in self.kinds if kind.by_letter is not None]
        changed = [kind for kind in kinds if self.cleaned_data[kind.letter] != kind.by_letter]
        return [(name, self.cleaned_data[kind.letter]) for kind in changed for name in kind.names]


def _tick(label: str, *, is_on: bool) -> forms.BooleanField:
    return forms.BooleanField(
        label=label, required=False, initial=is_on, widget=forms.CheckboxInput(attrs={"aria-label": label})
    )


def _kinds(switches: Sequence[dict[str, Any]]) -> list[Switch]:
    """On where any of those of one name is."""
    by_label: dict[str, list[dict[str, Any]]] = {}
    for row in switches:
        by_label.setdefault(str(row["label"]), []).append(row)
    found: list[Switch] = []
    for label, rows in by_label.items():
        letters = [row["by_letter"] for row in rows if row["by_letter"] is not None]
        names = [row["name"] for row in rows]
        found.append(Switch(label, names, any(row["is_on"] for row in rows), any(letters) if letters else None))
    return found
