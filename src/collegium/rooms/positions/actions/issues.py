"""Raising an issue, deciding of it, withdrawing it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.standard import MEMBERS
from collegium.core.access.viewers import Viewer
from collegium.core.entries import lexemes
from collegium.core.entries.actions import Text, write_passages
from collegium.core.entries.models import Entry
from collegium.core.groups.models import Group
from collegium.core.notices.actions import follow_by_taking_part
from collegium.core.people.models import Organization, Tenure
from collegium.core.people.queries import acting, member_societies
from collegium.core.people.rules import check_time_zone, check_told
from collegium.core.trail import actions as trail
from collegium.core.trail.registry import Past
from collegium.design.text import render_markdown

from .. import events
from ..criteria import CHOICE, DEADLINE, SOCIETIES, TEXT, answered_by, intake
from ..models import Affected, Issue, IssueAnswer, Triage
from ..rules.issues import (
    check_merge_issue,
    check_raise_issue,
    check_reason,
    check_refer_issue,
    check_title,
    check_triage,
    check_withdraw_issue,
    check_words,
)

ENTRY_KIND = "issue"


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered to the criteria: words by their slugs, the societies it touches, the outside world's deadline.

    `deadline` is a moment with the zone in which it was said.
    """

    words: Mapping[str, str] = field(default_factory=dict)
    affected: Iterable[int] = ()
    deadline: tuple[datetime, str] | None = None


@transaction.atomic
def raise_issue(
    *, title: str, answers: Answers, tenure: Tenure | None, group: Group | None = None, viewer: Viewer, at: datetime
) -> Issue:
    """Bring something to the council, for the society of one's seat or for a group one runs, with all that is asked."""
    title = check_title(title)
    check_raise_issue(viewer, tenure, group)
    assert tenure is not None  # the rule has asked
    words = _complete(answers)
    societies = _societies(answers, at)
    entry = Entry.objects.create(
        kind=ENTRY_KIND,
        title=title,
        state=Issue.State.PROPOSED,
        audience_id=MEMBERS,
        society=None if group else tenure.seat.organization,
        author=viewer.person,
        created_at=at,
        touched_at=at,
    )
    moment, zone = answers.deadline or (None, "")
    due_on = answered_by(tenure.seat.organization.day_of(at))
    issue = Issue.objects.create(
        entry=entry, group=group, tenure=tenure, deadline_at=moment, deadline_zone=zone, due_on=due_on
    )
    Affected.objects.bulk_create([Affected(issue=issue, society=society) for society in societies])
    IssueAnswer.objects.bulk_create([IssueAnswer(issue=issue, **row) for row in words])
    _make_findable(issue, [row["raw"] for row in words])
    follow_by_taking_part(entry, by=viewer.person)
    facts = {"societies": sorted(society.pk for society in societies)}
    trail.record(
        events.ISSUE_RAISED, on=issue, by=viewer.person, at=at, acting_for=_acting_for(tenure, group), facts=facts
    )
    return issue


def _acting_for(tenure: Tenure, group: Group | None) -> Organization | None:
    return None if group else tenure.seat.organization


def _complete(answers: Answers) -> list[dict[str, Any]]:
    """The answers in words, one for each criterion that asks for words; Refused if one that is needed is missing."""
    rows = []
    for ordinal, criterion in enumerate(intake().criteria):
        if criterion.kind not in (TEXT, CHOICE):
            continue
        raw = check_words(answers.words.get(criterion.slug, ""))
        if not raw and criterion.required:
            raise Refused(_("Answer “%(question)s”.") % {"question": criterion.label})
        if raw and criterion.kind == CHOICE and raw not in criterion.choices:
            raise Refused(_("There is no such answer to “%(question)s”.") % {"question": criterion.label})
        if raw:
            row = {"criterion": criterion.slug, "ordinal": ordinal, "question": criterion.label, "raw": raw}
            rows.append(row | {"html": render_markdown(raw)})
    return rows


def _societies(answers: Answers, at: datetime) -> list[Organization]:
    """The member societies it touches; Refused if there have to be some and are none. A deadline has a known zone."""
    asked = set(answers.affected)
    found = list(member_societies(at).filter(pk__in=asked))
    if len(found) < len(asked) or (not found and any(one.required for one in intake().of_kind(SOCIETIES))):
        raise Refused(_("Say which member societies it touches."))
    if answers.deadline is not None:
        check_time_zone(answers.deadline[1])
        check_told(answers.deadline[0])
    elif any(one.required for one in intake().of_kind(DEADLINE)):
        raise Refused(_("Say by when the outside world wants an answer."))
    return found


def _make_findable(issue: Issue, texts: list[str]) -> None:
    entry = issue.entry
    facets = (lexemes.society(entry.society_id),) if entry.society_id else ()
    title = Text(
        entry.pk, "title", 0, entry.title, entry.created_at, author_id=entry.author_id, is_title=True, facets=facets
    )
    body = "\n\n".join(texts)
    text = Text(entry.pk, "text", 0, body, entry.created_at, author_id=entry.author_id, facets=facets)
    write_passages([title, text])


# --- triage


@transaction.atomic
def accept_issue(issue: Issue, *, reason: str, viewer: Viewer, at: datetime) -> Issue:
    """The council takes it up."""
    locked = _locked(issue)
    check_triage(viewer, locked)
    return _decide(locked, Issue.State.ACCEPTED, events.ISSUE_ACCEPTED, reason, viewer=viewer, at=at)


@transaction.atomic
def decline_issue(issue: Issue, *, reason: str, viewer: Viewer, at: datetime) -> Issue:
    """The council does not take it up."""
    locked = _locked(issue)
    check_triage(viewer, locked)
    return _decide(locked, Issue.State.DECLINED, events.ISSUE_DECLINED, reason, viewer=viewer, at=at)


@transaction.atomic
def merge_issue(issue: Issue, *, into: Issue, reason: str, viewer: Viewer, at: datetime) -> Issue:
    """It goes on as part of another issue, which then touches the societies of both."""
    # In the order of their ids: two that are merged into each other would otherwise wait for each other.
    locked = {row.pk: row for row in _all_locked([issue.pk, into.pk])}
    check_merge_issue(viewer, locked[issue.pk], locked[into.pk])
    more = locked[issue.pk].touches.exclude(society__in=locked[into.pk].affected.all())
    Affected.objects.bulk_create([Affected(issue=locked[into.pk], society_id=row.society_id) for row in more])
    outcome, event = Issue.State.MERGED, events.ISSUE_MERGED
    return _decide(locked[issue.pk], outcome, event, reason, viewer=viewer, at=at, into=locked[into.pk])


@transaction.atomic
def refer_issue(issue: Issue, *, to: Group, reason: str, viewer: Viewer, at: datetime) -> Issue:
    """A group advises on it first; it is decided when the group has."""
    locked = _locked(issue)
    check_refer_issue(viewer, locked, to)
    return _decide(locked, Issue.State.REFERRED, events.ISSUE_REFERRED, reason, viewer=viewer, at=at, to_group=to)


@transaction.atomic
def withdraw_issue(issue: Issue, *, reason: str, viewer: Viewer, at: datetime) -> Issue:
    """Whoever raised it takes it back."""
    locked = _locked(issue)
    check_withdraw_issue(viewer, locked)
    return _decide(locked, Issue.State.WITHDRAWN, events.ISSUE_WITHDRAWN, reason, viewer=viewer, at=at)


def _all_locked(ids: list[int]) -> list[Issue]:
    return list(Issue.objects.select_for_update(of=("self", "entry")).filter(pk__in=ids).order_by("pk"))


def _locked(issue: Issue) -> Issue:
    return _all_locked([issue.pk])[0]


def _decide(
    issue: Issue, outcome: str, event: Past, reason: str, *, viewer: Viewer, at: datetime, **where: Any
) -> Issue:
    reason = check_reason(reason)
    made = Triage.objects.create(issue=issue, outcome=outcome, reason=reason, by=acting(viewer), at=at, **where)
    issue.entry.state, issue.entry.touched_at = outcome, at
    issue.entry.save(update_fields=["state", "touched_at"])
    facts = {"triage": made.pk, "into": made.into_id, "group": made.to_group_id}
    trail.record(event, on=issue, by=viewer.person, at=at, facts=facts)
    return issue
