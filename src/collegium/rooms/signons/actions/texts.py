"""Writing the text of a letter: each saving is a version that never changes, and a signature is of one of them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.entries import lexemes
from collegium.core.entries.actions import Text, write_passages
from collegium.core.people.queries import acting
from collegium.core.trail import actions as trail
from collegium.design.text import plain_text, render_markdown

from .. import events
from ..course import LEAST_ASKED_AGAIN, OPEN, RECONSENT
from ..guards import Attempt, check_end
from ..models import Letter, Round, Version
from ..rules import words
from ..rules.letters import check_move_letter, check_save_text
from ..terms import Wording
from ..wording import digest_of
from .locking import lock_letter
from .rounds import begin_round
from .stepping import take_step


@transaction.atomic
def save_text(
    letter: Letter,
    wording: Wording,
    *,
    base: int,
    change: str = "",
    note: str = "",
    closes_at: datetime | None = None,
    viewer: Viewer,
    at: datetime,
) -> Version:
    """Write another version, from version `base`.

    While societies are asked a change in substance makes every signature pending: all are asked again, until
    `closes_at`. Any other leaves signatures bound to the version they were given to; signers are told.
    """
    locked = lock_letter(letter.pk)
    check_save_text(viewer, locked, base=base, change=change)
    was_open = locked.entry.state in OPEN
    if not was_open:
        change = Version.Change.DRAFT
    version = _written(locked, wording, change, words.check_line(note), viewer, at)
    if change == Version.Change.SUBSTANTIVE:
        check_end(locked, closes_at, at, LEAST_ASKED_AGAIN)
        assert closes_at is not None  # checked
        _ask_again(locked, version, closes_at, viewer, at)
    elif was_open:
        version.round = locked.round
        version.save(update_fields=["round"])
    facts = {"number": version.number, "change": change, "digest": version.digest, "shown": was_open}
    trail.record(events.TEXT_SAVED, on=locked, by=viewer.person, acting_for=locked.entry.society, at=at, facts=facts)
    return version


def _ask_again(letter: Letter, version: Version, closes_at: datetime, viewer: Viewer, at: datetime) -> None:
    """The earlier round ends with all that was said in it; in the new one nobody has signed yet."""
    if letter.entry.state != RECONSENT:
        attempt = Attempt(RECONSENT, at)
        check_move_letter(viewer, letter, attempt, taken_by="text")
        take_step(letter, attempt, by=viewer.person)
    begin_round(letter, Round.Kind.AGAIN, closes_at=closes_at, by=viewer.person, at=at)
    facts = {"number": version.number, "digest": version.digest}
    trail.record(events.ASKED_AGAIN, on=letter, by=viewer.person, acting_for=letter.entry.society, at=at, facts=facts)


def first_version(letter: Letter, wording: Wording, viewer: Viewer, at: datetime) -> Version:
    """The text it begins with; part of beginning it."""
    return _written(letter, wording, Version.Change.DRAFT, "", viewer, at)


def _written(letter: Letter, wording: Wording, change: str, note: str, viewer: Viewer, at: datetime) -> Version:
    before = letter.current
    version = Version(
        letter=letter,
        number=before.number + 1 if before else 1,
        addressee=words.check_addressee(wording.addressee),
        office=words.check_name(wording.office),
        address=words.check_address(wording.address),
        subject=words.check_subject(wording.subject),
        raw=words.check_text(wording.raw),
        change=change,
        note=note,
        by=acting(viewer),
        at=at,
    )
    version.html = render_markdown(version.raw)
    version.digest = digest_of(version.addressed_to, version.subject, version.raw)
    if before is not None and before.digest == version.digest:
        raise Refused(_("Nothing was changed."))
    version.save(force_insert=True, update_fields=None)
    letter.current = version
    letter.save(update_fields=["current"])
    _show(letter, version, at)
    return version


def _show(letter: Letter, version: Version, at: datetime) -> None:
    """The title and the findable words are those of the newest version: whoever sees the letter reads it."""
    entry = letter.entry
    entry.title, entry.touched_at = version.subject, at
    entry.save(update_fields=["title", "touched_at"])
    facets = (lexemes.society(entry.society_id),) if entry.society_id else ()
    text = f"{letter.ask}\n{version.addressee}\n{version.office}\n{plain_text(version.html)}"
    write_passages(
        [
            Text(entry.pk, "title", 0, version.subject, entry.created_at, is_title=True, facets=facets),
            Text(entry.pk, "text", 0, text, at, facets=facets),
        ]
    )
