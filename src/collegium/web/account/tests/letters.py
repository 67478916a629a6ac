"""Reading the letters of a test."""

from __future__ import annotations

from collegium.core.mail.models import Letter


def letters_to(email: str) -> list[str]:
    """Kinds of the letters to an address, oldest first."""
    return list(Letter.objects.filter(to=email).order_by("pk").values_list("kind", flat=True))


def newest_letter() -> Letter:
    return Letter.objects.latest("pk")


def newest_code() -> str:
    """The code in the newest letter."""
    return newest_letter().subject.split()[0]


def link_in(letter: Letter) -> str:
    """The path of the link in a letter, as a browser would ask for it."""
    [address] = [line.strip() for line in letter.text.splitlines() if line.strip().startswith("http")]
    return "/" + address.split("/", 3)[3]
