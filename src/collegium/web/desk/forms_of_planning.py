"""What is filled in about how a society answers."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.core.calls.models.planning import LONGEST
from collegium.core.people.models import Mandate, Tenure
from collegium.web.account.forms.fields import Words


class LeadTimeForm(forms.Form):
    """How long an act of a kind takes."""

    act = forms.ChoiceField(label=gettext_lazy("To"), choices=Mandate.Act.choices)
    days = forms.IntegerField(label=gettext_lazy("takes so many days"), min_value=0, max_value=LONGEST)
    needs_sitting = forms.BooleanField(label=gettext_lazy("Only a meeting can decide it"), required=False)


class SittingForm(forms.Form):
    """Days, one to a line."""

    days = Words(
        label=gettext_lazy("Days of meetings"),
        room=1000,
        multiline=True,
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": "2027-02-12"}),
        help_text=gettext_lazy("One to a line, as 2027-02-12."),
    )
    name = Words(label=gettext_lazy("What meets"), room=100, required=False)

    def clean_days(self) -> list[date]:
        return [self._day(line) for line in self.cleaned_data["days"].split()]

    @staticmethod
    def _day(typed: str) -> date:
        try:
            return date.fromisoformat(typed)
        except ValueError as error:
            raise ValidationError(_("“%(typed)s” is no day written as 2027-02-12.") % {"typed": typed[:20]}) from error


class MandateForm(forms.Form):
    """Who may do what for the society."""

    tenure = forms.ModelChoiceField(label=gettext_lazy("Who"), queryset=Tenure.objects.none())
    act = forms.ChoiceField(label=gettext_lazy("May"), choices=Mandate.Act.choices)
    is_alternate = forms.BooleanField(label=gettext_lazy("In place of whoever holds it, as alternate"), required=False)

    def __init__(self, *args: Any, tenures: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["tenure"].queryset = tenures  # type: ignore[attr-defined]  # a field of rows
        self.fields["tenure"].label_from_instance = _said  # type: ignore[attr-defined]  # the same


def _said(tenure: Tenure) -> str:
    return f"{tenure.person.name}, {tenure.seat.function.name}"
