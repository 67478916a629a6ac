"""Handing in a roster."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.core.access.errors import Refused
from collegium.core.people.roster.reading import FILE_BYTES, Sheet, read

ENCODINGS = (
    ("", gettext_lazy("Find out")),
    ("utf-8-sig", "UTF-8"),
    ("cp1252", gettext_lazy("Windows, western Europe")),
    ("utf-16", "UTF-16"),
    ("mac_roman", gettext_lazy("Old Macintosh")),
)


class RosterForm(forms.Form):
    """A file, and how its text is written if that cannot be found out."""

    file = forms.FileField(
        label=gettext_lazy("The roster"),
        help_text=gettext_lazy("CSV, XLSX, ODS or XLS, with headings in the first line."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.xls,.ods"}),
        error_messages={"required": gettext_lazy("Choose a file."), "empty": gettext_lazy("The file is empty.")},
    )
    encoding = forms.ChoiceField(label=gettext_lazy("Its text is written in"), choices=ENCODINGS, required=False)

    def clean(self) -> dict[str, Any]:
        """Adds `content` and `sheet`: the bytes and what stands in them."""
        values: dict[str, Any] = super().clean() or {}
        file = values.get("file")
        if file is None:
            return values
        if file.size > FILE_BYTES:
            self.add_error("file", _("The file is larger than %(limit)s MB.") % {"limit": FILE_BYTES // 1_000_000})
            return values
        values["content"] = file.read()
        try:
            values["sheet"] = self._read(values)
        except Refused as refusal:
            self.add_error("file", str(refusal.reason))
        return values

    def _read(self, values: dict[str, Any]) -> Sheet:
        return read(values["content"], encoding=values.get("encoding", ""))
