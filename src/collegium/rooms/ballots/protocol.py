"""The protocol of a certified ballot as PDF: what was asked, under which rule, what came of it, who verified it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from collegium.design.typesetting import typeset

from .models import Ballot
from .queries.showing import Page
from .queries.told import Objection, Told

TEMPLATE = Path(__file__).parent / "papers" / "protocol.typ"


def protocol_of(page: Page, told: Told, at: datetime) -> bytes:
    """The paper; all words are handed over as values, so nothing somebody wrote is read as markup."""
    return typeset(TEMPLATE, _given(page, told, at), at)


def _given(page: Page, told: Told, at: datetime) -> dict[str, Any]:
    ballot = page.ballot
    return {
        "language": (get_language() or "en").partition("-")[0],
        "head": _("Protocol of a ballot"),
        "title": ballot.entry.title,
        "body": ballot.body.entry.title,
        "question": strip_tags(ballot.call.html).strip(),
        "annulled": _("Annulled: %(reason)s") % {"reason": ballot.annulled_for} if ballot.annulled_at else "",
        "facts": _facts(ballot),
        "outcome": told.outcome_word,
        "elected": told.elected,
        "withheld": told.reason,
        "ties": told.ties,
        "numbers_title": _("The votes"),
        "numbers": [[bar.label, bar.number, bar.note] for bar in told.bars],
        "rule_title": _("The rule, and how it came out"),
        "rule": [_rule_line(one.words, one.votes, one.needed, one.base, is_met=one.is_met) for one in told.reckoned],
        "rounds_title": _("Rounds"),
        "rounds": [[str(one.number), one.words] for one in told.rounds],
        "candidates": told.candidates,
        "table": [[*one.votes, one.lost] for one in told.rounds],
        "lost": _("Lost"),
        "objections_title": _("Objections, and what became of them"),
        "objections": [_objection(one) for one in told.objections],
        "seats_title": _("Who voted how"),
        "seats": [list(seat) for seat in told.seats] if ballot.publication == Ballot.Publication.BY_SOCIETY else [],
        "certified_title": _("Certified"),
        "certified": [f"{one.by.name}, {_moment(one.at, ballot)}" for one in page.certifications],
        "hashes_title": _("Hashes (SHA-256)"),
        "hashes": _hashes(ballot, told),
        "made": _("Made on %(day)s.") % {"day": _moment(at, ballot)},
    }


def _objection(one: Objection) -> list[str]:
    answer = one.answer
    became = f"{answer.get_outcome_display()}: {answer.reason}" if answer else _("Nothing was said to it yet.")
    return [one.name, strip_tags(one.html).strip(), _("Remedy: %(words)s") % {"words": one.remedy}, became]


def _facts(ballot: Ballot) -> list[list[str]]:
    call = ballot.call
    return [
        [_("Method"), str(ballot.get_method_display())],
        [_("Secret"), _("yes") if ballot.is_secret else _("no")],
        [_("Opened"), _moment(call.opens_at, ballot)],
        [_("Closed"), _moment(call.closed_at or call.closes_at, ballot)],
        *([[_("Places to fill"), str(ballot.seats)]] if ballot.is_election else []),
    ]


def _rule_line(words: str, votes: int, needed: int, base: int, *, is_met: bool) -> list[str]:
    counted = _("%(votes)d of %(base)d; needed or allowed: %(needed)d") % {
        "votes": votes,
        "base": base,
        "needed": needed,
    }
    return [words, counted, _("met") if is_met else _("not met")]


def _hashes(ballot: Ballot, told: Told) -> list[list[str]]:
    return [
        [_("What was asked, and the rule"), ballot.text_hash],
        [_("The roll"), ballot.call.roll_hash],
        [_("All votes"), told.count.papers_hash],
        [_("Votes, rule and result"), told.count.digest],
    ]


def _moment(moment: datetime, ballot: Ballot) -> str:
    zone = ballot.call.time_zone
    return f"{date_format(moment.astimezone(ZoneInfo(zone)), 'l j F Y, H:i')} ({zone.replace('_', ' ')})"
