"""What is typed of positions: their beginning, who works on them, their text, their steps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.core.access.chosen import Chosen
from collegium.core.access.judged import JudgedWords, paragraph
from collegium.core.calls.clocks import Day
from collegium.core.groups.models import Group
from collegium.core.people.models import Organization, Tenure

from ..models import Committee, Position, Revision
from ..rules import positions as rules
from ..rules.issues import check_reason, check_title
from .fields import Societies, moment, time_field, zone_field


class PositionForm(forms.Form):
    """What a new position is called, what it is, who leads it."""

    title = JudgedWords(label=gettext_lazy("Title"), judge=check_title)
    kind = forms.ChoiceField(label=gettext_lazy("What is it?"), choices=Position.Kind.choices, widget=forms.RadioSelect)
    lead = Chosen(label=gettext_lazy("Which society leads the drafting?"), required=False)

    def __init__(self, *args: Any, societies: Iterable[Organization], **options: Any) -> None:
        super().__init__(*args, **options)
        lead: Any = self.fields["lead"]
        lead.offer(societies)


class LeadForm(forms.Form):
    """Which society leads."""

    lead = Chosen(label=gettext_lazy("Which society leads the drafting?"))

    def __init__(self, *args: Any, societies: Iterable[Organization], **options: Any) -> None:
        super().__init__(*args, **options)
        lead: Any = self.fields["lead"]
        lead.offer(societies)


class TouchedForm(forms.Form):
    """Whom it touches."""

    societies = Societies(label=gettext_lazy("Which societies does it touch? They are asked first"))

    def __init__(self, *args: Any, offered: Iterable[Organization], **options: Any) -> None:
        super().__init__(*args, **options)
        societies: Any = self.fields["societies"]
        societies.offer(offered)


class _Seated:
    """A tenure as a choice names it."""

    def __init__(self, tenure: Tenure) -> None:
        self.tenure, self.pk = tenure, tenure.pk

    def __str__(self) -> str:
        return f"{self.tenure.person.name}, {self.tenure.title}, {self.tenure.seat.organization.name}"


class DrafterForm(forms.Form):
    """Who drafts as well."""

    tenure = Chosen(label=gettext_lazy("Who drafts it as well?"))

    def __init__(self, *args: Any, tenures: Iterable[Tenure], **options: Any) -> None:
        super().__init__(*args, **options)
        tenure: Any = self.fields["tenure"]
        tenure.offer([_Seated(one) for one in tenures])

    def clean_tenure(self) -> Tenure:
        found: _Seated = self.cleaned_data["tenure"]
        return found.tenure


class InterestsForm(forms.Form):
    """A drafter's interests in the matter."""

    NONE, SOME = "none", "some"

    has_interests = forms.ChoiceField(
        label=gettext_lazy("Do you, your household or your employer gain or lose by what this position says?"),
        choices=((NONE, gettext_lazy("No")), (SOME, gettext_lazy("Yes"))),
        widget=forms.RadioSelect,
    )
    words = JudgedWords(
        label=gettext_lazy("If so: by what, and how much?"),
        judge=lambda words: rules.check_interests(words, has_interests=True) if words.strip() else "",
        required=False,
        widget=paragraph(4),
    )

    def clean_has_interests(self) -> bool:
        return bool(self.cleaned_data["has_interests"] == self.SOME)


class TextForm(forms.Form):
    """Another wording of the whole text, from the revision it began with."""

    title = JudgedWords(label=gettext_lazy("Title"), judge=check_title)
    raw = JudgedWords(
        label=gettext_lazy("Text"),
        judge=rules.check_text,
        widget=forms.Textarea(attrs={"rows": 24}),
        help_text=gettext_lazy("Markdown. A blank line begins another paragraph: societies comment on each."),
    )
    change = forms.ChoiceField(
        label=gettext_lazy("How much does it change?"),
        choices=[one for one in Revision.Change.choices if one[0] != Revision.Change.FIRST],
        widget=forms.RadioSelect,
        required=False,
        help_text=gettext_lazy(
            "After the societies were asked, only what is substantive is brought before them again."
        ),
    )
    note = JudgedWords(label=gettext_lazy("In a few words: what changed?"), judge=rules.check_note, required=False)
    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=99_999)

    def __init__(self, *args: Any, is_first: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if is_first:
            del self.fields["change"], self.fields["note"]

    @property
    def told(self) -> dict[str, Any]:
        """What the action is told, from a sound form."""
        given = self.cleaned_data
        return {
            "title": given["title"],
            "raw": given["raw"],
            "base": given["base"],
            "change": given.get("change", "") if "change" in self.fields else Revision.Change.FIRST,
            "note": given.get("note", ""),
        }


class StepForm(forms.Form):
    """A step of a position: why, and until when societies are asked."""

    reason = JudgedWords(
        label=gettext_lazy("The reason"),
        judge=lambda words: check_reason(words) if words.strip() else "",
        required=False,
        widget=paragraph(4),
    )

    def __init__(self, *args: Any, has_window: bool, needs_reason: bool, zone: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].required = needs_reason
        self.fields["reason"].error_messages["required"] = _("Give the reason: it is shown and kept.")
        if has_window:
            self.fields["day"] = Day(label=_("Until when?"))
            self.fields["time"], self.fields["zone"] = time_field(), zone_field()
            self.fields["zone"].initial = zone
            self.fields["questions"] = JudgedWords(
                label=_("What do you want to know of them?"),
                judge=rules.check_questions,
                required=False,
                widget=paragraph(4),
                help_text=_("Markdown. It stands in what they are asked, below the text they are asked about."),
            )
            self.order_fields(["day", "time", "zone", "questions", "reason"])

    @property
    def told(self) -> dict[str, Any]:
        """What the action is told, from a sound form."""
        given = self.cleaned_data
        zone = given.get("zone") or "UTC"
        closes_at: datetime | None = moment(given.get("day"), given.get("time"), zone)
        told = {"reason": given["reason"], "closes_at": closes_at, "zone": zone}
        return told | {"questions": given.get("questions", "")}


class BallotForm(forms.Form):
    """Which body decides, and from when until when."""

    body = Chosen(label=gettext_lazy("Which body decides?"))
    opening = Day(label=gettext_lazy("From which day?"))
    day = Day(label=gettext_lazy("Until when?"))
    time, zone = time_field(), zone_field()

    def __init__(self, *args: Any, bodies: Iterable[Group], **options: Any) -> None:
        super().__init__(*args, **options)
        body: Any = self.fields["body"]
        body.offer(bodies)

    @property
    def told(self) -> dict[str, Any]:
        """What the action is told, from a sound form: it opens and closes at the same time of the day."""
        given = self.cleaned_data
        opens_at, closes_at = (moment(given[name], given["time"], given["zone"]) for name in ("opening", "day"))
        return {"body": given["body"], "opens_at": opens_at, "closes_at": closes_at, "zone": given["zone"]}


class CommitteeForm(forms.Form):
    """Which group does a part of the work; nothing chosen leaves it with the council's team."""

    role = forms.ChoiceField(choices=Committee.Role.choices, widget=forms.HiddenInput)
    group = Chosen(label=gettext_lazy("Group"), required=False)

    def __init__(self, *args: Any, groups: Iterable[Group], **options: Any) -> None:
        super().__init__(*args, **options)
        group: Any = self.fields["group"]
        group.offer(groups)


class RelationForm(forms.Form):
    """Which position this one replaces."""

    target = Chosen(label=gettext_lazy("Which position does it replace?"))

    def __init__(self, *args: Any, positions: Iterable[Position], **options: Any) -> None:
        super().__init__(*args, **options)
        target: Any = self.fields["target"]
        target.offer(positions)
