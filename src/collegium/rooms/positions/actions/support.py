"""How much support a position needs, and what those say who do not agree."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from collegium.core.access.viewers import Viewer
from collegium.core.people.models import Tenure
from collegium.core.people.queries import acting
from collegium.core.trail import actions as trail
from collegium.design.text import render_markdown

from .. import events
from ..models import MinorityStatement, MinorityVoice, Position, Terms
from ..rules.support import (
    check_dissent,
    check_leave_statement,
    check_set_terms,
    check_statement,
    check_terms,
    check_ways_of_telling,
)
from .positions import lock_position


@transaction.atomic
def set_terms(
    position: Position,
    *,
    at_least: int,
    at_most: int | None,
    spares_touched: bool,
    dissent: str,
    silence: str,
    reservations: str = Terms.Reservations.MEMBERS,
    viewer: Viewer,
    at: datetime,
) -> Terms:
    """Say how much support it needs and how dissent, silence and reservations are told, before societies are asked."""
    check_terms(at_least, at_most)
    check_ways_of_telling(dissent, silence, reservations)
    locked = lock_position(position)
    check_set_terms(viewer, locked)
    told = {
        "at_least": at_least,
        "at_most": at_most,
        "spares_touched": spares_touched,
        "dissent": dissent,
        "silence": silence,
        "reservations": reservations,
    }
    terms, _is_new = Terms.objects.update_or_create(position=locked, defaults=told | {"by": acting(viewer), "at": at})
    trail.record(events.TERMS_SET, on=locked, by=viewer.person, at=at, facts=told)
    return terms


@transaction.atomic
def state_minority(
    position: Position, *, raw: str, tenure: Tenure | None, viewer: Viewer, at: datetime
) -> MinorityStatement:
    """Say, for a society that does not support it, why; it stands beside the position."""
    raw = check_statement(raw)
    locked = lock_position(position)
    check_dissent(viewer, locked, tenure)
    assert tenure is not None  # the rule has asked
    statement = MinorityStatement.objects.create(
        position=locked, raw=raw, html=render_markdown(raw), by=acting(viewer), at=at
    )
    _stand_behind(statement, tenure, viewer=viewer, at=at)
    society, facts = tenure.seat.organization, {"statement": statement.pk}
    trail.record(events.MINORITY_STATED, on=locked, by=viewer.person, at=at, acting_for=society, facts=facts)
    return statement


@transaction.atomic
def join_minority(
    statement: MinorityStatement, *, tenure: Tenure | None, viewer: Viewer, at: datetime
) -> MinorityVoice:
    """Another society that does not support it stands behind what one of them said."""
    locked = lock_position(statement.position)
    check_dissent(viewer, locked, tenure)
    assert tenure is not None  # the rule has asked
    voice = _stand_behind(statement, tenure, viewer=viewer, at=at)
    society, facts = tenure.seat.organization, {"statement": statement.pk}
    trail.record(events.MINORITY_JOINED, on=locked, by=viewer.person, at=at, acting_for=society, facts=facts)
    return voice


def _stand_behind(statement: MinorityStatement, tenure: Tenure, *, viewer: Viewer, at: datetime) -> MinorityVoice:
    society = tenure.seat.organization
    voice: MinorityVoice = MinorityVoice.objects.create(
        statement=statement, society=society, tenure=tenure, by=acting(viewer), at=at
    )
    return voice


@transaction.atomic
def leave_minority(voice: MinorityVoice, *, viewer: Viewer, at: datetime) -> MinorityVoice:
    """A society no longer stands behind a statement; one nobody stands behind is not shown any more."""
    position = lock_position(voice.statement.position)
    rows = MinorityVoice.objects.select_for_update(of=("self",)).select_related("statement__position__entry", "society")
    locked: MinorityVoice = rows.get(pk=voice.pk)
    check_leave_statement(viewer, locked)
    locked.left_at = at
    locked.save(update_fields=["left_at"])
    society, facts = locked.society, {"statement": locked.statement_id}
    trail.record(events.MINORITY_LEFT, on=position, by=viewer.person, at=at, acting_for=society, facts=facts)
    return locked
