"""Somebody new: a person has one account for life, so whoever bears a known name is asked about first."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..persons import namesakes


class NewcomerForm(forms.Form):
    """A form with a `name`; somebody of that name is another person only if it is said so."""

    is_another = forms.BooleanField(label=gettext_lazy("It is somebody else of the same name"), required=False)
    has_namesake = False

    def clean(self) -> dict[str, Any]:
        asked: dict[str, Any] = super().clean() or {}
        known = namesakes(asked["name"]) if asked.get("name") else []
        self.has_namesake = bool(known)
        if known and not asked.get("is_another"):
            handles = ", ".join(f"@{person.handle}" for person in known)
            self.add_error("name", _("Somebody of this name is here already: %(handles)s.") % {"handles": handles})
        return asked
