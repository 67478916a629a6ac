"""Embargoes, lists of supporters and editions of a position, as its rules and pages ask for them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from collegium.core.people.models import Organization

from ..course import IN_FORCE
from ..models import Edition, Embargo, Position, Supporter, SupportList, Terms
from ..registry import supporters


class Supporting(NamedTuple):
    """A society that is to be named, where it stands, and what it said."""

    organization: Organization
    stance: str
    words: str = ""

    @property
    def stance_word(self) -> str:
        return str(Supporter.Stance(self.stance).label)


def supporting_now(position: Position) -> list[Supporting]:
    """Who is to be named as things stand, each once; nobody while no room counts support."""
    found = [Supporting(*line) for tell in supporters.all() for line in tell(position)]
    return list({one.organization.pk: one for one in reversed(found)}.values())[::-1]


def digest_of_list(lines: Sequence[Supporting]) -> str:
    """SHA-256, in hex, of the lines as JSON in their order."""
    told = [[one.organization.pk, one.organization.name, one.stance, one.words] for one in lines]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def confirmed_list(position: Position) -> SupportList | None:
    """The list as it was last confirmed."""
    found: SupportList | None = SupportList.objects.filter(position=position).last()
    return found


def confirmed_lines(position: Position) -> list[Supporter]:
    """Who is named beside the published text."""
    confirmed = confirmed_list(position)
    if confirmed is None:
        return []
    return list(Supporter.objects.filter(support_list=confirmed).select_related("organization__entry"))


def prints_reservations(position: Position) -> bool:
    """Whether everybody reads what societies wrote that support it with a reservation, as was set before they did."""
    found: bool = Terms.objects.filter(position=position, reservations=Terms.Reservations.PRINTED).exists()
    return found


def embargo_of(position: Position) -> Embargo | None:
    """The embargo on it that nobody lifted, whether it is over or not."""
    found: Embargo | None = Embargo.objects.filter(position=position, lifted_at=None).first()
    return found


def editions_of(position: Position) -> list[Edition]:
    """Its papers as they went out, the newest first, without their bytes."""
    found = Edition.objects.filter(position=position).defer("content").select_related("step", "revision")
    return list(found.order_by("-number"))


def edition(position: Position, number: int | None = None) -> Edition | None:
    """A paper with its bytes; the newest unless a number is asked for."""
    found = Edition.objects.filter(position=position)
    chosen: Edition | None = found.filter(number=number).first() if number else found.last()
    return chosen


def is_relied_on(position: Position, today: date) -> bool:
    """Whether it is in force and its time has not run out."""
    ends = position.sunset_on
    return position.entry.state in IN_FORCE and (ends is None or today <= ends)


def has_run_out(position: Position, today: date) -> bool:
    """Whether nobody decided of it before its time ran out."""
    return position.entry.state in IN_FORCE and not is_relied_on(position, today)
