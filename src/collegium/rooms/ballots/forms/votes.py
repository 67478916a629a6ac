"""A vote as it is typed in, on a phone too and without any script."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.core.access.judged import paragraph

from ..choices import ABSTAIN, APPROVED, BLANK, OBJECTION, OPEN, RANKED, SECRET
from ..models import Ballot
from .fields import Words


class _Places(forms.Select):
    """The browser lets any of them stay empty."""

    def use_required_attribute(self, initial: Any) -> bool:
        return False


class Place(forms.ChoiceField):
    """A place in one's order, or none: that is no omission, and no row of a ballot paper is called optional."""

    widget = _Places

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class VoteForm(forms.Form):
    """A vote in a ballot: one choice, and what goes with it."""

    choice = forms.ChoiceField(label=gettext_lazy("Your vote"), widget=forms.RadioSelect)
    raw = Words(
        label=gettext_lazy("In words"),
        help_text=gettext_lazy("An objection or a recusal needs a reason; any other vote may have one."),
        required=False,
        widget=paragraph(3),
    )
    remedy = Words(
        label=gettext_lazy("What would remedy the objection?"), required=False, widget=paragraph(2), longest=2000
    )

    def __init__(self, ballot: Ballot, *arguments: Any, **words: Any) -> None:
        super().__init__(*arguments, **words)
        self.ballot = ballot
        self.options = list(ballot.options.all())
        self.fields["choice"].choices = list(self._choices())  # type: ignore[attr-defined]  # a choice field
        if ballot.is_secret:
            del self.fields["raw"]
        if not ballot.ruleset.takes_objections:
            del self.fields["remedy"]
        for option in self.options:
            self.fields[f"option-{option.pk}"] = self._field(option)
        if ballot.is_election:
            self.fields["choice"].initial = RANKED if ballot.method == Ballot.Method.STV else APPROVED

    def _choices(self) -> Any:
        names = SECRET[self.ballot.method] if self.ballot.is_secret else OPEN[self.ballot.method]
        words = {
            RANKED: _("I rank candidates below"),
            APPROVED: _("I vote for candidates below"),
            BLANK: _("I abstain"),
            "yes": _("Yes"),
            "no": _("No"),
            ABSTAIN: _("I abstain"),
            OBJECTION: _("Objection: no, with a remedy"),
            "recused": _("We do not take part (recused)"),
        }
        for name in names:
            if name != OBJECTION or self.ballot.ruleset.takes_objections:
                yield name, words[name]

    def _field(self, option: Any) -> forms.Field:
        if self.ballot.method == Ballot.Method.APPROVAL:
            return forms.BooleanField(label=option.name, help_text=option.words, required=False)
        places = [("", "–"), *((str(n), str(n)) for n in range(1, len(self.options) + 1))]
        return Place(label=option.name, help_text=option.words, choices=places)

    @property
    def option_fields(self) -> list[forms.BoundField]:
        return [self[f"option-{option.pk}"] for option in self.options]

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        choice = told.get("choice")
        if choice == RANKED:
            told["options"] = self._ranked(told)
        elif choice == APPROVED:
            told["options"] = [option.pk for option in self.options if told.get(f"option-{option.pk}")]
        else:
            told["options"] = []
        if choice in (RANKED, APPROVED) and not told["options"] and not self.errors:
            self.add_error(None, _("Choose at least one of the candidates, or abstain."))
        self._check_words(told, choice)
        return told

    def _ranked(self, told: dict[str, Any]) -> list[int]:
        """In their order; a place given twice or left out is said."""
        given = {
            option.pk: int(told[f"option-{option.pk}"]) for option in self.options if told.get(f"option-{option.pk}")
        }
        places = sorted(given.values())
        if len(set(places)) < len(places):
            self.add_error(None, _("Two candidates have the same place: give each a place of its own."))
        elif places != list(range(1, len(places) + 1)):
            self.add_error(None, _("A place is left out: begin with 1 and go on without a gap."))
        return sorted(given, key=given.__getitem__)

    def _check_words(self, told: dict[str, Any], choice: str | None) -> None:
        if choice in (OBJECTION, "recused") and not told.get("raw", "").strip() and "raw" in self.fields:
            self.add_error("raw", _("This answer needs words: say why."))
        if choice == OBJECTION and not told.get("remedy", "").strip():
            self.add_error("remedy", _("An objection says what would remedy it."))
