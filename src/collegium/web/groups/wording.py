"""Whom a group admits and how one comes in, in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.core.groups.models import Circle, Group, Office
from collegium.core.people.models import Organization, Standing, Tenure

Joining, Kind = Group.Joining, Organization.Kind

# What several groups of a kind are called, in the order they are listed.
KINDS = {
    Group.Kind.PEER_GROUP: gettext_lazy("Peer groups"),
    Group.Kind.GOVERNING_BODY: gettext_lazy("Governing bodies"),
    Group.Kind.BOARD: gettext_lazy("Boards"),
    Group.Kind.COMMITTEE: gettext_lazy("Committees"),
    Group.Kind.TASK_FORCE: gettext_lazy("Task forces"),
    Group.Kind.COLLABORATIVE: gettext_lazy("Collaboratives"),
}

ROLES = {
    Office.Role.CHAIR: gettext_lazy("chair"),
    Office.Role.VICE_CHAIR: gettext_lazy("vice-chair"),
    Office.Role.LIAISON: gettext_lazy("council liaison"),
}

_COMING_IN = {
    Joining.EX_OFFICIO: gettext_lazy("%(who)s belong to the group: holding the seat is enough."),
    Joining.OPEN: gettext_lazy("%(who)s may join as they like."),
    Joining.ON_REQUEST: gettext_lazy("%(who)s may ask to join; the group’s officers or the council’s team answer."),
}

_PLACES = {
    Kind.COUNCIL: gettext_lazy("the council"),
    Kind.SOCIETY: gettext_lazy("member societies"),
    Kind.SUBSPECIALTY: gettext_lazy("designated subspecialty societies"),
    Kind.FOUNDATION: gettext_lazy("foundations"),
    Kind.RELATED_BODY: gettext_lazy("related bodies"),
    Kind.PARTNER: gettext_lazy("partners"),
}

_THROUGH = {
    "seat": gettext_lazy("through your seat at %(society)s"),
    "membership": gettext_lazy("your seat at %(society)s has joined"),
    "invitation": gettext_lazy("by invitation, while you are at %(society)s"),
    "office": gettext_lazy("as an officer of the group, for %(society)s"),
}

_END_OF_SENTENCE = re.compile(r"(?<=[.!?])\s")


def in_short(purpose: str) -> str:
    """The first sentence of a purpose."""
    return _END_OF_SENTENCE.split(purpose.strip(), maxsplit=1)[0]


def with_roles(officers: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Officers with their office in a word."""
    return [row | {"role_word": ROLES[row["role"]]} for row in officers]


def by_kind(rows: Iterable[dict[str, Any]]) -> list[tuple[Any, list[dict[str, Any]]]]:
    """Rows of groups under what their kinds are called; kinds without a group are left out."""
    listed = list(rows)
    kinds = [(name, [row for row in listed if row["kind"] == kind]) for kind, name in KINDS.items()]
    return [(name, own) for name, own in kinds if own]


def policy(group: Group, functions: Sequence[str]) -> list[str]:
    """A few sentences; `functions` are the plural names of those admitted, in the order of the preset."""
    circle = group.circle
    assert circle is not None  # a founded group has a circle
    return [
        sentence
        for sentence in (_who(group, circle, functions), *_provisos(circle, functions), _second_key(group))
        if sentence
    ]


def _who(group: Group, circle: Circle, functions: Sequence[str]) -> str:
    if group.joining == Joining.INVITATION or not functions:
        return _("Members come by invitation of the group’s officers or the council’s team.")
    words = {"who": _("%(functions)s of %(places)s") % {"functions": either(functions), "places": _places(circle)}}
    return str(_COMING_IN[Joining(group.joining)]) % words


def _places(circle: Circle) -> str:
    return either([str(name) for kind, name in _PLACES.items() if kind in circle.organization_kinds])


def _provisos(circle: Circle, functions: Sequence[str]) -> Iterable[str]:
    """What else the policy asks of a seat that has one of the functions."""
    if not functions:
        return
    yield _capacities(set(circle.capacities))
    if circle.leaderships == [Tenure.Leadership.STAFF]:
        yield _("It is for the staff of societies.")
    elif circle.leaderships == [Tenure.Leadership.VOLUNTEER]:
        yield _("It is for volunteer leaders of societies.")
    further = set(circle.standings) - {Standing.Status.MEMBER}
    if further:
        labels = sorted(str(Standing.Status(standing).label).lower() for standing in further)
        yield _("Societies that stand otherwise are admitted as well: %(standings)s.") % {"standings": either(labels)}


def _capacities(admitted: set[str]) -> str:
    interims, deputies = Tenure.Capacity.INTERIM in admitted, Tenure.Capacity.DEPUTY in admitted
    if interims and deputies:
        return _("Interims and deputies count as well.")
    if interims:
        return _("Interims count as well, deputies do not.")
    if deputies:
        return _("Deputies count as well, interims do not.")
    return _("Interims and deputies do not count.")


def _second_key(group: Group) -> str:
    return _("The group is closed: a second person confirms everybody who comes in.") if group.is_closed else ""


def either(words: Sequence[str]) -> str:
    """One, two or more names as a list in a sentence: `a, b or c`."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s or %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def through(reasons: Sequence[dict[str, Any]]) -> list[str]:
    """By what the viewer is in: a sentence for each admission `{reason, society}`."""
    known = [row for row in reasons if row["reason"] in _THROUGH]
    return [str(_THROUGH[row["reason"]]) % {"society": row["society"]} for row in known]
