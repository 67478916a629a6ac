"""Where societies stand on a position: society by society, in numbers, and whether it is enough."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.core.access.standard import OFFICE
from collegium.core.access.statements import rows
from collegium.core.access.viewers import Viewer
from collegium.core.calls.models import Answer
from collegium.core.people.models import Organization

from ..models import MinorityStatement, MinorityVoice, Position, Terms, Window

FOR = ("support", "reservation")
STANCES = ("support", "reservation", "neutral", "decline", "recused")

# Each society asked in the window, with what stands of its answer and who was authorised to give it.
_STANCES = """
SELECT r.organization_id, e.title, o.slug, w.is_first, a.choice, a.raw, a.html, a.at, p.name,
    COALESCE(a.is_alternate, false), COALESCE(a.source, ''), t.title AS seat,
    CASE WHEN r.taken_at IS NOT NULL OR EXISTS (SELECT FROM calls_draft d WHERE d.row_id = r.id) THEN 'review'
         WHEN r.seen_at IS NOT NULL THEN 'seen' ELSE 'unseen' END
FROM positions_windowcall w
JOIN calls_rollrow r ON r.call_id = w.call_id AND r.struck_at IS NULL
JOIN people_organization o ON o.entry_id = r.organization_id
JOIN entries_entry e ON e.id = r.organization_id
LEFT JOIN calls_answer a ON a.row_id = r.id AND a.ended_at IS NULL
LEFT JOIN people_person p ON p.id = a.by_id
LEFT JOIN people_tenure t ON t.id = a.tenure_id
WHERE w.window_id = %s ORDER BY w.is_first DESC, e.title, r.id"""


@dataclass(frozen=True, slots=True)
class Stance:
    """Where a society stands: `name` is one of `STANCES`, or how far it is: unseen, seen or review."""

    society_id: int
    society: str
    slug: str
    is_touched: bool
    name: str
    words: str = ""
    html: str = ""
    at: datetime | None = None
    by: str = ""
    seat: str = ""
    is_alternate: bool = False
    by_team: bool = False

    @property
    def url(self) -> str:
        return reverse("societies:society", args=[self.slug])

    @property
    def is_given(self) -> bool:
        return self.name in STANCES


def stances(window: Window) -> list[Stance]:
    """All who were asked, those the position touches first, by name."""
    return [_stance(row) for row in rows(_STANCES, [window.pk])]


def _stance(row: Any) -> Stance:
    society, title, slug, is_first, choice, raw, html, at, by, is_alternate, source, seat, step = row
    by_team = source == Answer.Source.TEAM
    return Stance(
        society,
        title,
        slug,
        is_first,
        choice or step,
        raw or "",
        html or "",
        at,
        by or "",
        seat or "",
        is_alternate,
        by_team,
    )


def newest_window(position: Position) -> Window | None:
    """The one in which support was asked last."""
    return Window.objects.filter(position=position, state="sign-on", asked__isnull=False).distinct().last()


@dataclass(frozen=True)
class Count:
    """How many stand where; those who said nothing are no stance."""

    asked: int = 0
    by_stance: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, found: list[Stance]) -> Count:
        return cls(len(found), Counter(one.name for one in found if one.is_given))

    @property
    def in_favour(self) -> int:
        return sum(self.by_stance[name] for name in FOR)

    @property
    def against(self) -> int:
        return self.by_stance["decline"]

    @property
    def silent(self) -> int:
        return self.asked - sum(self.by_stance.values())


@dataclass(frozen=True)
class Ledger:
    """Everybody's stance in the newest window of support, in numbers beside those of whom the position touches."""

    window: Window
    stances: list[Stance]
    everybody: Count
    touched: Count

    @property
    def against_touched(self) -> list[Stance]:
        return [one for one in self.stances if one.is_touched and one.name == "decline"]


def ledger_of(position: Position) -> Ledger | None:
    """None before societies were asked for support."""
    window = newest_window(position)
    if window is None:
        return None
    found = stances(window)
    return Ledger(window, found, Count.of(found), Count.of([one for one in found if one.is_touched]))


def terms_of(position: Position) -> Terms | None:
    return Terms.objects.filter(position=position).select_related("by").first()


def lacking(terms: Terms, ledger: Ledger) -> list[str]:
    """What the rule set before asks for and the answers do not give, in words; nothing where the support is there."""
    told, found = ledger.everybody, []
    if told.in_favour < terms.at_least:
        words = ngettext(
            "%(n)d society supports it, it takes %(least)d.",
            "%(n)d societies support it, it takes %(least)d.",
            told.in_favour,
        )
        found.append(words % {"n": told.in_favour, "least": terms.at_least})
    if terms.at_most is not None and told.against > terms.at_most:
        words = ngettext(
            "%(n)d society is against it, at most %(most)d may be.",
            "%(n)d societies are against it, at most %(most)d may be.",
            told.against,
        )
        found.append(words % {"n": told.against, "most": terms.at_most})
    if terms.spares_touched and (against := ledger.against_touched):
        names = ", ".join(one.society for one in against)
        found.append(_("Of the societies it touches these are against it: %(names)s.") % {"names": names})
    return found


def rule_in_words(terms: Terms) -> str:
    """What has to hold before the position, or a letter that relies on it, goes out."""
    parts = [
        ngettext("at least %(n)d society for it", "at least %(n)d societies for it", terms.at_least)
        % {"n": terms.at_least}
    ]
    if terms.at_most is not None:
        parts.append(
            ngettext("at most %(n)d against it", "at most %(n)d against it", terms.at_most) % {"n": terms.at_most}
        )
    if terms.spares_touched:
        parts.append(_("none of the societies it touches against it"))
    return ", ".join(parts)


def is_supported(position: Position) -> bool:
    """Whether the rule set before holds of what the societies answered; no, where they were not asked."""
    terms, ledger = terms_of(position), ledger_of(position)
    return terms is not None and ledger is not None and not lacking(terms, ledger)


def shown(ledger: Ledger, viewer: Viewer) -> list[Stance]:
    """As the viewer may know them: who looked at it and prepares an answer is for the council's team."""
    if viewer.is_among(OFFICE):
        return ledger.stances
    return [
        one if one.is_given else Stance(one.society_id, one.society, one.slug, one.is_touched, "silent")
        for one in ledger.stances
    ]


@dataclass(frozen=True, slots=True)
class Said:
    """A minority statement with the societies that stand behind it."""

    statement: MinorityStatement
    voices: list[MinorityVoice]


def statements_of(position: Position, ledger: Ledger | None) -> list[Said]:
    """Those some society still stands behind that does not support it, the earliest first."""
    against = [one.society_id for one in ledger.stances if one.name == "decline"] if ledger else []
    voices = MinorityVoice.objects.filter(left_at=None, society__in=against)
    standing = Prefetch("voices", voices.select_related("society__entry"))
    found = MinorityStatement.objects.filter(position=position).prefetch_related(standing)
    told = [Said(one, list(one.voices.all())) for one in found]
    return [one for one in told if one.voices]


# --- for everybody


@dataclass(frozen=True)
class PublicSupport:
    """What is published of it: who supports by name, dissent and silence as the terms set before say.

    `against` and `silent` are None where only their numbers are told.
    """

    supporters: list[Stance]
    counts: Count
    touched: Count
    against: list[Stance] | None
    silent: list[Stance] | None
    statements: list[Said]

    @property
    def in_words(self) -> list[str]:
        """Dissent and silence, beside those of whom it touches, as a page and a paper tell them."""
        told, touched = self.counts, self.touched
        words = _(
            "Societies asked: %(asked)d. For it: %(for)d, against it: %(against)d, no answer: %(silent)d. It touches"
            " %(touched)d of them: against it %(against_touched)d, no answer %(silent_touched)d."
        )
        found = [
            words
            % {
                "asked": told.asked,
                "for": told.in_favour,
                "against": told.against,
                "silent": told.silent,
                "touched": touched.asked,
                "against_touched": touched.against,
                "silent_touched": touched.silent,
            }
        ]
        if self.silent:
            names = ", ".join(one.society for one in self.silent)
            found.append(_("These did not answer: %(names)s.") % {"names": names})
        return found


def public_support(position: Position) -> PublicSupport | None:
    """None where societies were not asked, or no terms were set for telling of them."""
    terms, ledger = terms_of(position), ledger_of(position)
    if terms is None or ledger is None:
        return None
    names_dissent, names_silence = (told == Terms.Told.NAMED for told in (terms.dissent, terms.silence))
    return PublicSupport(
        supporters=[one for one in ledger.stances if one.name in FOR],
        counts=ledger.everybody,
        touched=ledger.touched,
        against=[one for one in ledger.stances if one.name == "decline"] if names_dissent else None,
        silent=[one for one in ledger.stances if not one.is_given] if names_silence else None,
        statements=statements_of(position, ledger) if names_dissent else [],
    )


def supporters(position: Position) -> list[tuple[Organization, str, str]]:
    """The societies that support it, by name, each with its stance and its words."""
    ledger = ledger_of(position)
    return _named([one for one in ledger.stances if one.name in FOR] if ledger else [])


def to_be_named(position: Position) -> list[tuple[Organization, str, str]]:
    """Who is named beside the published text: who supports it, and who does not where the terms say by name."""
    told = public_support(position)
    return _named([*told.supporters, *(told.against or [])] if told else [])


def _named(found: list[Stance]) -> list[tuple[Organization, str, str]]:
    societies = Organization.objects.select_related("entry").in_bulk([one.society_id for one in found])
    ordered = sorted(found, key=lambda one: one.society)
    return [(societies[one.society_id], one.name, one.words) for one in ordered]
