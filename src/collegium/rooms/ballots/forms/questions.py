"""The form in which the council's team prepares a ballot: all that is settled before it opens."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.core.access.judged import paragraph
from collegium.core.access.standard import MEMBERS
from collegium.core.calls.clocks import LocalMoment, set_in_zone, zones
from collegium.core.calls.models import Call
from collegium.core.calls.queries import Roll
from collegium.core.groups.models import Group
from collegium.core.people.models import Person

from ..actions.preparing import Question
from ..counting.motions import Base, Presence
from ..models import Ballot
from ..rulesets import BASE_WORDS, PRESENCE_WORDS, SHARE_WORDS, TIES, RuleSet
from .fields import Words

SHARES = tuple(SHARE_WORDS.items())
WHO_SEES = (
    ("body", gettext_lazy("The members of the body")),
    ("members", gettext_lazy("All member societies")),
)
ELECTORATES = (
    (Call.Addressed.BODY, gettext_lazy("One vote for each society in the body, through its members there")),
    (Call.Addressed.MEMBERS, gettext_lazy("One vote for each member of the body")),
    (
        Call.Addressed.SOCIETIES,
        gettext_lazy("One vote for each member society, through whoever it has mandated to vote"),
    ),
)


def _tick(label: Any, help_text: Any = "") -> forms.BooleanField:
    return forms.BooleanField(label=label, help_text=help_text, required=False)


class QuestionForm(forms.Form):
    """What is asked, of whom, when, and under which rule."""

    title = Words(label=gettext_lazy("Title"), longest=200)
    raw = Words(label=gettext_lazy("The question"), widget=paragraph(6), longest=20_000)
    body = forms.ModelChoiceField(
        label=gettext_lazy("Body"),
        queryset=Group.objects.none(),
        help_text=gettext_lazy("Its officers preside: they rule, and certify."),
    )
    addressed = forms.ChoiceField(label=gettext_lazy("Who votes"), choices=ELECTORATES)
    seen_by = forms.ChoiceField(label=gettext_lazy("Who sees it, once announced"), choices=WHO_SEES)
    method = forms.ChoiceField(label=gettext_lazy("Method"), choices=Ballot.Method.choices)
    candidates = Words(
        label=gettext_lazy("Candidates"),
        help_text=gettext_lazy(
            "For an election: one in each line, with “|” and a few words after the name if you like."
        ),
        required=False,
        widget=paragraph(5),
        longest=60_000,
    )
    seats = forms.IntegerField(label=gettext_lazy("Places to fill"), min_value=1, max_value=100, initial=1)
    is_secret = _tick(gettext_lazy("Secret ballot"), gettext_lazy("Nobody, we neither, can look up who voted how."))
    opens_at = LocalMoment(label=gettext_lazy("Opens"))
    closes_at = LocalMoment(label=gettext_lazy("Closes"))
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"), choices=zones)
    notice_days = forms.IntegerField(
        label=gettext_lazy("Days of notice before it opens"), min_value=0, max_value=120, initial=7
    )
    quorum = forms.ChoiceField(
        label=gettext_lazy("Quorum"), choices=(("none", gettext_lazy("none")), *SHARES), initial="majority"
    )
    quorum_base = forms.ChoiceField(
        label=gettext_lazy("… of"), choices=[(base.value, BASE_WORDS[base]) for base in (Base.ENTITLED, Base.ABLE)]
    )
    presence = forms.ChoiceField(
        label=gettext_lazy("Who counts as present"),
        choices=[(one.value, PRESENCE_WORDS[one]) for one in Presence],
        initial=Presence.ANSWERED.value,
    )
    threshold = forms.ChoiceField(label=gettext_lazy("Carried by"), choices=SHARES, initial="majority")
    base = forms.ChoiceField(label=gettext_lazy("… of"), choices=[(base.value, BASE_WORDS[base]) for base in Base])
    against = forms.ChoiceField(
        label=gettext_lazy("At most against, of those who voted yes or no"),
        choices=(
            ("", gettext_lazy("no limit")),
            ("quarter", gettext_lazy("a quarter")),
            ("third", gettext_lazy("a third")),
        ),
        required=False,
    )
    takes_objections = _tick(gettext_lazy("Takes objections, each with a remedy"))
    stopped_by_objection = _tick(gettext_lazy("An objection stops it"))
    tie = forms.ChoiceField(label=gettext_lazy("Where the votes are equal"), choices=tuple(TIES.items()))
    closes_early = _tick(gettext_lazy("Closes as soon as all who take part have voted"))
    publication = forms.ChoiceField(label=gettext_lazy("What is published"), choices=Ballot.Publication.choices)
    tellers = Words(
        label=gettext_lazy("Tellers"),
        help_text=gettext_lazy(
            "Handles, as in the address of a person’s page, one in each line. One of them certifies beside an officer;"
            " without tellers any two of the officers and the council’s team do."
        ),
        required=False,
        widget=paragraph(2),
    )

    def __init__(self, *arguments: Any, **words: Any) -> None:
        super().__init__(*arguments, **words)
        bodies = Group.objects.filter(circle__isnull=False).order_by("entry__title")
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]  # a choice of rows

    @classmethod
    def of(cls, ballot: Ballot, data: Any = None) -> QuestionForm:
        """Filled with what is prepared."""
        call, zone = ballot.call, ballot.call.time_zone
        filled = {
            "title": ballot.entry.title,
            "raw": call.raw,
            "body": ballot.body_id,
            "addressed": call.addressed,
            "seen_by": "members" if call.seen_by_id == MEMBERS else "body",
            "method": ballot.method,
            "candidates": "\n".join(" | ".join(filter(None, (one.name, one.words))) for one in ballot.options.all()),
            "seats": ballot.seats,
            "is_secret": ballot.is_secret,
            "opens_at": _local(call.opens_at, zone),
            "closes_at": _local(call.closes_at, zone),
            "time_zone": zone,
            "publication": ballot.publication,
            "tellers": "\n".join(ballot.tellers.values_list("person__handle", flat=True)),
        }
        return cls(data, initial=filled | ballot.rule)

    def clean(self) -> dict[str, Any]:
        set_in_zone(self, "opens_at", "closes_at")
        return self.cleaned_data

    def clean_tellers(self) -> list[int]:
        handles = [line.strip() for line in self.cleaned_data["tellers"].splitlines() if line.strip()]
        found = dict(Person.objects.filter(handle__in=handles, closed_at=None).values_list("handle", "pk"))
        if unknown := [handle for handle in handles if handle not in found]:
            raise forms.ValidationError(_("Nobody here has the handle “%(handle)s”.") % {"handle": unknown[0][:100]})
        return list(found.values())

    def question(self) -> Question:
        """What the action takes."""
        told = self.cleaned_data
        rule = {name: told[name] for name in RuleSet.__dataclass_fields__ if name in told}
        circle = told["body"].circle
        return Question(
            **{name: told[name] for name in _TAKEN},
            seen_by=MEMBERS if told["seen_by"] == "members" else circle.audience_id,
            ruleset=RuleSet(**rule),
            roll=Roll(),
            options=tuple(_candidate(line) for line in told["candidates"].splitlines() if line.strip()),
            tellers=tuple(told["tellers"]),
        )


_TAKEN = (
    "title",
    "raw",
    "body",
    "addressed",
    "method",
    "seats",
    "is_secret",
    "opens_at",
    "closes_at",
    "time_zone",
    "publication",
)


def _candidate(line: str) -> tuple[str, str]:
    name, _bar, words = line.partition("|")
    return name.strip(), words.strip()[:300]


def _local(moment: Any, zone: str) -> Any:
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
