"""What the coverage map may be narrowed to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.core.groups.models import Group
from collegium.core.groups.queries.coverage import State
from collegium.core.people.models import Organization, Standing

from .maps import Mark

STATES = {
    State.HELD: _("Held"),
    State.INTERIM: _("Interim or deputy"),
    State.VACANT: _("Vacant"),
    State.LAPSED: _("Lapsed"),
}
MARKS = {
    Mark.UNCONFIRMED: _("Not confirmed"),
    Mark.BARRED: _("Does not read"),
    Mark.SUSPENDED: _("Suspended from the group"),
    Mark.UNDERTAKING: _("Lacks an undertaking"),
}
_KINDS = [choice for choice in Organization.Kind.choices if choice[0] != Organization.Kind.COUNCIL]


def _one_of(label: Any, nothing: Any, choices: Iterable[Any]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[("", nothing), *choices])


class CoverageForm(forms.Form):
    """Which societies, groups, states and marks; what is not understood is as if it had not been asked for."""

    state = _one_of(_("State"), _("Every state"), STATES.items())
    mark = _one_of(_("Mark"), _("With or without"), MARKS.items())
    specialty = forms.CharField(label=_("Specialty"), required=False, max_length=100, widget=forms.Select)
    standing = _one_of(_("Standing"), _("Every standing"), Standing.Status.choices)
    kind = _one_of(_("Organizations"), _("Every kind"), _KINDS)
    groups = _one_of(_("Groups"), _("Every group"), Group.Kind.choices)

    def offer(self, organizations: Iterable[dict[str, Any]]) -> None:
        """Fill in the specialties there are."""
        found = sorted({row["specialty"] for row in organizations if row["specialty"]})
        self.fields["specialty"].widget.choices = [("", _("Every specialty")), *((name, name) for name in found)]

    def chosen(self) -> dict[str, str]:
        """What was chosen and understood, by field; fields left alone are not in it."""
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}
