"""The letter of a digest."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from ..models import Digest, Mailing
from ..registry import DIGESTS, LetterKind, Links, MailingKind, Place, Said
from .contents import contents_of, make_ready

DIGEST = LetterKind(
    "mail.digest",
    gettext_lazy("A digest"),
    ("is_weekly", "by_group", "groups", "count", "since", "until", "stop", "choices", "zone"),
)


def _version(mailing: Mailing) -> Hashable:
    """None where nothing of what was gathered is left: then no letter goes."""
    return mailing.pk if contents_of(mailing) else None


def _say(mailing: Mailing, links: Links) -> Said:
    contents = contents_of(mailing)
    assert contents is not None  # its version was asked first
    digest = contents.digest
    zone = _zone_of(digest.person.time_zone)
    told = {
        "is_weekly": digest.cadence == Digest.Cadence.WEEKLY,
        "by_group": digest.place_id is not None,
        "groups": contents.groups,
        "count": contents.count,
        "since": _day(digest.since, zone),
        "until": _day(digest.until, zone),
        "stop": links.stop,
        "choices": settings.BASE_URL + reverse("account:notices"),
        "zone": zone,
    }
    return Said(
        letter=DIGEST,
        context=told,
        author=contents.house.name,
        place=_list_of(digest),
        message_id=f"<digest-{mailing.pk}@{settings.MAIL_DOMAIN}>",
        at=mailing.at,
        takes_answers=False,
        house=contents.house,
    )


def _list_of(digest: Digest) -> Place:
    """A list of the house's own: nobody's answer to all of it goes to a group."""
    if digest.place is None:
        return Place(str(digest.get_cadence_display()), f"{digest.cadence}-digest", settings.BASE_URL, is_group=False)
    group = digest.place.group
    slug = f"{group.slug}.{digest.cadence}-digest"
    return Place(group.name, slug, settings.BASE_URL + group.get_absolute_url(), is_group=False)


def _zone_of(name: str) -> ZoneInfo:
    """UTC for a name that is none, as for the hour it comes at: no letter waits for it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def _day(at: datetime, zone: ZoneInfo) -> str:
    return date_format(timezone.localtime(at, zone), "l j F")


OF_DIGESTS = MailingKind(DIGESTS, version=_version, say=_say, make_ready=make_ready)
