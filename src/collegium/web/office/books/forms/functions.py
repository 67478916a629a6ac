"""Functions."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.web.account.forms.fields import Words


class FunctionForm(forms.Form):
    """What a function is called."""

    name = Words(label=_("Name"), room=100, help_text=_("“Chief Financial Officer”."))
    plural = Words(label=_("Plural"), room=100, help_text=_("“Chief Financial Officers”."))
    short = Words(label=_("Short name"), room=40, help_text=_("“CFO”."))
    about = Words(label=_("About"), room=2000, multiline=True, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class NewFunctionForm(FunctionForm):
    """A function no society has a seat for yet."""

    single_holder = forms.BooleanField(
        label=_("Held by one person at a time"),
        required=False,
        help_text=_("Beside deputies. This is said once and stays."),
    )
