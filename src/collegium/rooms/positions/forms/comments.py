"""What is typed of comments: the comment itself, what becomes of it, whether that satisfies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from collegium.core.access.judged import JudgedWords, paragraph
from collegium.core.people.models import Tenure

from ..models import Disposition
from ..rules import comments as rules
from .issues import ReasonForm


class CommentForm(forms.Form):
    """A comment for a society, on a paragraph and words of it or on the whole text."""

    quote = JudgedWords(
        label=gettext_lazy("Which words of the paragraph?"),
        judge=rules.check_quote,
        required=False,
        widget=paragraph(2),
        help_text=gettext_lazy("Copy them from above. Left empty, the comment is on the whole paragraph."),
    )
    raw = JudgedWords(label=gettext_lazy("The comment"), judge=rules.check_comment_text, widget=paragraph(6))
    proposal = JudgedWords(
        label=gettext_lazy("What should it say instead?"),
        judge=rules.check_proposal,
        required=False,
        widget=paragraph(3),
    )
    tenure = forms.ChoiceField(label=gettext_lazy("You comment for"), widget=forms.RadioSelect, required=False)
    block = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=999_999)

    def __init__(self, *args: Any, tenures: Sequence[Tenure], has_block: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.tenures = {str(one.pk): one for one in tenures}
        choice: Any = self.fields["tenure"]
        choice.choices = [(key, one.seat.organization.name) for key, one in self.tenures.items()]
        choice.required = len(tenures) > 1
        if not has_block:
            del self.fields["quote"]

    def clean_tenure(self) -> Tenure | None:
        """The seat that was chosen, or the only one there is."""
        only = next(iter(self.tenures.values())) if len(self.tenures) == 1 else None
        return self.tenures.get(self.cleaned_data["tenure"], only)


class DispositionForm(ReasonForm):
    """What becomes of a comment."""

    OUTCOMES = [one for one in Disposition.Outcome.choices if one[0] != Disposition.Outcome.WITHDRAWN]

    outcome = forms.ChoiceField(label=gettext_lazy("What becomes of it?"), choices=OUTCOMES, widget=forms.RadioSelect)

    field_order = ("outcome", "reason")


class SatisfactionForm(forms.Form):
    """Whether the answer satisfies the society."""

    YES, NO = "yes", "no"

    is_satisfied = forms.ChoiceField(
        label=gettext_lazy("Does the answer satisfy your society?"),
        choices=((YES, gettext_lazy("Satisfied")), (NO, gettext_lazy("Not satisfied: this goes along to the ballot"))),
        widget=forms.RadioSelect,
    )
    words = JudgedWords(
        label=gettext_lazy("In a few words"), judge=rules.check_answer_words, required=False, widget=paragraph(3)
    )

    def clean_is_satisfied(self) -> bool:
        return bool(self.cleaned_data["is_satisfied"] == self.YES)
