"""The kinds of letters the house writes, told by whoever writes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from collegium.core.access.registry import Registry

# name of the kind -> dotted path of its LetterKind: `letters.register("account.login_code", "….letters.LOGIN_CODE")`
letters = Registry("letter")


@dataclass(frozen=True, slots=True)
class LetterKind:
    """A kind of letter: `account.login_code` is written from the folder `account/mails/login_code/` of the templates.

    `needs` names all that its templates are told. After `useful_for` the letter is of no use (a code that has run out)
    and is no longer sent.
    """

    name: str
    label: Any
    needs: tuple[str, ...] = ()
    useful_for: timedelta | None = None

    @property
    def templates(self) -> tuple[str, str, str]:
        """Subject, text and HTML."""
        app, _dot, letter = self.name.partition(".")
        return (
            f"{app}/mails/{letter}/subject.txt",
            f"{app}/mails/{letter}/body.txt",
            f"{app}/mails/{letter}/body.html",
        )
