"""Before a position is published: an embargo, and who supports it; and its paper, as it goes out."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction

from collegium.core.access.viewers import Viewer
from collegium.core.people.queries import acting
from collegium.core.trail import actions as trail

from .. import events
from ..course import PUBLISHED
from ..models import Edition, Embargo, Position, Step, Supporter, SupportList
from ..printing import paper_of
from ..queries.publishing import confirmed_list, supporting_now
from ..rules.publishing import check_confirm_supporters, check_lift_embargo, check_set_embargo
from .positions import lock_position


@transaction.atomic
def set_embargo(
    position: Position, *, ends_at: datetime, zone: str, publishes: bool = False, viewer: Viewer, at: datetime
) -> Embargo:
    """Nobody publishes it before the moment; with `publishes` the clock does so then. Another one takes its place."""
    locked = lock_position(position)
    check_set_embargo(viewer, locked, ends_at, zone)
    for before in Embargo.objects.select_for_update().filter(position=locked, lifted_at=None):
        _lift(before, viewer=viewer, at=at)
    made: Embargo = Embargo.objects.create(
        position=locked, ends_at=ends_at, zone=zone, publishes=publishes, set_by=acting(viewer), set_at=at
    )
    facts = {"embargo": made.pk, "ends_at": ends_at.isoformat(), "zone": zone, "publishes": publishes}
    trail.record(events.EMBARGO_SET, on=made, by=viewer.person, at=at, facts=facts)
    return made


@transaction.atomic
def lift_embargo(embargo: Embargo, *, viewer: Viewer, at: datetime) -> Embargo:
    """It may be published at any time from now on; the clock does not do it."""
    position = lock_position(Position(pk=embargo.position_id))
    locked: Embargo = Embargo.objects.select_for_update(of=("self",)).get(pk=embargo.pk)
    check_lift_embargo(viewer, position, locked)
    _lift(locked, viewer=viewer, at=at)
    facts = {"embargo": locked.pk}
    trail.record(events.EMBARGO_LIFTED, on=locked, by=viewer.person, at=at, facts=facts)
    return locked


def _lift(embargo: Embargo, *, viewer: Viewer, at: datetime) -> None:
    embargo.lifted_by, embargo.lifted_at = acting(viewer), at
    embargo.save(update_fields=["lifted_by", "lifted_at"])


@transaction.atomic
def confirm_supporters(position: Position, *, digest: str, viewer: Viewer, at: datetime) -> SupportList:
    """This is the list that is published: exactly the one whoever confirms was shown, by its digest."""
    locked = lock_position(position)
    lines = supporting_now(locked)
    check_confirm_supporters(viewer, locked, lines, digest, confirmed_list(locked))
    made: SupportList = SupportList.objects.create(position=locked, digest=digest, by=acting(viewer), at=at)
    Supporter.objects.bulk_create(
        Supporter(
            support_list=made,
            ordinal=ordinal,
            organization=line.organization,
            name=line.organization.name,
            stance=line.stance,
            words=line.words,
        )
        for ordinal, line in enumerate(lines)
    )
    facts = {"list": made.pk, "digest": digest, "lines": len(lines)}
    trail.record(events.SUPPORTERS_CONFIRMED, on=made, by=viewer.person, at=at, facts=facts)
    return made


def issue_edition(position: Position, step: Step, *, at: datetime | None = None) -> Edition:
    """The paper of what is published, as of this step or a later moment; part of the deed. What went out stays."""
    at = at or step.at
    fresh: Position = Position.objects.select_related("adopted").get(pk=position.pk)
    assert fresh.adopted is not None  # what is published was adopted
    number = Edition.objects.filter(position=fresh).count() + 1
    content = paper_of(fresh, fresh.adopted, at=at, edition=number)
    made: Edition = Edition.objects.create(
        position=fresh,
        step=step,
        revision=fresh.adopted,
        number=number,
        content=content,
        digest=hashlib.sha256(content).hexdigest(),
        at=at,
    )
    return made


def issue_missing_editions() -> int:
    """The papers of what was published before there were any; returns how many were made. May run twice."""
    missing = Position.objects.filter(entry__state__in=PUBLISHED, adopted__isnull=False, editions=None).order_by("pk")
    made = 0
    for position in missing:
        with transaction.atomic():
            locked = lock_position(position)
            step = locked.steps.last()
            if step is not None and not Edition.objects.filter(position=locked).exists():
                issue_edition(locked, step)
                made += 1
    return made
