"""The channel of letters: notices that no other letter brings, as a mailing of their own to those who are told."""

from __future__ import annotations

from collections.abc import Hashable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.core.access.statements import prepared_cursor
from collegium.core.entries.models import Entry
from collegium.core.entries.queries import part_address
from collegium.core.groups.models import Group
from collegium.core.notices.registry import Notice, notices
from collegium.core.trail.models import Event

from .mailings.choosing import call
from .models import Mailing
from .registry import NOTICES, LetterKind, Links, MailingKind, Place, Said, mailings, own_letters
from .writing import the_house

NOTICE = LetterKind(
    "mail.notice", gettext_lazy("A notice"), ("sentence", "title", "url", "stop", "choices", "is_statutory")
)

# Not to those whom a letter of the thing itself reached, or is about to.
_WRITE = """
WITH mailing AS (
    INSERT INTO mail_mailing (event_id, kind, entry_id, part, part_id, at)
    VALUES (%(event)s, %(kind)s, %(entry)s, %(part)s, %(part_id)s, %(at)s::timestamptz)
    ON CONFLICT (event_id, kind) DO NOTHING RETURNING id, at)
INSERT INTO mail_delivery (mailing_id, person_id, state, due_at, at, attempts, answer)
SELECT mailing.id, told.id, 'waiting', mailing.at, mailing.at, 0, ''
FROM mailing, unnest(%(persons)s::bigint[]) AS told (id)
WHERE %(part_id)s::bigint = 0 OR NOT EXISTS (
    SELECT FROM mail_mailing m JOIN mail_delivery d ON d.mailing_id = m.id
    WHERE m.part = %(part)s AND m.part_id = %(part_id)s AND m.kind = ANY(%(letters)s::text[])
    AND d.person_id = told.id AND d.state IN ('waiting', 'claimed', 'sent'))"""


def deliver(notice: type[Notice], event: Event, persons: list[int]) -> None:
    """Write whom a notice goes to by letter; a second run writes nothing. What goes to many has its own."""
    if event.name in mailings or event.entry is None:
        return
    if notice.name in own_letters:
        own_letters.get(notice.name)(notice, event, persons)
        return
    part, part_id = notice.part(event)
    with prepared_cursor() as cursor:
        cursor.execute(
            _WRITE,
            {
                "event": event.pk,
                "kind": notice.name,
                "entry": event.entry.pk,
                "part": part,
                "part_id": part_id,
                "at": event.at,
                "persons": persons,
                "letters": sorted({kind.name for kind in mailings.all()}),
            },
        )
        written = cursor.rowcount
    if written:
        call()


def _version(mailing: Mailing) -> Hashable:
    """None where nobody would be told of it any more: a held post that somebody decided, a message that was deleted."""
    assert mailing.event is not None  # it tells of one
    return any(True for _person in _notice_of(mailing).recipients(mailing.event)) or None


def _notice_of(mailing: Mailing) -> type[Notice]:
    found: type[Notice] = notices.get(mailing.kind)
    return found


def _say(mailing: Mailing, links: Links) -> Said:
    notice, event, entry = _notice_of(mailing), mailing.event, mailing.entry
    assert event is not None  # it tells of one
    assert entry is not None  # the same
    house, is_bare = the_house(), _is_content_free(entry)
    told = {
        "sentence": _("There is something new for you") if is_bare else notice.sentence(event),
        "title": (entry.place or entry).title if is_bare else entry.title,
        "url": settings.BASE_URL + part_address(entry, mailing.part, mailing.part_id),
        "stop": links.stop,
        "choices": settings.BASE_URL + reverse("account:notices"),
        "is_statutory": notice.is_statutory,
    }
    return Said(
        letter=NOTICE,
        context=told,
        author=house.name,
        place=Place(house.name, notice.name.lower(), settings.BASE_URL, is_group=False),
        message_id=f"<notice-{mailing.pk}@{settings.MAIL_DOMAIN}>",
        at=mailing.at,
        takes_answers=False,
        can_be_stopped=not notice.is_statutory,
    )


def _is_content_free(entry: Entry) -> bool:
    return Group.objects.filter(pk=entry.place_id or entry.pk, is_content_free=True).exists()


OF_NOTICES = MailingKind(NOTICES, version=_version, say=_say)
