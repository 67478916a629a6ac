"""What the team sees of undertakings: the texts, who needs them, how far their acceptance is, who was bound when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django import forms
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.core.calls.clocks import Day
from collegium.core.groups.models import Undertaking
from collegium.core.groups.models.undertakings import GRACE_DAYS, LONGEST_GRACE
from collegium.core.groups.queries import bound_on, needs_in_force, progress
from collegium.web.account.forms.fields import Words

LONGEST_TEXT = 50_000
HEAD = (
    gettext_lazy("Undertaking"),
    gettext_lazy("Version"),
    gettext_lazy("Society"),
    gettext_lazy("Name"),
    gettext_lazy("Handle"),
    gettext_lazy("Title"),
    gettext_lazy("Accepted at (UTC)"),
    gettext_lazy("Admits"),
    gettext_lazy("SHA-256 of the text"),
)


class DrawUpForm(forms.Form):
    """A new undertaking; its text comes with the first version."""

    name = Words(label=gettext_lazy("Name"), room=120)
    slug = forms.SlugField(
        label=gettext_lazy("Short name in its address"), max_length=60, help_text=gettext_lazy("Letters and hyphens.")
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Undertaking.Kind.choices)


class VersionForm(forms.Form):
    """The text of the next version, and how long whoever accepted the one before may read on."""

    text = Words(
        label=gettext_lazy("Text"),
        room=LONGEST_TEXT,
        multiline=True,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=gettext_lazy("In Markdown. Once published it never changes."),
    )
    grace_days = forms.IntegerField(
        label=gettext_lazy("Days in which the version before still admits"),
        min_value=0,
        max_value=LONGEST_GRACE,
        initial=GRACE_DAYS,
    )


class DayForm(forms.Form):
    """The day of the export."""

    on = Day(label=gettext_lazy("Day"))


def list_page(at: datetime) -> list[dict[str, Any]]:
    """Each undertaking with its newest version and the groups that need it."""
    needs: dict[int, list[str]] = {}
    for need in needs_in_force(at):
        needs.setdefault(need.undertaking_id, []).append(need.group.name)
    found = Undertaking.objects.select_related("entry").prefetch_related("versions").order_by("entry__title")
    return [
        {"undertaking": row, "newest": next(iter(row.versions.all()), None), "groups": needs.get(row.pk, [])}
        for row in found
    ]


def undertaking_of(slug: str) -> Undertaking:
    """The undertaking, or Http404."""
    found = Undertaking.objects.select_related("entry").filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def one_page(undertaking: Undertaking, at: datetime) -> dict[str, Any]:
    """Its versions, and for each group that needs it how many have accepted the newest."""
    counted = {row["group_id"]: row for row in progress(at, undertaking=undertaking.pk)}
    nobody = {"asked": 0, "accepted": 0, "barred": 0}
    return {
        "undertaking": undertaking,
        "versions": list(undertaking.versions.select_related("published_by")),
        "groups": [
            {"need": need, **counted.get(need.group_id, nobody)} for need in needs_in_force(at, undertaking=undertaking)
        ],
    }


def end_of(day: date) -> datetime:
    """The last moment of a day in the council's time zone."""
    midnight = datetime.combine(day + timedelta(days=1), time(), timezone.get_default_timezone())
    return midnight.astimezone(UTC) - timedelta(microseconds=1)


def export_rows(day: date) -> Iterator[tuple[Any, ...]]:
    """Who was bound to which version at the end of the day; one row for each seat."""
    for row in bound_on(end_of(day)):
        yield (
            row["undertaking"],
            row["number"],
            row["society"],
            row["name"],
            row["handle"],
            row["title"],
            row["accepted_at"].astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S"),
            _("yes") if row["admits"] else _("no"),
            row["digest"],
        )
