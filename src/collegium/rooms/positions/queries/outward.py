"""What a position's page says beside its text of its publication: embargo, supporters, papers, what goes with it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any

from collegium.core.access.standard import MEMBERS
from collegium.core.access.viewers import Viewer
from collegium.core.calls.wording import said
from collegium.core.entries.models import Entry, Link

from ..course import IN_FORCE, PUBLISHED
from ..guards import SUPERSEDES
from ..models import Annulment, Edition, Embargo, Position, ReviewDates, Supporter, SupportList
from ..registry import related
from ..rules.positions import is_chair, is_team
from ..rules.publishing import BEFORE_PUBLICATION, may_set_dates
from .publishing import confirmed_list, editions_of, embargo_of, has_run_out, prints_reservations, supporting_now
from .reviewing import Heard, annulment_of, heard, other_dates
from .support import PublicSupport, public_support


@dataclass(frozen=True)
class Outward:
    """What stands on the page; `counted` are the stances with how many take each."""

    editions: list[Edition]
    embargo: Embargo | None
    embargo_until: str
    annulment: Annulment | None
    has_run_out: bool
    confirmed: SupportList | None
    supporters: list[Supporter]
    related: list[tuple[Any, str, str]]
    review: Heard | None
    coming: list[Entry] = field(default_factory=list)
    gone: list[Entry] = field(default_factory=list)
    support: PublicSupport | None = None
    prints_reservations: bool = False
    waits_for_list: bool = False
    may_hold: bool = False
    may_renew: bool = False
    may_date: bool = False
    is_dated: bool = False
    other_dates: ReviewDates | None = None

    @property
    def counted(self) -> list[tuple[str, int]]:
        numbers = Counter(str(line.get_stance_display()) for line in self.supporters)
        return [(str(label), numbers[str(label)]) for _name, label in Supporter.Stance.choices if numbers[str(label)]]


def outward(position: Position, viewer: Viewer, *, replaces: list[Entry], replaced_by: list[Entry]) -> Outward:
    """The list of supporters is shown once it is published, and before to member societies."""
    state, team, chair = position.entry.state, is_team(viewer), is_chair(viewer)
    is_out = state in PUBLISHED
    dated = position.review_on is not None and state in ("adopted", *IN_FORCE)
    embargo = embargo_of(position) if state in BEFORE_PUBLICATION else None
    confirmed = confirmed_list(position) if is_out or state == "adopted" else None
    return Outward(
        editions=editions_of(position) if is_out else [],
        embargo=embargo,
        embargo_until=said(embargo.ends_at, embargo.zone) if embargo else "",
        annulment=annulment_of(position) if is_out else None,
        has_run_out=has_run_out(position, viewer.at.date()),
        confirmed=confirmed,
        supporters=list(confirmed.lines.select_related("organization__entry")) if confirmed else [],
        related=[line for tell in related.all() for line in tell(position, viewer)],
        review=heard(position, viewer) if is_out else None,
        coming=[one for one in replaced_by if one.state not in PUBLISHED],
        gone=[one for one in replaces if one.state in PUBLISHED] if is_out else [],
        support=public_support(position) if is_out and confirmed else None,
        prints_reservations=bool(confirmed) and prints_reservations(position),
        waits_for_list=team and (state == "adopted" or state in IN_FORCE) and bool(supporting_now(position)),
        may_hold=team and state in BEFORE_PUBLICATION,
        may_renew=chair and state in IN_FORCE,
        may_date=chair and may_set_dates(position),
        is_dated=dated,
        other_dates=other_dates(position) if dated and viewer.is_among(MEMBERS) else None,
    )


def changed_at(position: Position, at: datetime) -> datetime:
    """When what everybody reads on its page last changed: by a step, a list, a ballot, a successor, or the calendar."""
    moments = [position.entry.touched_at, *position.support_lists.values_list("at", flat=True)]
    moments += position.other_dates.values_list("at", flat=True)
    for begun, ended in position.annulments.values_list("at", "upheld_at"):
        moments += [begun, *([ended] if ended else [])]
    successors = Link.objects.filter(kind=SUPERSEDES, target=position.pk, source__state__in=PUBLISHED)
    moments += [moment for pair in successors.values_list("at", "source__touched_at") for moment in pair]
    ends = position.sunset_on
    if ends is not None and at.date() > ends:
        moments.append(datetime.combine(ends + timedelta(days=1), time.min, tzinfo=UTC))
    return max(moments)
