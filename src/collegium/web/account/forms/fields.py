"""Fields of the account's forms."""

from __future__ import annotations

import re
import zoneinfo
from functools import lru_cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from collegium.design.text import clean_text

_LEADS_AWAY = re.compile(r"://|\bwww\.", re.IGNORECASE)


class Words(forms.CharField):
    """Text in one spelling, without characters nobody can see.

    Its length is not told to the browser, which would silently cut off what is pasted.
    """

    def __init__(self, *, room: int, multiline: bool = False, **options: Any) -> None:
        self.room = room
        self.multiline = multiline
        super().__init__(**options)

    def to_python(self, value: Any) -> str:
        try:
            return clean_text(str(value or ""), max_length=self.room, multiline=self.multiline)
        except ValueError as error:
            raise ValidationError(str(error)) from error


class NameWords(Words):
    """A name or a title: it stands in letters to others, whom no address in it may lead anywhere."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if _LEADS_AWAY.search(text):
            raise ValidationError(_("Write words only here, no web address."))
        return text


class WordList(Words):
    """A few short words or phrases, separated by commas or lines."""

    def __init__(self, *, most: int, length: int, **options: Any) -> None:
        self.most, self.length = most, length
        super().__init__(room=most * (length + 2), multiline=True, **options)

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        text: str = super().clean(value)
        words = list(
            dict.fromkeys(word for part in text.replace("\n", ",").split(",") if (word := " ".join(part.split())))
        )
        if len(words) > self.most:
            raise ValidationError(
                _("These are %(number)s; name at most %(most)s.") % {"number": len(words), "most": self.most}
            )
        for word in words:
            if len(word) > self.length:
                short = f"{word[:30]}…"
                raise ValidationError(_("“%(word)s” is too long: a few words, not a sentence.") % {"word": short})
        return words


class ZoneField(forms.ChoiceField):
    """A time zone, by continent."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=zone_choices, **options)


@lru_cache(maxsize=1)
def zone_choices() -> list[tuple[str, Any]]:
    """The zones people live in, by continent; UTC for those who think in it."""
    by_continent: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(zoneinfo.available_timezones()):
        continent, _slash, place = name.partition("/")
        if place and continent in CONTINENTS:
            by_continent.setdefault(continent, []).append((name, place.replace("_", " ").replace("/", ", ")))
    return [*by_continent.items(), ("UTC", "UTC")]


CONTINENTS = (
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)
