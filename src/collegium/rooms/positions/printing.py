"""What stands on a position on paper: its text, what it is, who supports it, how it is cited and told from others."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from collegium.core.access.standard import PUBLIC
from collegium.core.calls.wording import said
from collegium.core.entries.models import Entry, Link
from collegium.design.typesetting import pieces_of, typeset

from . import citing
from .course import IN_FORCE, PUBLISHED, STATES
from .guards import SUPERSEDES
from .models import Block, Position, Revision, Supporter
from .queries.publishing import confirmed_lines, confirmed_list, embargo_of, prints_reservations
from .queries.reviewing import annulment_of
from .queries.support import Said, public_support
from .word import as_docx

TEMPLATE = Path(__file__).parent / "papers" / "position.typ"


def paper_of(position: Position, revision: Revision, *, at: datetime, edition: int = 0) -> bytes:
    """The revision as PDF, in the council's language: the same bytes whenever it is made of the same state.

    What is no edition says that it is none. It names societies and no person.
    """
    with translation.override(settings.LANGUAGE_CODE):
        return typeset(TEMPLATE, _given(position, revision, edition, is_out=edition > 0), at)


def word_of(position: Position, revision: Revision, *, at: datetime) -> bytes:
    """The same as it stands (DOCX), to be quoted and worked on: no edition, and its fingerprint is that of the text."""
    with translation.override(settings.LANGUAGE_CODE):
        return as_docx(_given(position, revision, 0, is_out=position.entry.state in PUBLISHED), at)


def _given(position: Position, revision: Revision, edition: int, *, is_out: bool) -> dict[str, Any]:
    name, url = citing.council_name(), settings.BASE_URL + position.get_absolute_url()
    html = "\n".join(Block.objects.filter(revision=revision).order_by("ordinal").values_list("html", flat=True))
    lines = confirmed_lines(position) if is_out else []
    told = public_support(position) if is_out else None
    return {
        "language": settings.LANGUAGE_CODE.partition("-")[0],
        "council": name,
        "kind": str(position.get_kind_display()),
        "title": revision.title,
        "keywords": [str(position.get_kind_display()), f"sha256:{revision.digest}"],
        "marks": list(_marks(position, is_out=is_out)),
        "facts": [list(fact) for fact in _facts(position, revision, edition)],
        "pieces": pieces_of(html, base=settings.BASE_URL),
        "supporters_title": _("Where the member societies stand"),
        "supporters_words": _confirmed(position),
        "support_words": told.in_words if told else [],
        "supporters": _named(position, lines),
        "minority_title": _("Minority statements"),
        "minority": _minority(told.statements if told else []),
        "related_title": _("What it goes with"),
        "related": _related(position),
        "citation_title": _("How to cite it"),
        "citation": citing.citation(position, revision, name, url),
        "url": url,
        "digest_title": _("Its fingerprint"),
        "digest": revision.digest,
        "digest_words": _("SHA-256 of title and text. Where it stands today: %(url)s") % {"url": url},
        "foot": Truncator(f"{name} · {revision.title}").chars(90),
    }


def _named(position: Position, lines: list[Supporter]) -> list[list[str]]:
    """Name, stance, and the words of a reservation where everybody is to read them."""
    printed = prints_reservations(position)
    return [
        [line.name, str(line.get_stance_display()), line.words if printed and line.is_reserved else ""]
        for line in lines
    ]


def _confirmed(position: Position) -> str:
    confirmed = confirmed_list(position)
    return _("As the council's team confirmed it on %(day)s.") % {"day": _day(confirmed.at)} if confirmed else ""


def _minority(statements: list[Said]) -> list[dict[str, Any]]:
    """Who stands behind each, and what it says."""
    return [
        {
            "names": ", ".join(voice.society.name for voice in said.voices),
            "pieces": pieces_of(said.statement.html, base=settings.BASE_URL),
        }
        for said in statements
    ]


def _marks(position: Position, *, is_out: bool) -> Any:
    """What has to be read before the text."""
    state = position.entry.state
    if not is_out and position.adopted_id is None:
        yield _("This is a draft and no position of the council.")
    embargo = embargo_of(position)
    if embargo is not None and state not in PUBLISHED:
        yield _("Under embargo until %(moment)s. Do not pass it on.") % {"moment": said(embargo.ends_at, embargo.zone)}
    if state == "rescinded":
        yield _("Rescinded: the council no longer holds this.")
    if state == "superseded":
        yield _("Superseded: the council holds another position instead.")
    if state in IN_FORCE and (annulment := annulment_of(position)) is not None:
        yield _("The ballot by which it was adopted was annulled: %(why)s") % {"why": annulment.ballot.annulled_for}


def _facts(position: Position, revision: Revision, edition: int) -> Any:
    yield _("State"), str(STATES[position.entry.state].label)
    number = _("Revision %(number)s") % {"number": revision.number}
    yield (
        _("Version"),
        _("%(revision)s, edition %(edition)s") % {"revision": number, "edition": edition} if edition else number,
    )
    if position.entry.society is not None:
        yield _("Led by"), position.entry.society.name
    for word, day in (
        (_("Adopted"), position.adopted_at),
        (_("Published"), position.published_at),
        (_("Review due"), position.review_on if position.entry.state == "public" else None),
        (_("Not relied on after"), position.sunset_on if position.entry.state in IN_FORCE else None),
    ):
        if day is not None:
            yield word, _day(day)


def _day(day: date) -> str:
    return date_format(day, "j F Y")


def _related(position: Position) -> list[list[str]]:
    """What everybody may know that it replaces, or was replaced by."""
    links = Link.objects.filter(kind=SUPERSEDES).select_related("source", "target")
    told = [(_("Replaces"), link.target) for link in links.filter(source=position.pk).order_by("pk")]
    told += [(_("Replaced by"), link.source) for link in links.filter(target=position.pk).order_by("pk")]
    return [
        [word, entry.title, settings.BASE_URL + _address(entry)] for word, entry in told if entry.audience_id == PUBLIC
    ]


def _address(entry: Entry) -> str:
    return Position(pk=entry.pk).get_absolute_url()
