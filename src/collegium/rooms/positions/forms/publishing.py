"""What is typed before a position is published."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from collegium.core.access.judged import JudgedWords, paragraph
from collegium.core.calls.clocks import Day

from ..rules.issues import check_reason
from .fields import moment, time_field, zone_field


class EmbargoForm(forms.Form):
    """Until when it is held back, on the clock of a zone, and whether it goes out by itself then."""

    day = Day(label=gettext_lazy("Not before which day?"))
    time, zone = time_field(), zone_field()
    publishes = forms.BooleanField(
        label=gettext_lazy("Publish it by itself at that moment"),
        required=False,
        help_text=gettext_lazy("Otherwise somebody of the team publishes it then."),
    )

    @property
    def told(self) -> dict[str, Any]:
        """What the action is told, from a sound form."""
        given = self.cleaned_data
        zone = given.get("zone") or "UTC"
        return {
            "ends_at": moment(given["day"], given.get("time"), zone),
            "zone": zone,
            "publishes": given["publishes"],
        }


class DatesForm(forms.Form):
    """When a review is due, and the last day on which it is relied on."""

    review_on = Day(label=gettext_lazy("On which day is its review due?"))
    sunset_on = Day(label=gettext_lazy("Until which day is it relied on, unless reaffirmed?"))
    reason = JudgedWords(
        label=gettext_lazy("Why?"),
        judge=check_reason,
        widget=paragraph(4),
        help_text=gettext_lazy("Shown to member societies, and kept."),
    )


class ListForm(forms.Form):
    """The list that is confirmed, by the digest of what was shown."""

    digest = forms.RegexField(r"\A[0-9a-f]{64}\Z", widget=forms.HiddenInput)
