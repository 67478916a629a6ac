"""What is typed of issues: the intake by its criteria, and what was decided."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.core.access.chosen import Chosen
from collegium.core.access.judged import JudgedWords, paragraph
from collegium.core.calls.clocks import Day
from collegium.core.groups.models import Group
from collegium.core.people.models import Organization, Tenure

from ..actions.issues import Answers
from ..criteria import CHOICE, DEADLINE, SOCIETIES, TEXT, Criterion, intake
from ..models import Issue
from ..queries.similar import Similar
from ..rules.issues import check_reason, check_title, check_words
from .fields import Societies, moment, time_field, zone_field

LISTED = "similar"


def _text(criterion: Criterion) -> forms.Field:
    return JudgedWords(label=criterion.label, help_text=criterion.hint, judge=check_words, widget=paragraph(4))


def _choice(criterion: Criterion) -> forms.Field:
    choices = [(words, words) for words in criterion.choices]
    return forms.ChoiceField(label=criterion.label, help_text=criterion.hint, choices=choices, widget=forms.RadioSelect)


def _societies(criterion: Criterion) -> forms.Field:
    return Societies(label=criterion.label, help_text=criterion.hint)


def name_of(criterion: Criterion) -> str:
    """What the criterion's field is called; a council may call its criteria as it likes."""
    return f"answer-{criterion.slug}"


FIELDS = {TEXT: _text, CHOICE: _choice, SOCIETIES: _societies}


class IssueForm(forms.Form):
    """A title, what the criteria ask, and for whom it is raised; `seen` names the similar things that were shown."""

    title = JudgedWords(label=gettext_lazy("What is it about?"), judge=check_title)
    speaker = forms.ChoiceField(label=gettext_lazy("You raise it for"), widget=forms.RadioSelect)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        tenures: Sequence[Tenure],
        groups: Sequence[Group],
        societies: Iterable[Organization],
        similar_url: str,
        zone: str,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.tenures = {f"society-{one.pk}": one for one in tenures}
        self.groups = {f"group-{one.pk}": one for one in groups} if tenures else {}
        self.fields["title"].widget.attrs |= {
            "hx-get": similar_url,
            "hx-trigger": "change",
            "hx-target": f"#{LISTED}",
        }
        speaker: Any = self.fields["speaker"]
        speaker.choices = [
            *((key, f"{one.seat.organization.name} ({one.title})") for key, one in self.tenures.items()),
            *((key, _("the group %(name)s") % {"name": one.name}) for key, one in self.groups.items()),
        ]
        if len(speaker.choices) == 1:
            speaker.initial = speaker.choices[0][0]
        self._ask(list(societies), zone)
        self.order_fields(["title", *(name_of(one) for one in intake().criteria if one.kind in FIELDS)])

    def _ask(self, societies: list[Organization], zone: str) -> None:
        for criterion in intake().criteria:
            if criterion.kind in FIELDS:
                field = self.fields[name_of(criterion)] = FIELDS[criterion.kind](criterion)
                field.required = criterion.required
                if isinstance(field, Societies):
                    field.offer(societies)
            elif criterion.kind == DEADLINE:
                self.fields["day"] = Day(label=criterion.label, required=criterion.required, help_text=criterion.hint)
                self.fields["time"], self.fields["zone"] = time_field(), zone_field()
                self.fields["zone"].initial = zone

    @property
    def questions(self) -> list[Any]:
        """The criteria's own fields as they stand on the page."""
        return [self[name_of(one)] for one in intake().criteria if one.kind in FIELDS]

    @property
    def told(self) -> dict[str, Any]:
        """What the action is told, from a sound form."""
        given = self.cleaned_data
        at = moment(given.get("day"), given.get("time"), given.get("zone", ""))
        ticked = [key for one in intake().of_kind(SOCIETIES) for key in given[name_of(one)]]
        words = {one.slug: given[name_of(one)] for one in intake().of_kind(TEXT, CHOICE)}
        answers = Answers(words, ticked, (at, given.get("zone") or "UTC") if at else None)
        group = self.groups.get(given["speaker"])
        tenure = self.tenures.get(given["speaker"]) or next(iter(self.tenures.values()), None)
        return {"title": given["title"], "answers": answers, "tenure": tenure, "group": group}


def seen_of(found: Sequence[Similar]) -> str:
    """A word for exactly these similar things; empty for none."""
    return hashlib.sha256(repr([one.id for one in found]).encode()).hexdigest()[:16] if found else ""


class ReasonForm(forms.Form):
    """Why, for those who read it."""

    reason = JudgedWords(label=gettext_lazy("The reason"), judge=check_reason, widget=paragraph(5))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].error_messages["required"] = _("Give the reason: it is shown and kept.")


class TriageForm(ReasonForm):
    """What is decided of an issue."""

    ACCEPT, DECLINE, MERGE, REFER = "accepted", "declined", "merged", "referred"
    OUTCOMES = (
        (ACCEPT, gettext_lazy("Accept it: the council takes it up")),
        (DECLINE, gettext_lazy("Decline it")),
        (MERGE, gettext_lazy("Merge it into another issue")),
        (REFER, gettext_lazy("Refer it to a group, which advises first")),
    )

    outcome = forms.ChoiceField(label=gettext_lazy("What is decided?"), choices=OUTCOMES, widget=forms.RadioSelect)
    into = Chosen(label=gettext_lazy("Into which issue, if it is merged?"), required=False)
    to = Chosen(label=gettext_lazy("To which group, if it is referred?"), required=False)

    field_order = ("outcome", "into", "to", "reason")

    def __init__(self, *args: Any, issues: Iterable[Issue], groups: Iterable[Group], **options: Any) -> None:
        super().__init__(*args, **options)
        into: Any = self.fields["into"]
        into.offer(issues)
        to: Any = self.fields["to"]
        to.offer(groups)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("outcome") == self.MERGE and not given.get("into") and "into" not in self.errors:
            self.add_error("into", _("Say into which issue."))
        if given.get("outcome") == self.REFER and not given.get("to") and "to" not in self.errors:
            self.add_error("to", _("Say to which group."))
        return given
