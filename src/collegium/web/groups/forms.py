"""What is written at a group's door."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.core.calls.clocks import Day
from collegium.core.groups.models.suspensions import LONGEST_REASON
from collegium.core.groups.models.undertakings import GRACE_DAYS, LONGEST_GRACE
from collegium.core.notices.models import Level
from collegium.core.people.models import Person

from ..together import Row

LONGEST_NOTE = 2000


class Words(forms.CharField):
    """Text whose length is judged here and not by the browser, which would silently cut off what is pasted."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}


class SeatForm(forms.Form):
    """With which of one's seats to come in; there is nothing to choose where only one is admitted."""

    tenure = forms.TypedChoiceField(label=_("With which seat?"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, seats: Sequence[Row], **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["tenure"]
        field.choices = [(seat["id"], f"{seat['title']}, {seat['society']}") for seat in seats]
        if len(seats) == 1:
            field.widget = forms.HiddenInput()
            field.initial = seats[0]["id"]


class AskForm(SeatForm):
    """The same with a few words to those who answer."""

    note = Words(
        label=_("A word to those who answer"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What you do, and what you hope to find in the group."),
    )


class AnswerForm(forms.Form):
    """Why a request is approved or declined; the person reads it."""

    reason = Words(
        label=_("Your answer"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The person reads it. To decline, say why."),
    )


class LevelForm(forms.Form):
    """How much of the group to hear."""

    level = forms.ChoiceField(label=_("Letters and notices"), choices=Level.choices)


class RosterForm(forms.Form):
    """What one may narrow a roster by."""

    society = forms.SlugField(label=_("Society"), required=False, max_length=60, widget=forms.Select)


class CharterForm(forms.Form):
    """A new version of the charter."""

    text = Words(label=_("Text of the charter"), max_length=100_000, widget=forms.Textarea(attrs={"rows": 18}))


class NeedForm(forms.Form):
    """Which undertaking the group is to need, and how long its present members have to accept it."""

    undertaking = forms.ChoiceField(label=_("Undertaking"))
    grace_days = forms.IntegerField(
        label=_("Days in which members may read on without"),
        min_value=0,
        max_value=LONGEST_GRACE,
        initial=GRACE_DAYS,
    )

    def __init__(self, *args: Any, free: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["undertaking"]
        field.choices = free


class SuspensionForm(forms.Form):
    """Whom to keep out, until when, and why."""

    handle = forms.CharField(
        label=_("Whom"), max_length=60, help_text=_("The handle, as in the address of their page.")
    )
    last_day = Day(label=_("Last day"))
    reason = Words(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The person reads it."),
    )

    def clean_handle(self) -> Person:
        typed = self.cleaned_data["handle"].strip().lstrip("@").lower()
        found = Person.objects.filter(handle=typed, closed_at=None).first()
        if found is None:
            raise forms.ValidationError(_("Nobody with an open account has this handle."))
        return found


class ReadingForm(forms.Form):
    """Why one of the council's team should read the group."""

    reason = Words(
        label=_("Why do you have to read it?"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Every member of the group reads your name and this reason."),
    )
