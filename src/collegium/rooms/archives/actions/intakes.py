"""Beginning a run that brings letters in, going on with one that was broken off, and ending it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.groups.models import Group
from collegium.core.trail import actions as trail

from .. import events
from ..models import Archive, Intake, PastLetter


@transaction.atomic
def begin_intake(group: Group, *, name: str, at: datetime) -> Intake:
    """A run into the group's sealed archive: that of the same name that was broken off, or else a new one."""
    Group.objects.select_for_update(of=("self",), no_key=True).get(pk=group.pk)
    archive = Archive.objects.filter(group=group, moved_at=None).first()
    if archive is not None and not archive.is_sealed:
        raise Refused(_("The archive of this group is just being opened; try again in some minutes."))
    archive = archive or Archive.objects.create(group=group, begun_at=at)
    broken_off = archive.intakes.filter(name=name, ended_at=None).first()
    return broken_off or Intake.objects.create(archive=archive, name=name, began_at=at)


@transaction.atomic
def end_intake(intake: Intake, *, found: int, known: int, passed_over: int, at: datetime) -> bool:
    """Say how many letters there were, and how many of them before; a run that brought nothing leaves nothing.

    Returns whether it brought anything.
    """
    brought = PastLetter.objects.filter(intake=intake)
    if not brought.exists():
        Intake.objects.filter(pk=intake.pk).delete()
        Archive.objects.filter(pk=intake.archive_id, intakes=None).delete()
        return False
    intake.found, intake.known, intake.passed_over, intake.ended_at = found, known, passed_over, at
    intake.save(update_fields=["found", "known", "passed_over", "ended_at"])
    archive = Archive.objects.select_related("group").get(pk=intake.archive_id)
    posts = brought.filter(post__isnull=False)
    facts = {
        "intake": intake.pk,
        "posts": posts.count(),
        "topics": posts.values("post__topic").distinct().count(),
        "left_out": brought.filter(post=None).count(),
    }
    audience = archive.group.officers_audience_id
    trail.record(events.ARCHIVE_BROUGHT_IN, on=archive, by=None, at=at, audience=audience, facts=facts)
    return True
