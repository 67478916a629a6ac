"""Who one is here, and who sees how to reach one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.core.notices.models import Level
from collegium.core.people.models import ContactVisibility, Person

from .fields import NameWords, WordList, Words, ZoneField


class ProfileForm(forms.Form):
    """What the house shows of a person, and how it writes times for them."""

    name = NameWords(label=_("Name"), room=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    credentials = NameWords(
        label=_("Credentials"),
        room=60,
        required=False,
        help_text=_("As you put them behind your name: “CPA, MBA”."),
        widget=forms.TextInput(attrs={"autocomplete": "honorific-suffix"}),
    )
    expertise = WordList(
        label=_("What peers may ask you about"),
        most=12,
        length=60,
        required=False,
        help_text=_("A few words each, separated by commas: “reserves policy, lease accounting”."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    about = Words(
        label=_("About you"), room=2000, multiline=True, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    phone = Words(
        label=_("Telephone"),
        room=40,
        required=False,
        help_text=_("Shown to nobody unless you say so under “Who sees what”."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    time_zone = ZoneField(
        label=_("Time zone"), help_text=_("Times on pages and in letters are written for this place.")
    )

    def __init__(self, *args: Any, person: Person, **options: Any) -> None:
        initial = {name: getattr(person, name) for name in self.base_fields if hasattr(person, name)}
        super().__init__(*args, **{**options, "initial": initial})
        _keep_present_zone(self.fields["time_zone"], person.time_zone)


def _keep_present_zone(field: Any, zone: str) -> None:
    """A zone under an old name stays until its owner chooses another."""
    if not field.valid_value(zone):
        field.choices = [(zone, zone), *field.choices]


class VisibilityForm(forms.Form):
    """Who sees the two things one can be reached by."""

    address_seen_by = forms.ChoiceField(
        label=_("Your e-mail address"), choices=ContactVisibility.choices, widget=forms.RadioSelect
    )
    phone_seen_by = forms.ChoiceField(
        label=_("Your telephone number"), choices=ContactVisibility.choices, widget=forms.RadioSelect
    )


class WelcomeForm(VisibilityForm):
    """What the house asks when one comes for the first time."""

    time_zone = ZoneField(
        label=_("Your time zone"), help_text=_("Times on pages and in letters are written for this place.")
    )
    level = forms.ChoiceField(
        label=_("How much do you want to hear?"),
        choices=[("", _("As each group suggests")), *Level.choices],
        required=False,
        help_text=_("For all your groups; you can choose for each of them later."),
    )

    def __init__(self, *args: Any, person: Person, **options: Any) -> None:
        names = ("time_zone", "address_seen_by", "phone_seen_by")
        super().__init__(*args, **{**options, "initial": {name: getattr(person, name) for name in names}})
        _keep_present_zone(self.fields["time_zone"], person.time_zone)
