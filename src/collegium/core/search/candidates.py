"""What fits a question, in order: the parameters of the statement that finds, and what it answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _
from psycopg.errors import QueryCanceled

from collegium.core.access.models import NamedPerson
from collegium.core.access.queries import visible_parameters
from collegium.core.access.statements import rows, untyped
from collegium.core.access.viewers import Viewer
from collegium.core.entries import lexemes
from collegium.core.entries.text import WORD

from . import statement
from .known import Known, known
from .parsing import Asked
from .reach import EVERYTHING, Asking, Reach, reach, sees_much
from .registry import kinds

# Of a word only begun so many passages may have one of the words it begins, and so many frequent ones are looked for.
_FEW, _FREQUENT = 5_000, 24
# Milliseconds: what looking through the index may take among all and among titles, and the whole statement at last.
_WITHIN, _TITLES_WITHIN, _LONGEST = 4.0, 2.0, 3_000
_LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)
_TITLES = [[lexemes.TITLE]]


class TooLong(Exception):
    """Finding took too long and was given up; the message is for the person who asked."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What results are narrowed by; 0 and None for not at all. `titles` leaves titles and names, fewer of them."""

    kind: str = ""
    group: int = 0
    society: int = 0
    function: int = 0
    since: datetime | None = None
    titles: bool = False


class Hit(NamedTuple):
    """A thing that fits: the name of its kind, its key there, its best passage, and how many more passages fit."""

    kind: str
    key: int
    passage: int
    at: datetime
    more: int = 0


@dataclass(frozen=True, slots=True)
class Candidates:
    """A page of things, how many there are among the candidates, and whether others that fit were left out.

    What was written before `since` was not looked through; None where everything was.
    """

    hits: tuple[Hit, ...] = ()
    count: int = 0
    are_more: bool = False
    since: datetime | None = None


def candidates(
    viewer: Viewer,
    asked: Asked,
    narrowing: Narrowing,
    *,
    newest_first: bool = False,
    thorough: bool = False,
    offset: int = 0,
) -> Candidates:
    """What fits and what the viewer may see; their audience is asked of the index and again of each entry.

    `thorough` is to look through everything, also where that takes long. Raises TooLong.
    """
    facts, audiences, narrowed_by = known(viewer.at), _audiences(viewer), _narrowed(narrowing)
    scope = [audiences, *narrowed_by]
    frequent = _frequent(asked.beginning, facts)
    asking = _asking(asked, scope, frequent, facts)
    since = narrowing.since or _LONG_AGO
    among_all, among_titles = _reaches(asking, asked, facts, viewer.at, since, thorough=thorough)
    parameters = [
        *_words(asked, frequent, facts),
        " & ".join(map(lexemes.any_of, scope)),
        _lasting(narrowing.kind),
        since,
        *among_all.parameters,
        *among_titles.parameters,
        asking.of_words < asking.of_scope,
        newest_first,
        viewer.at,
        asking.are_rare(facts) and not thorough,
        " & ".join(map(lexemes.any_of, narrowed_by)),
        *visible_parameters(viewer) * statement.ADMITTED,
        *_kinds(narrowing.kind),
        offset,
    ]
    # What follows what is known is bounded; anything else may take long.
    ask = _in_time if thorough or not facts.shares else rows
    is_wide = not thorough and narrowed_by in ([], _TITLES) and sees_much(facts, audiences, enough=statement.NEWEST)
    found = ask(_statement(asked, narrowing, thorough=thorough, is_wide=is_wide), parameters)
    is_full, begins, others_are_full, are_all, count = found[0][:5]
    hits = tuple(Hit(*row[5:]) for row in found if row[5] is not None)
    if are_all:
        return Candidates(hits, count, others_are_full)
    if asked.has_order:
        # Of those that have all the words only so many were compared.
        oldest = datetime.fromisoformat(begins) if is_full else among_all.since
        return Candidates(hits, count, others_are_full, oldest)
    return Candidates(hits, count, is_full or others_are_full, None if is_full else among_all.since)


def _statement(asked: Asked, narrowing: Narrowing, *, thorough: bool, is_wide: bool) -> str:
    if narrowing.titles:
        return statement.SUGGESTIONS_WIDELY if is_wide else statement.SUGGESTIONS
    if not asked.has_order:
        return statement.BY_WORDS_WIDELY if is_wide else statement.BY_WORDS
    if thorough:
        return statement.BY_ORDER_THOROUGH
    return statement.BY_ORDER_WIDELY if is_wide else statement.BY_ORDER


def _in_time(sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(_LONGEST)])
            return rows(sql, parameters)
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise TooLong(_("That search takes too long. Add a word, or narrow it.")) from error
        raise


# --- the words


def _frequent(beginning: str, facts: Known) -> list[tuple[str, float]]:
    """The most frequent words that begin so, with their shares."""
    return sorted(facts.begun(beginning), key=lambda word: -word[1])[:_FREQUENT] if beginning else []


def _words(asked: Asked, frequent: Sequence[tuple[str, float]], facts: Known) -> list[Any]:
    """The parameters that say which words must be there."""
    before, beginning = [""] * (len(asked.alternatives) - 1), asked.beginning
    begins = f"{lexemes.quoted(beginning)}:*" if beginning else ""
    return [
        asked.together,
        [*before, beginning],
        [*before, " | ".join(lexemes.quoted(word) for word, _share in frequent)],
        asked.without,
        asked.others,
        asked.rest,
        begins,
        asked.together[-1],
        begins if _are_few(beginning, facts) else None,
        asked.without[-1],
    ]


def _are_few(beginning: str, facts: Known) -> bool:
    """Whether the words that begin so can all be looked for: the frequent ones among them tell of the others."""
    return len(beginning) > 2 and facts.passages * sum(share for _word, share in facts.begun(beginning)) < _FEW


def _asking(
    asked: Asked, scope: Sequence[Sequence[str]], frequent: Sequence[tuple[str, float]], facts: Known
) -> Asking:
    alternatives = [[_share(token, facts) for token in text.split()] for text in asked.together]
    if asked.beginning:
        alternatives[-1].append(sum(share for _word, share in frequent) or facts.share(asked.beginning))
    return Asking(alternatives, [[facts.share(lexeme) for lexeme in one_of] for one_of in scope])


def _share(token: str, facts: Known) -> float:
    """A word of several parts is at most as common as the rarest of them."""
    parts = [token] if token in facts.shares else WORD.findall(token)
    return min((facts.share(part) for part in parts), default=0.0)


def _reaches(
    asking: Asking, asked: Asked, facts: Known, at: datetime, since: datetime, *, thorough: bool
) -> tuple[Reach, Reach]:
    """How far to look back among all passages and among titles."""
    if thorough:
        return EVERYTHING, EVERYTHING
    titles = replace(asking, narrowed=[*asking.narrowed, [facts.share(lexemes.TITLE)]])
    return (
        reach(asking, facts, enough=statement.NEWEST, within=_WITHIN, at=at, since=since),
        reach(titles, facts, enough=statement.TITLES, within=_TITLES_WITHIN, at=at, since=since),
    )


# --- what narrows


def _narrowed(narrowing: Narrowing) -> list[list[str]]:
    """What the question is narrowed by: of each list one lexeme at least must be there."""
    narrowed = list(_TITLES) if narrowing.titles else []
    if narrowing.kind:
        narrowed.append(_lexemes([narrowing.kind]))
    for key, lexeme in (
        (narrowing.group, lexemes.place),
        (narrowing.society, lexemes.society),
        (narrowing.function, lexemes.function),
    ):
        if key:
            narrowed.append([lexeme(key)])
    return narrowed


def _audiences(viewer: Viewer) -> list[str]:
    named: Any = []
    if viewer.is_named:
        named = NamedPerson.objects.filter(person=viewer.person_id).values_list("audience_id", flat=True)
    return [lexemes.audience(key) for key in sorted({*viewer.audience_ids, *named})]


def _lasting(kind: str) -> str:
    names = [name for name, thing in kinds.items() if thing.is_lasting and kind in ("", name)]
    return lexemes.any_of(_lexemes(names) or ["=nothing"])


def _lexemes(names: Sequence[str]) -> list[str]:
    return [lexemes.kind(*part) for name in names for part in kinds.get(name).parts]


@cache
def _kinds(asked_for: str) -> list[Any]:
    """A row for each part that is findable; where a kind folds, it does unless one asked for it."""
    listed = [
        ("/".join(part), name, kind.by_part, not kind.by_part or (kind.folds and name != asked_for), kind.is_lasting)
        for name, kind in kinds.items()
        for part in kind.parts
    ]
    return [untyped(list(column)) for column in zip(*listed, strict=True)]
