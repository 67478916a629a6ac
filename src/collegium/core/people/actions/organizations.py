"""Registering organizations and recording their standing."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from psycopg.types.range import DateRange

from collegium.core.access.actions import settle_shared
from collegium.core.access.errors import Refused
from collegium.core.access.models import Audience
from collegium.core.access.standard import OFFICE, PUBLIC
from collegium.core.entries import lexemes
from collegium.core.entries.actions import Text, replace_passages, write_passages
from collegium.core.entries.models import Entry
from collegium.core.trail import actions as trail

from .. import events
from ..models import Organization, Standing
from ..rules import check_change_standing, check_keep_registry, check_parent, check_time_zone
from .findable import write_people_of

# Whoever has a tenure at the organization or at one whose standing it carries.
_ITS_PEOPLE = """
SELECT t.person_id FROM people_tenure t JOIN people_seat s ON s.id = t.seat_id
JOIN people_organization o ON o.entry_id = s.organization_id WHERE o.entry_id = %s OR o.parent_id = %s"""


@transaction.atomic
def register_organization(
    name: str,
    *,
    kind: str,
    slug: str,
    time_zone: str,
    by: Any,
    at: datetime,
    parent: Organization | None = None,
    **facts: Any,
) -> Organization:
    """Give an organization its page and its audience; `facts` are its other fields."""
    check_keep_registry(by, at)
    check_time_zone(time_zone)
    check_parent(kind, parent)
    _refuse_known(kind, slug)
    entry = Entry.objects.create(
        kind="society", title=name, audience_id=PUBLIC, author=by, created_at=at, touched_at=at, state=kind
    )
    organization = Organization.objects.create(
        entry=entry,
        kind=kind,
        slug=slug,
        time_zone=time_zone,
        parent=parent,
        audience=Audience.objects.create(kind="society"),
        **facts,
    )
    write_passages([_title(organization, name)])
    trail.record(events.ORGANIZATION_REGISTERED, on=organization, by=by, at=at, facts={"kind": kind})
    return organization


def _refuse_known(kind: str, slug: str) -> None:
    if Organization.objects.filter(slug=slug).exists():
        raise Refused(_("Another organization has this short name in its address already."))
    if kind == Organization.Kind.COUNCIL and Organization.objects.filter(kind=kind).exists():
        raise Refused(_("There is a council already."))


def _title(organization: Organization, name: str) -> Text:
    """What an organization is found by; its age is that of its page."""
    words = f"{name} {organization.acronym} {organization.specialty}"
    since = organization.entry.created_at
    return Text(organization.pk, "title", 0, words, since, is_title=True, facets=(lexemes.society(organization.pk),))


@transaction.atomic
def rename_organization(organization: Organization, *, name: str, by: Any, at: datetime) -> Organization:
    """Give it another name; what was said for it keeps the name it had then."""
    check_keep_registry(by, at)
    entry = Entry.objects.select_for_update(of=("self",)).get(pk=organization.pk)
    entry.title = name
    entry.save(update_fields=["title"])
    replace_passages(_title(organization, name))
    write_people_of(organization.pk, at=at)
    trail.record(events.ORGANIZATION_RENAMED, on=organization, by=by, at=at)
    return Organization.objects.get(pk=organization.pk)


FACTS = ("acronym", "specialty", "about", "city", "website", "founded", "members", "time_zone")


@transaction.atomic
def change_organization(organization: Organization, *, by: Any, at: datetime, **facts: Any) -> Organization:
    """Say something else about it; the trail keeps which facts changed, not what they say.

    Another time zone moves the midnights at which its tenures and standings begin and end, at once and in the past.
    """
    check_keep_registry(by, at)
    if unknown := set(facts) - set(FACTS):
        raise ValueError(f"not facts of an organization: {sorted(unknown)}")
    check_time_zone(facts.get("time_zone", organization.time_zone))
    locked = Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
    changed = sorted(name for name, value in facts.items() if getattr(locked, name) != value)
    if not changed:
        raise Refused(_("Nothing has changed: it stands so already."))
    for name in changed:
        setattr(locked, name, facts[name])
    locked.save(update_fields=changed)
    if {"acronym", "specialty"} & set(changed):
        replace_passages(_title(locked, locked.name))
        write_people_of(locked.pk, at=at)
    trail.record(events.ORGANIZATION_CHANGED, on=locked, by=by, at=at, facts={"fields": changed})
    if "time_zone" in changed:
        settle_shared(_ITS_PEOPLE, [locked.pk, locked.pk])
    return locked


@transaction.atomic
def change_standing(organization: Organization, *, status: str, from_day: date, by: Any, at: datetime) -> Standing:
    """From this day on the organization stands otherwise; what was to begin later is dropped.

    Refused for foundations and designated subspecialties: theirs is their parent's.
    """
    check_keep_registry(by, at)
    check_change_standing(organization, status)
    Organization.objects.select_for_update(of=("self",), no_key=True).get(pk=organization.pk)
    rows = Standing.objects.select_for_update(of=("self",)).filter(organization=organization)
    rows.filter(period__startswith__gte=from_day).delete()
    for row in rows.filter(period__contains=from_day):
        row.period = DateRange(row.period.lower, from_day)
        row.save(update_fields=["period"])
    standing = Standing.objects.create(organization=organization, status=status, period=DateRange(from_day, None))
    trail.record(
        events.STANDING_CHANGED,
        on=organization,
        by=by,
        at=at,
        audience=OFFICE,
        facts={"status": status, "from_day": from_day.isoformat()},
    )
    settle_shared(_ITS_PEOPLE, [organization.pk, organization.pk])
    write_people_of(organization.pk, at=at)
    return standing
