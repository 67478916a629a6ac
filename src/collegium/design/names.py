"""Letters that stand for a person where a picture would, and numbers as people read them."""

from __future__ import annotations

from django.utils.formats import number_format


def initials_of(name: str) -> str:
    """First and last letter of a name, without forms of address before it or titles after a comma."""
    words = [word for word in name.partition(",")[0].replace("-", " ").split() if word[:1].isalpha()]
    words = [word for word in words if not word.endswith(".")] or words
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def grouped(number: int | float) -> str:
    """A number with its thousands parted, as the language does it."""
    if isinstance(number, int) and -1000 < number < 1000:
        return str(number)
    return str(number_format(number, force_grouping=True))
