"""What the council's team fills in."""

from __future__ import annotations

from typing import Any

from allauth.account.fields import EmailField
from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.core.people.models import Person
from collegium.web.account.forms.fields import Words


class OfSomebodyForm(forms.Form):
    """A form that names a person by their handle; what it is called there, each form says."""

    def clean_handle(self) -> Person:
        typed = self.cleaned_data["handle"].strip().lstrip("@").lower()
        found = Person.objects.filter(handle=typed).select_related("merged_into").first()
        # Who knows somebody by the handle of an account that was joined means the one it was joined to.
        meant = found and (found.merged_into or found)
        if meant is None or meant.closed_at is not None:
            raise forms.ValidationError(_("Nobody with an open account has this handle."))
        return meant


class ProposalForm(OfSomebodyForm):
    """An address for somebody who cannot get at theirs."""

    handle = forms.CharField(
        label=_("Whose"), max_length=60, help_text=_("The handle, as in the address of their page.")
    )
    email = EmailField(label=_("New address"), max_length=254)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["email"].widget.attrs = {"type": "email", "autocomplete": "off"}


class OverrideForm(forms.Form):
    """Why a proposed address may take effect without its owner."""

    reason = Words(
        label=_("Reason"),
        room=1000,
        multiline=True,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The person reads it at the old address, and has 72 hours to object."),
    )


class AnswerForm(forms.Form):
    """What a reader of a letter would answer."""

    text = Words(label=_("Answer by e-mail"), room=10_000, multiline=True, widget=forms.Textarea(attrs={"rows": 5}))
