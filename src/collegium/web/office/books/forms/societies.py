"""Organizations: what is said about them, what narrows their list, where one stands from a day on."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from collegium.core.people.models import Organization, Standing
from collegium.web.account.forms.fields import Words, ZoneField

from .fields import Chosen, Day

KINDS = [(kind, name) for kind, name in Organization.Kind.choices if kind != Organization.Kind.COUNCIL]
_HOST = re.compile(r"https?://[^\s/]+", re.IGNORECASE)


class SocietiesForm(forms.Form):
    """What one may narrow the list by."""

    q = forms.CharField(label=_("Name or acronym"), required=False, max_length=150)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("Every kind")), *Organization.Kind.choices]
    )
    standing = forms.ChoiceField(
        label=_("Standing"),
        required=False,
        choices=[("", _("Every standing")), *Standing.Status.choices, ("none", _("None today"))],
    )


class FactsForm(forms.Form):
    """What is said about an organization."""

    name = Words(label=_("Name"), room=200)
    acronym = Words(label=_("Acronym"), room=20, required=False)
    specialty = Words(label=_("Specialty"), room=100, required=False)
    about = Words(label=_("About"), room=5000, multiline=True, required=False, widget=forms.Textarea(attrs={"rows": 4}))
    city = Words(label=_("City"), room=100, required=False)
    website = forms.URLField(label=_("Website"), required=False, max_length=200, assume_scheme="https")
    founded = forms.IntegerField(label=_("Founded"), required=False, min_value=1000, max_value=2200)
    members = forms.IntegerField(label=_("Members"), required=False, min_value=0, max_value=2_000_000_000)
    time_zone = ZoneField(
        label=_("Time zone"), help_text=_("Tenures and standings begin and end at midnight in this zone.")
    )

    def clean_website(self) -> str:
        """Only what a browser can open goes into a link."""
        typed: str = self.cleaned_data["website"]
        if typed and not _HOST.match(typed):
            raise forms.ValidationError(_("An address that begins with https:// or http://."))
        return typed

    @classmethod
    def about_one(cls, organization: Organization, typed: Any = None) -> FactsForm:
        """The form with what stands now; a zone under an old name stays until another is chosen."""
        initial = {name: getattr(organization, name) for name in cls.base_fields}
        form = cls(typed, initial=initial)
        zone: Any = form.fields["time_zone"]
        if not zone.valid_value(organization.time_zone):
            zone.choices = [(organization.time_zone, organization.time_zone), *zone.choices]
        return form


class NewOrganizationForm(FactsForm):
    """An organization the council did not know before."""

    field_order = ("kind", "parent", "name", "slug")

    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS)
    parent = Chosen(
        label=_("Belongs to"),
        nothing=_("Nobody: it has a standing of its own"),
        required=False,
        help_text=_("A foundation or a designated subspecialty society stands as the society it belongs to."),
    )
    slug = forms.SlugField(
        label=_("Short name in the address"),
        required=False,
        max_length=60,
        help_text=_("Small letters, digits and hyphens; made from the name if you leave it empty. It stays for good."),
    )

    def __init__(self, *args: Any, parents: list[Organization], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["parent"].offer([(row.slug, row.name) for row in parents])  # type: ignore[attr-defined]  # ours
        self.parents = {row.slug: row for row in parents}

    def clean_parent(self) -> Organization | None:
        return self.parents.get(self.cleaned_data["parent"])

    def clean(self) -> dict[str, Any]:
        asked: dict[str, Any] = super().clean() or {}
        if "slug" in asked and not asked["slug"]:
            asked["slug"] = slugify(asked.get("name", ""))[:60].strip("-")
            if not asked["slug"] and "name" in asked:
                self.add_error("slug", _("Write one: the name has no letters an address could be made of."))
        return asked


class StandingForm(forms.Form):
    """Where an organization stands from a day on."""

    status = forms.ChoiceField(label=_("Standing"), choices=Standing.Status.choices)
    from_day = Day(label=_("From"), help_text=_("From midnight on where the society is. A day that is past is fine."))
