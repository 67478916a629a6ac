"""Tenures and mandates."""

from __future__ import annotations

from typing import Any

from allauth.account.fields import EmailField
from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.core.people.models import Function, Mandate, Person, Tenure
from collegium.web.account.forms.fields import Words

from .fields import Chosen, Day
from .newcomers import NewcomerForm


class TenureForm(NewcomerForm):
    """Who takes which seat, from when: somebody known by their handle, or a newcomer with a first address."""

    function = Chosen(label=_("Seat"), nothing=_("Choose a function"))
    handle = forms.CharField(
        label=_("Somebody known: the handle"),
        required=False,
        max_length=60,
        help_text=_("As in the address of their page. Leave it empty for somebody new."),
    )
    name = Words(label=_("Somebody new: the name"), room=150, required=False)
    email = EmailField(
        label=_("Their first address"),
        required=False,
        max_length=254,
        help_text=_("They sign in with a code sent to it."),
    )
    title = Words(label=_("Title"), room=150, help_text=_("As on their card: “Chief Financial Officer”."))
    capacity = forms.ChoiceField(label=_("Capacity"), choices=Tenure.Capacity.choices)
    leadership = forms.ChoiceField(label=_("Staff or volunteer"), choices=Tenure.Leadership.choices)
    starts_on = Day(label=_("First day"))
    last_day = Day(label=_("Last day"), required=False, help_text=_("Leave it empty if no end is known."))

    def __init__(self, *args: Any, functions: list[Function], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["email"].widget.attrs = {"type": "email", "autocomplete": "off"}
        self.fields["function"].offer([(row.slug, row.name) for row in functions])  # type: ignore[attr-defined]  # ours
        self.functions = {row.slug: row for row in functions}

    def clean_function(self) -> Function:
        return self.functions[self.cleaned_data["function"]]

    def clean_handle(self) -> Person | None:
        typed = self.cleaned_data["handle"].strip().lstrip("@").lower()
        found = Person.objects.filter(handle=typed).first() if typed else None
        if typed and found is None:
            raise forms.ValidationError(_("Nobody has this handle."))
        return found

    def clean(self) -> dict[str, Any]:
        asked = super().clean()
        if "handle" not in asked:
            return asked
        if asked["handle"] is None:
            for field, message in (("name", _("A handle above, or a name here.")), ("email", _("A first address."))):
                if field in asked and not asked[field]:
                    self.add_error(field, message)
        elif asked.get("name") or asked.get("email"):
            self.add_error("handle", _("Either somebody known or somebody new: leave the handle or the name empty."))
        return asked


class LastDayForm(forms.Form):
    """The last day of a tenure or a mandate."""

    last_day = Day(label=_("Last day"), help_text=_("It ends at midnight after this day, where the society is."))


class MandateForm(forms.Form):
    """What the holder may do for the society."""

    act = forms.ChoiceField(label=_("May"), choices=Mandate.Act.choices)
    is_alternate = forms.BooleanField(label=_("As the alternate"), required=False)
    starts_on = Day(label=_("First day"))
    last_day = Day(label=_("Last day"), required=False, help_text=_("Leave it empty if no end is known."))
