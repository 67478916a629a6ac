"""Why a deed is done, and what else it needs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.core.access.judged import paragraph
from collegium.core.calls.clocks import LocalMoment, set_in_zone

from ..models import Ballot, ObjectionAnswer
from ..rules import check_reason
from .fields import Words


class NoForm(forms.Form):
    """A deed that needs no words."""


class ReasonForm(forms.Form):
    """Why."""

    reason = Words(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("Whoever sees the ballot reads this."),
        judge=check_reason,
        error_messages={"required": gettext_lazy("Say why.")},
        widget=paragraph(4),
    )


class RulingForm(ReasonForm):
    """What is ruled, and why."""

    ruling = forms.ChoiceField(
        label=gettext_lazy("Your ruling"),
        choices=(("upheld", gettext_lazy("Uphold it")), ("dismissed", gettext_lazy("Dismiss it"))),
        widget=forms.RadioSelect,
    )
    field_order = ["ruling", "reason"]


class ObjectionForm(ReasonForm):
    """What becomes of the remedy somebody asks for, and why."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What becomes of it?"), choices=ObjectionAnswer.Outcome.choices, widget=forms.RadioSelect
    )
    field_order = ["outcome", "reason"]


class CastingForm(forms.Form):
    """The chair's vote."""

    choice = forms.ChoiceField(
        label=gettext_lazy("Your casting vote"),
        choices=(("yes", gettext_lazy("Yes: it is carried")), ("no", gettext_lazy("No: it is not carried"))),
        widget=forms.RadioSelect,
    )


class ExtensionForm(ReasonForm):
    """Until when, and why."""

    closes_at = LocalMoment(label=gettext_lazy("New end"))
    field_order = ["closes_at", "reason"]

    def __init__(self, ballot: Ballot, *arguments: Any, **words: Any) -> None:
        self.ballot = ballot
        super().__init__(*arguments, **words)
        self.fields["closes_at"].help_text = ballot.call.time_zone.replace("_", " ")

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["time_zone"] = self.ballot.call.time_zone
        set_in_zone(self, "closes_at")
        return self.cleaned_data


class RecusalForm(ReasonForm):
    """Whose recusal, of those on the roll, is asked for."""

    who = forms.ChoiceField(label=gettext_lazy("Who should not take part?"))
    field_order = ["who", "reason"]

    def __init__(self, offered: list[tuple[str, str]], *arguments: Any, **words: Any) -> None:
        super().__init__(*arguments, **words)
        self.fields["who"].choices = [("", _("Choose …")), *offered]  # type: ignore[attr-defined]  # a choice field
