"""Writing the text of a position: each saving is a revision that never changes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.entries import lexemes
from collegium.core.entries.actions import Text, write_passages
from collegium.core.entries.blocks import MOST_BLOCKS, Keyed, keyed
from collegium.core.entries.models import Entry
from collegium.core.people.queries import acting
from collegium.core.trail import actions as trail
from collegium.design.text import plain_text, render_blocks

from .. import events
from ..guards import drafter_of
from ..models import Block, Position, Revision
from ..rules.issues import check_title
from ..rules.positions import check_change, check_note, check_save_text, check_text
from .positions import lock_position


def digest_of(title: str, blocks: list[str]) -> str:
    """SHA-256, in hex, of the title and the blocks of a text, a blank line between each two."""
    return hashlib.sha256("\n\n".join([title, *blocks]).encode()).hexdigest()


@transaction.atomic
def save_text(
    position: Position,
    *,
    title: str,
    raw: str,
    change: str,
    base: int,
    note: str = "",
    viewer: Viewer,
    at: datetime,
) -> Revision:
    """Write another revision, from revision `base`; its blocks keep the keys they had.

    Refused if somebody wrote one meanwhile, so nobody's words are lost unseen.
    """
    title, raw, note = check_title(title), check_text(raw), check_note(note)
    locked = lock_position(position)
    drafter = drafter_of(locked, viewer)
    check_save_text(locked, drafter, base=base)
    assert drafter is not None  # the rule has asked
    number = base + 1
    check_change(change, number)
    drawn = render_blocks(raw)
    sources = [source for source, _html in drawn]
    if not sources or len(sources) > MOST_BLOCKS:
        raise Refused(_("A text has at most %(most)s paragraphs.") % {"most": MOST_BLOCKS})
    digest = digest_of(title, sources)
    if locked.current is not None and locked.current.digest == digest:
        raise Refused(_("Nothing was changed."))
    revision: Revision = Revision.objects.create(
        position=locked, number=number, title=title, change=change, note=note, digest=digest, by=acting(viewer), at=at
    )
    _write_blocks(revision, locked, drawn)
    take_up(locked, revision, at)
    facts = {"revision": revision.pk, "number": number, "change": change, "digest": digest}
    society = drafter.tenure.seat.organization
    trail.record(events.TEXT_REVISED, on=locked, by=viewer.person, at=at, acting_for=society, facts=facts)
    return revision


def _write_blocks(revision: Revision, position: Position, drawn: Sequence[tuple[str, str]]) -> None:
    before = Block.objects.filter(revision=position.current_id) if position.current_id else Block.objects.none()
    used = Block.objects.filter(revision__position=position).aggregate(most=Max("key"))["most"] or 0
    old = [Keyed(block.key, block.raw) for block in before.order_by("ordinal")]
    keys = keyed(old, [source for source, _html in drawn], unused=used + 1)
    Block.objects.bulk_create(
        Block(revision=revision, key=block.key, ordinal=ordinal, raw=block.raw, html=html)
        for ordinal, (block, (_source, html)) in enumerate(zip(keys, drawn, strict=True))
    )


def take_up(position: Position, revision: Revision, at: datetime) -> None:
    """This is its newest revision; part of a deed."""
    position.current = revision
    position.save(update_fields=["current"])
    position.entry.touched_at = at
    position.entry.save(update_fields=["touched_at"])
    # What its drafters alone see is found by them as they write it; what others see, once they are shown it.
    if position.is_internal:
        show_text(position, revision)


def present(position: Position, at: datetime) -> None:
    """From now on everybody who sees the position reads its newest revision; part of a step."""
    revision = position.current
    if revision is None or revision.presented_at is not None:
        return
    revision.presented_at = at
    revision.save(update_fields=["presented_at"])
    position.presented = revision
    position.save(update_fields=["presented"])
    show_text(position, revision)


def show_text(position: Position, revision: Revision) -> None:
    """The title and the findable words are those of this revision."""
    entry = position.entry
    entry.title = revision.title
    entry.save(update_fields=["title"])
    Entry.objects.filter(consultation__position=position).update(title=revision.title)
    facets = (lexemes.society(entry.society_id),) if entry.society_id else ()
    html = "\n".join(Block.objects.filter(revision=revision).order_by("ordinal").values_list("html", flat=True))
    title = Text(entry.pk, "title", 0, revision.title, entry.created_at, is_title=True, facets=facets)
    write_passages([title, Text(entry.pk, "text", 0, plain_text(html), revision.at, facets=facets)])
