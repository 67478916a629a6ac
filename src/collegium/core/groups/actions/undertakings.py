"""Drawing up undertakings, publishing their versions, accepting them, and making groups need them."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _
from psycopg.types.range import TimestamptzRange

from collegium.core.access.actions import settle, settle_shared
from collegium.core.access.errors import Refused
from collegium.core.access.queries import with_grounds
from collegium.core.access.standard import OFFICE, PUBLIC
from collegium.core.access.viewers import Viewer
from collegium.core.entries.actions import Text, write_passages
from collegium.core.entries.models import Entry
from collegium.core.people.models import Person
from collegium.core.people.queries import present_tenures
from collegium.core.people.rules import check_office
from collegium.core.trail import actions as trail
from collegium.design.text import render_markdown

from .. import events
from ..models import Acceptance, Group, Need, Undertaking, UndertakingVersion
from ..models.memberships import until
from ..models.undertakings import GRACE_DAYS
from ..rules import check_accept, check_begin_need, check_grace
from .circles import settle_group, told_to_members

# Whom a new version concerns: whoever accepted an earlier one.
_BOUND = """
SELECT t.person_id FROM groups_acceptance a JOIN people_tenure t ON t.id = a.tenure_id
JOIN groups_undertakingversion v ON v.id = a.version_id WHERE v.undertaking_id = %s"""

# Whoever is in at the moment a need begins has time to accept; written down, for the past is judged by what is known
# later, and a seat admitted next month was not in today.
_DEFER = """
INSERT INTO groups_deferral (need_id, tenure_id)
SELECT DISTINCT %s::bigint, tenure_id FROM ties WHERE group_id = %s AND period @> %s::timestamptz"""

# Many may accept at once; only a version published meanwhile has to wait, and they for it.
_SHARE = "SELECT entry_id FROM groups_undertaking WHERE entry_id = %s FOR SHARE"


@transaction.atomic
def draw_up_undertaking(name: str, *, slug: str, kind: str, by: Any, at: datetime) -> Undertaking:
    """Give an undertaking its page, which everybody may read; it has no text until a version is published."""
    if Undertaking.objects.filter(slug=slug).exists():
        raise Refused(_("Another undertaking has this short name in its address already."))
    entry = Entry.objects.create(
        kind="undertaking", title=name, audience_id=PUBLIC, author=by, created_at=at, touched_at=at
    )
    undertaking = Undertaking.objects.create(entry=entry, slug=slug, kind=kind)
    trail.record(events.UNDERTAKING_DRAWN_UP, on=undertaking, by=by, at=at, audience=OFFICE, facts={"kind": kind})
    return undertaking


@transaction.atomic
def publish_version(
    undertaking: Undertaking, *, text: str, viewer: Viewer, at: datetime, grace_days: int = GRACE_DAYS
) -> UndertakingVersion:
    """Ask a new text of everybody who accepted an earlier one; after the grace none of those admits any longer."""
    check_office(viewer)
    return add_version(undertaking, text=text, grace_days=grace_days, by=viewer.person, at=at)


@transaction.atomic
def add_version(
    undertaking: Undertaking, *, text: str, by: Any, at: datetime, grace_days: int = GRACE_DAYS
) -> UndertakingVersion:
    """The next version; Refused for an empty text or the same as before."""
    check_grace(grace_days)
    locked = Undertaking.objects.select_for_update(of=("self",), no_key=True).get(pk=undertaking.pk)
    newest = locked.versions.first()
    if not text.strip():
        raise Refused(_("Write the text first."))
    if newest is not None and newest.text == text:
        raise Refused(_("This is the text of the present version."))
    html = render_markdown(text)
    version = UndertakingVersion.objects.create(
        undertaking=locked,
        number=newest.number + 1 if newest else 1,
        text=text,
        html=html,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        published_at=at,
        published_by=by,
        grace_days=grace_days,
        due_at=at + timedelta(days=grace_days),
    )
    Entry.objects.filter(pk=locked.pk).update(touched_at=at)
    if newest is None:
        # Until it says something, nobody finds it.
        write_passages([Text(locked.pk, "title", 0, locked.entry.title, at, is_title=True)])
    trail.record(
        events.UNDERTAKING_PUBLISHED,
        on=version,
        by=by,
        at=at,
        audience=OFFICE,
        facts={"version": version.number, "digest": version.digest, "grace_days": grace_days},
    )
    settle_shared(_BOUND, [locked.pk])
    return version


@transaction.atomic
def accept_undertaking(version: UndertakingVersion, *, viewer: Viewer, at: datetime) -> list[Acceptance]:
    """Undertake the newest version, once for each seat one holds; it binds while each tenure lasts."""
    with connection.cursor() as cursor:
        cursor.execute(_SHARE, [version.undertaking_id])
    # One's own acceptances come one after the other: of two clicks the second finds what the first has done.
    Person.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=[viewer.person_id]).first()
    newest = UndertakingVersion.objects.filter(undertaking=version.undertaking_id).aggregate(n=Max("number"))["n"]
    tenures = list(present_tenures(at).filter(person=viewer.person_id).order_by("pk")) if viewer.person else []
    check_accept(viewer, version, newest, tenures)
    known = set(version.acceptances.filter(tenure__in=tenures).values_list("tenure", flat=True))
    new = [tenure for tenure in tenures if tenure.pk not in known]
    if not new:
        raise Refused(_("You have undertaken this already."))
    accepted = Acceptance.objects.bulk_create(Acceptance(version=version, tenure=tenure, at=at) for tenure in new)
    for tenure in new:
        trail.record(
            events.UNDERTAKING_ACCEPTED,
            on=version,
            by=viewer.person,
            acting_for=tenure.seat.organization,
            at=at,
            audience=OFFICE,
            facts={"version": version.number, "digest": version.digest, "tenure": tenure.pk},
        )
    assert viewer.person_id is not None  # the rule asked
    settle([viewer.person_id])
    return accepted


@transaction.atomic
def begin_need(
    group: Group, *, undertaking: Undertaking, viewer: Viewer, at: datetime, grace_days: int = GRACE_DAYS
) -> Need:
    """Nobody reads the group without the undertaking any more; who is in has the grace to accept it."""
    locked = Group.objects.select_for_update(of=("self",), no_key=True).get(pk=group.pk)
    check_grace(grace_days)
    check_begin_need(viewer, locked, undertaking)
    return add_need(locked, undertaking=undertaking, grace_days=grace_days, by=viewer.person, at=at)


@transaction.atomic
def add_need(group: Group, *, undertaking: Undertaking, grace_days: int, by: Any, at: datetime) -> Need:
    """The need, and who is in when it begins."""
    need = Need.objects.create(
        group=group,
        undertaking=undertaking,
        period=TimestamptzRange(at, None),
        due_at=at + timedelta(days=grace_days),
        given_by=by,
    )
    grounds = ("tenures", "standings", "in_standing", "eligible", "offices", "invitations", "ties")
    with connection.cursor() as cursor:
        cursor.execute(f"{with_grounds(*grounds)} {_DEFER}", [need.pk, group.pk, at])
    facts = {"undertaking": undertaking.pk, "grace_days": grace_days}
    trail.record(events.NEED_BEGUN, on=need, by=by, at=at, audience=told_to_members(group), facts=facts)
    settle_group(group)
    return need


@transaction.atomic
def end_need(need: Need, *, viewer: Viewer, at: datetime) -> Need:
    """The council's team lets the group be read without the undertaking again."""
    check_office(viewer)
    locked = Need.objects.select_for_update(of=("self",)).select_related("group__circle").get(pk=need.pk)
    if locked.has_ended:
        raise Refused(_("The group no longer needs this undertaking."))
    locked.period = until(locked.period, at)
    locked.save(update_fields=["period"])
    facts = {"undertaking": locked.undertaking_id}
    trail.record(
        events.NEED_ENDED, on=locked, by=viewer.person, at=at, audience=told_to_members(locked.group), facts=facts
    )
    settle_group(locked.group)
    return locked


BEFORE_THE_BAR = timedelta(days=3)


@transaction.atomic
def remind_of_undertakings(*, at: datetime) -> int:
    """Remind, once each, of what is due within three days; returns how many versions and needs that were.

    What had less grace than that was asked just now, and a first version bars nobody.
    """
    soon = {"reminded_at": None, "due_at__gt": at, "due_at__lte": at + BEFORE_THE_BAR}
    versions = UndertakingVersion.objects.select_for_update(of=("self",), skip_locked=True)
    versions = versions.filter(number__gt=1, published_at__lt=F("due_at") - BEFORE_THE_BAR, **soon)
    needs = Need.objects.select_for_update(of=("self",), skip_locked=True)
    needs = needs.filter(period__upper_inf=True, period__startswith__lt=F("due_at") - BEFORE_THE_BAR, **soon)
    due: list[Any] = [
        *versions.select_related("undertaking__entry").order_by("pk"),
        *needs.select_related("group__entry").order_by("pk"),
    ]
    for row in due:
        _remind(row, at=at)
    return len(due)


def _remind(row: UndertakingVersion | Need, *, at: datetime) -> None:
    row.reminded_at = at
    row.save(update_fields=["reminded_at"])
    if isinstance(row, Need):
        facts, audience = {"undertaking": row.undertaking_id}, row.group.officers_audience_id
        trail.record(events.NEED_REMINDED, on=row, by=None, at=at, audience=audience, facts=facts)
    else:
        trail.record(
            events.UNDERTAKING_REMINDED, on=row, by=None, at=at, audience=OFFICE, facts={"version": row.number}
        )
