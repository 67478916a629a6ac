"""Founding a group and putting its charter in force."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.models import Audience
from collegium.core.access.viewers import Viewer
from collegium.core.entries.actions import Text, write_passages
from collegium.core.entries.models import Entry
from collegium.core.trail import actions as trail
from collegium.design.text import render_markdown

from .. import events
from ..models import Charter, Circle, Group
from ..registry import held_back
from ..rules import check_change_holding, check_run_group
from .circles import settle_group, told_to_members


@transaction.atomic
def found_group(
    name: str,
    *,
    slug: str,
    short: str,
    purpose: str,
    kind: str,
    joining: str,
    policy: dict[str, list[str]],
    page_audience: int,
    by: Any,
    at: datetime,
    is_closed: bool = False,
    is_new: bool = False,
) -> Group:
    """Give a group its page, its officers' audience and its first circle."""
    if Group.objects.filter(slug=slug).exists():
        raise Refused(_("Another group has this short name in its address already."))
    entry = Entry.objects.create(
        kind="group", title=name, state=kind, audience_id=page_audience, author=by, created_at=at, touched_at=at
    )
    group = Group.objects.create(
        entry=entry,
        slug=slug,
        short=short,
        purpose=purpose,
        kind=kind,
        joining=joining,
        is_closed=is_closed or kind == Group.Kind.GOVERNING_BODY,
        is_new=is_new,
        officers_audience=Audience.objects.create(kind="officers"),
    )
    group.circle = Circle.objects.create(
        group=group,
        audience=Audience.objects.create(kind="circle"),
        number=1,
        proposed_by=by,
        proposed_at=at,
        opened_at=at,
        **policy,
    )
    group.save(update_fields=["circle"])
    title = Text(entry.pk, "title", 0, f"{name} {short}", at, is_title=True)
    write_passages([title, Text(entry.pk, "purpose", 0, purpose, at)])
    trail.record(events.GROUP_FOUNDED, on=group, by=by, at=at, facts={"kind": kind, "policy": group.circle.policy})
    settle_group(group)
    return group


@transaction.atomic
def adopt_charter(group: Group, *, text: str, viewer: Viewer, at: datetime) -> Charter:
    """Put a new version of the charter in force; earlier ones stay readable."""
    check_run_group(viewer, group)
    Group.objects.select_for_update(of=("self",)).get(pk=group.pk)
    newest = Charter.objects.filter(group=group).aggregate(newest=Max("version"))["newest"] or 0
    charter = Charter.objects.create(
        group=group, version=newest + 1, text=text, html=render_markdown(text), by=viewer.person, at=at
    )
    trail.record(events.CHARTER_ADOPTED, on=group, by=viewer.person, at=at, facts={"version": charter.version})
    return charter


@transaction.atomic
def change_holding(group: Group, *, holding: str, held_at_first: int, viewer: Viewer, at: datetime) -> Group:
    """Say which posts wait for an officer from now on.

    What waits already goes on waiting; where nothing is held any more, the officers hear how much that is.
    """
    locked = Group.objects.select_for_update(of=("self",), no_key=True).select_related("circle").get(pk=group.pk)
    check_change_holding(viewer, locked, holding=holding, held_at_first=held_at_first)
    locked.holding, locked.held_at_first = holding, held_at_first
    locked.save(update_fields=["holding", "held_at_first"])
    facts: dict[str, Any] = {"holding": holding, "held_at_first": held_at_first}
    if holding == Group.Holding.NOTHING:
        facts["waiting"] = sum(count(locked) for count in held_back.all())
    audience = told_to_members(locked)
    trail.record(events.HOLDING_CHANGED, on=locked, by=viewer.person, at=at, audience=audience, facts=facts)
    return locked
