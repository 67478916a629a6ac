"""What is typed of support: how much is needed, and what those say who do not agree."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.core.access.chosen import Chosen
from collegium.core.access.judged import JudgedWords, paragraph
from collegium.core.people.models import Tenure

from ..models import Terms
from ..rules.support import MOST, check_statement


class TermsForm(forms.Form):
    """How much support the position needs, and how dissent, silence and reservations are told."""

    at_least = forms.IntegerField(
        label=_("How many societies have to be for it, at least?"), min_value=1, max_value=MOST
    )
    at_most = forms.IntegerField(
        label=_("How many may be against it, at most?"),
        required=False,
        min_value=0,
        max_value=MOST,
        help_text=_("Nothing here: any number may."),
    )
    spares_touched = forms.BooleanField(
        label=_("None of the societies it touches may be against it"), required=False, initial=True
    )
    dissent = forms.ChoiceField(
        label=_("How is told who does not support it?"),
        choices=Terms.Told.choices,
        widget=forms.RadioSelect,
        initial=Terms.Told.NAMED,
        help_text=_("By name: with their minority statements."),
    )
    silence = forms.ChoiceField(
        label=_("How is told who said nothing?"),
        choices=Terms.Told.choices,
        widget=forms.RadioSelect,
        initial=Terms.Told.COUNTED,
    )
    reservations = forms.ChoiceField(
        label=_("How is told that a society supports it with a reservation?"),
        choices=Terms.Reservations.choices,
        widget=forms.RadioSelect,
        initial=Terms.Reservations.MEMBERS,
    )


class _Society:
    """A seat as a choice names it: by its society."""

    def __init__(self, tenure: Tenure) -> None:
        self.tenure, self.pk = tenure, tenure.pk

    def __str__(self) -> str:
        return str(self.tenure.seat.organization.name)


class _ForSociety(forms.Form):
    tenure = Chosen(label=_("For which society?"), required=False)

    def __init__(self, *args: Any, tenures: Iterable[Tenure], **options: Any) -> None:
        super().__init__(*args, **options)
        self.tenures = list(tenures)
        field: Any = self.fields["tenure"]
        field.offer([_Society(one) for one in self.tenures])

    def clean_tenure(self) -> Tenure | None:
        """The one chosen, or the only one there is."""
        chosen = self.cleaned_data["tenure"]
        if chosen is not None:
            found: Tenure = chosen.tenure
            return found
        return self.tenures[0] if len(self.tenures) == 1 else None


class StatementForm(_ForSociety):
    """A minority statement."""

    raw = JudgedWords(
        label=_("The statement"),
        judge=check_statement,
        widget=paragraph(10),
        help_text=_("Markdown. It stands beside the position as you write it."),
    )


class JoinForm(_ForSociety):
    """For which society a statement is joined."""
