"""Reading what somebody typed: words, "phrases", -words to leave out, and `or` between alternatives."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from collegium.core.entries.text import WORD, fold, words

MOST_LETTERS, MOST_TERMS = 200, 20
# Shorter beginnings of words fit almost everything.
SHORTEST_BEGINNING, LONGEST_BEGINNING = 2, 60

_QUOTES = str.maketrans("“”„«»＂", '""""""')
_TERM = re.compile(r'(-*)(?:"([^"]*)(?:"|$)|([^\s"]+))')


class Unclear(Exception):
    """What was typed cannot be searched for; the message says why, for the person who typed it."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a phrase, folded; `is_out` if results must not have it."""

    text: str
    is_phrase: bool = False
    is_out: bool = False

    def __str__(self) -> str:
        return f"{'-' if self.is_out else ''}" + (f'"{self.text}"' if self.is_phrase else self.text)


@dataclass(frozen=True)
class Asked:
    """Alternatives of terms that must all fit; the database reads its texts in PostgreSQL's websearch syntax.

    `others` are all alternatives but the last, `rest` is the last without its last word, `last` is that word where one
    may still be typing it, so that it also stands for all words it begins, and `beginning` is the same word.
    `has_order` says whether it matters how words follow one another: then having all of them is not enough.
    """

    alternatives: tuple[tuple[Term, ...], ...]
    words: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        terms = [term for terms in self.alternatives for term in terms if not term.is_out]
        object.__setattr__(self, "words", frozenset(word for term in terms for word in WORD.findall(term.text)))

    @property
    def beginning(self) -> str:
        last = self.alternatives[-1][-1]
        may_go_on = not last.is_phrase and not last.is_out and last.text.isalnum()
        return last.text if may_go_on and SHORTEST_BEGINNING <= len(last.text) <= LONGEST_BEGINNING else ""

    @property
    def has_order(self) -> bool:
        return not all(term.text.isalnum() for terms in self.alternatives for term in terms)

    @property
    def others(self) -> str:
        return " or ".join(" ".join(map(str, terms)) for terms in self.alternatives[:-1])

    @property
    def rest(self) -> str:
        return " ".join(map(str, self._before_the_beginning(self.alternatives[-1])))

    @property
    def together(self) -> list[str]:
        """Of each alternative the words that must all be there; in the last without the one that may go on."""
        return [
            " ".join(term.text for term in self._before_the_beginning(terms) if not term.is_out)
            for terms in self.alternatives
        ]

    @property
    def without(self) -> list[str]:
        """Of each alternative the single words that must not be there, as websearch reads them."""
        return [
            " or ".join(term.text for term in terms if term.is_out and term.text.isalnum())
            for terms in self.alternatives
        ]

    def _before_the_beginning(self, terms: tuple[Term, ...]) -> tuple[Term, ...]:
        return terms[:-1] if terms is self.alternatives[-1] and self.beginning else terms


def parse(typed: str) -> Asked | None:
    """What is asked for; None where nothing was typed. Raises Unclear."""
    if len(typed) > MOST_LETTERS:
        raise Unclear(_("That is too much to search for. Take the few words that matter most."))
    folded = fold(typed).translate(_QUOTES).strip()
    if not folded:
        return None
    alternatives = [terms for terms in _alternatives(folded) if terms]
    if not alternatives:
        raise Unclear(_("There is no word in this. Type letters or digits."))
    if sum(map(len, alternatives)) > MOST_TERMS:
        raise Unclear(_("These are too many words. Take the few that matter most."))
    if not all(any(not term.is_out for term in terms) for terms in alternatives):
        raise Unclear(_("Say what to look for as well, not only what to leave out."))
    return Asked(tuple(tuple(terms) for terms in alternatives))


def _alternatives(text: str) -> list[list[Term]]:
    found: list[list[Term]] = [[]]
    for minus, phrase, word in _TERM.findall(text):
        if word == "or" and not minus:
            found.append([])
        elif one := " ".join(words(phrase or word).split()):
            # What is several words to the index, as `CFO/COO` is, must stand together.
            found[-1].append(Term(one, is_phrase=bool(phrase) or " " in one, is_out=bool(minus)))
    return found
