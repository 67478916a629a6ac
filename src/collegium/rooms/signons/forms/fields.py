"""Fields the forms of letters share."""

from __future__ import annotations

from typing import Any

from django import forms

from collegium.core.calls.clocks import check_in_our_time

_FORM = "%Y-%m-%dT%H:%M"


def paragraph(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def day_field(label: Any, **options: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    options.setdefault("validators", [check_in_our_time])
    return forms.DateField(label=label, widget=widget, input_formats=["%Y-%m-%d"], **options)


class MomentField(forms.DateTimeField):
    """A day and a time on the clock of a zone the form knows."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(format=_FORM, attrs={"type": "datetime-local"})
        options.setdefault("validators", [check_in_our_time])
        super().__init__(widget=widget, input_formats=[_FORM, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"], **options)
