"""Issues and positions for tests, made through the actions, and what a test looks at afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from types import MappingProxyType
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from collegium.core.access.errors import Refused
from collegium.core.groups.tests.cast import Cast
from collegium.core.notices.jobs import wake
from collegium.core.notices.models import Notification
from collegium.core.people import actions as people
from collegium.rooms.positions import actions
from collegium.rooms.positions.actions.issues import Answers
from collegium.rooms.positions.course import STATES
from collegium.rooms.positions.criteria import intake
from collegium.rooms.positions.models import Comment, Drafter, Issue, Position, Revision, Step, Terms

_numbers = count(1)
# One society for it is enough, and dissent is named.
_USUAL: Mapping[str, Any] = MappingProxyType({})
_LOOKED_AT = (
    "entries.Entry",
    "entries.Passage",
    "entries.Link",
    "access.Audience",
    "access.Admission",
    "notices.Follow",
    "notices.Notification",
    "trail.Event",
)

WORDS = {
    "importance": intake().criteria[0].choices[1],
    "why-council": "Each society alone is not heard.",
    "evidence": "A survey of 412 practices.",
    "asked": "A position, and a letter to the agency.",
}
TEXT = """# What we ask

Plans should answer within *two* days.

Physicians of the same specialty should review a refusal.

- Publish the criteria.
- Publish the rates of refusal."""


def make_answers(cast: Cast, **changes: Any) -> Answers:
    """Complete answers that touch Lagoon, unless said otherwise."""
    told: dict[str, Any] = {"words": WORDS, "affected": [cast.lagoon.pk]} | changes
    return Answers(**told)


def make_issue(cast: Cast, *, by: str = "peer", **facts: Any) -> Issue:
    """An issue of the peer's society, unless said otherwise."""
    facts.setdefault("title", f"Delays of approvals, number {next(_numbers)}")
    facts.setdefault("answers", make_answers(cast))
    facts.setdefault("tenure", cast.tenures[by])
    facts.setdefault("at", cast.at)
    return actions.raise_issue(viewer=cast.viewer(by), **facts)


def give_mandate(cast: Cast, part: str = "delegate", act: str = "comment") -> None:
    """The holder of the part's tenure may do acts of this kind for the society."""
    tenure = cast.tenures[part]
    people.give_mandate(tenure, act=act, starts_on=tenure.starts_on, by=None, at=cast.at)


def later(cast: Cast, days: float = 1) -> Any:
    return cast.at + timedelta(days=days)


def everything() -> dict[str, list[Any]]:
    """All rows an action here could change, to compare before and after."""
    own = [model._meta.label for model in apps.get_app_config("positions").get_models()]
    rows = {name: list(apps.get_model(name).objects.order_by("pk").values()) for name in (*_LOOKED_AT, *own)}
    return rows | {"jobs": list(ProcrastinateJob.objects.order_by("pk").values("pk", "args"))}


@contextmanager
def refused(reason: str) -> Iterator[None]:
    """What happens inside is refused with exactly this reason, and changes nothing."""
    before = everything()
    with pytest.raises(Refused) as refusal, transaction.atomic():
        yield
    assert str(refusal.value) == reason
    assert everything() == before


class _FailedLater(Exception):
    pass


def fail_after(deed: Callable[[], Any]) -> None:
    """Do a deed in a transaction that fails afterwards: nothing of it may be left."""
    before = everything()
    with pytest.raises(_FailedLater), transaction.atomic():
        _do_and_fail(deed)
    assert everything() == before


def _do_and_fail(deed: Callable[[], Any]) -> None:
    deed()
    raise _FailedLater


def tell() -> list[tuple[str, str]]:
    """Run the jobs that wait, as the worker would; who was told what of positions, as (handle, notice)."""
    known = set(Notification.objects.values_list("pk", flat=True))
    for job in list(ProcrastinateJob.objects.filter(task_name=wake.name).order_by("pk")):
        wake(**job.args)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    new = Notification.objects.exclude(pk__in=known).filter(notice__startswith="positions.")
    rows = new.select_related("person")
    return sorted((row.person.handle, row.notice.removeprefix("positions.")) for row in rows)


# --- positions


def make_position(cast: Cast, *, by: str = "staff", **facts: Any) -> Position:
    """A policy led by Lagoon that nobody drafts yet, unless said otherwise."""
    facts.setdefault("title", f"On approvals, number {next(_numbers)}")
    facts.setdefault("kind", "policy")
    facts.setdefault("lead", cast.lagoon)
    facts.setdefault("at", cast.at)
    return actions.open_position(viewer=cast.viewer(by), **facts)


def make_drafter(cast: Cast, position: Position, part: str = "peer", *, declares: bool = True) -> Drafter:
    """Somebody of the cast drafts it, without interests."""
    drafter = actions.name_drafter(position, tenure=cast.tenures[part], viewer=cast.viewer("staff"), at=cast.at)
    if declares:
        actions.declare_interests(drafter, has_interests=False, viewer=cast.viewer(part), at=cast.at)
    return drafter


def write(cast: Cast, position: Position, raw: str = TEXT, *, by: str = "peer", **facts: Any) -> Revision:
    """Another revision, substantive unless it is the first or said otherwise."""
    position = Position.objects.select_related("current").get(pk=position.pk)
    newest = position.current.number if position.current else 0
    facts.setdefault("base", newest)
    facts.setdefault("change", "substantive" if newest else "first")
    facts.setdefault("title", position.entry.title)
    at = facts.pop("at", cast.at)
    return actions.save_text(position, raw=raw, viewer=cast.viewer(by, at), at=at, **facts)


def move(cast: Cast, position: Position, to: str, *, by: str = "staff", at: Any = None, **facts: Any) -> Step:
    """A step, with a window of 40 days where one is needed."""
    at = at or cast.at
    if STATES[to].window:
        facts.setdefault("closes_at", at + timedelta(days=40))
    return actions.move_position(position, to=to, viewer=cast.viewer(by, at), at=at, **facts)


def set_terms(cast: Cast, position: Position, **facts: Any) -> Terms:
    """One society for it is enough, unless said otherwise."""
    told: dict[str, Any] = {"at_least": 1, "at_most": None, "spares_touched": True}
    told |= {"dissent": "named", "silence": "counted"} | facts
    return actions.set_terms(position, viewer=cast.viewer("staff"), at=cast.at, **told)


def in_state(
    cast: Cast, state: str, *, raw: str = TEXT, terms: Mapping[str, Any] | None = _USUAL, **facts: Any
) -> Position:
    """A position on its way, in one of the states one reaches without comments; with `terms` None none are set."""
    position = make_position(cast, **facts)
    if state == "accepted":
        return position
    make_drafter(cast, position)
    actions.name_touched(position, societies=[cast.lagoon.pk], viewer=cast.viewer("staff"), at=cast.at)
    if terms is not None:
        set_terms(cast, position, **terms)
    move(cast, position, "drafting")
    write(cast, position, raw)
    for number, step in enumerate(WAY[: WAY.index(state) + 1] if state != "drafting" else ()):
        move(cast, position, step, at=later(cast, 41 * number), reason=f"Step to {step}.")
    return Position.objects.get(pk=position.pk)


WAY = ("comment", "disposition", "sign-on", "ballot", "adopted", "public", "under-review")


def make_comment(cast: Cast, position: Position, *, by: str = "delegate", **facts: Any) -> Comment:
    """A comment of Lagoon on the second paragraph, unless said otherwise; its delegate has the mandate."""
    if not cast.tenures[by].mandates.filter(act="comment").exists():
        give_mandate(cast, by)
    facts.setdefault("raw", "Two days are *too long* for a child.")
    facts.setdefault("block", 2)
    facts.setdefault("quote", "within two days")
    facts.setdefault("tenure", cast.tenures[by])
    at = facts.pop("at", cast.at)
    return actions.make_comment(position, viewer=cast.viewer(by, at), at=at, **facts)
