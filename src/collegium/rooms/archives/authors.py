"""Whose letters they are: names as they are shown, and persons by their addresses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from collegium.core.people.models import Person
from collegium.design.text import clean_text

LONGEST_NAME = 150
_VIA = re.compile(r"\s+via\s+.{1,100}$", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]{2,}")
_PLAIN_LOCAL = re.compile(r"[a-z]{2,}(?:[._-][a-z]{1,})+")


def key_of(address: str | None, name: str) -> str:
    """By which an author is known again: of an address a keyed hash, of a letter without one the name's."""
    said = f"address:{address.lower()}" if address else f"name:{name.casefold()}"
    return salted_hmac("collegium.archives.author", said, algorithm="sha256").hexdigest()


def shown_name(written: str, address: str | None) -> str:
    """The name as it was written; an address is never shown, not even where it stands as a name."""
    name = _VIA.sub("", " ".join(written.split())).strip(" '\"")
    if "@" in name or re.search(r"\S at \S+\.\S", name):
        name = ""
    if not name and address:
        local = address.partition("@")[0].partition("+")[0].lower()
        if _PLAIN_LOCAL.fullmatch(local):
            name = " ".join(word.capitalize() for word in re.split(r"[._-]", local))
    try:
        name = clean_text(name[:LONGEST_NAME], max_length=LONGEST_NAME, multiline=False)
    except ValueError:
        name = ""
    return name or _("Somebody on the mailing list")


def persons_with(addresses: Iterable[str]) -> dict[str, Person]:
    """Who has verified each of the addresses, now or in the past, and has an account still."""
    wanted = sorted({address.lower() for address in addresses})
    rows = EmailAddress.objects.filter(email__in=wanted, verified=True).select_related("user__merged_into")
    found = {}
    for row in rows.order_by("pk"):
        person = row.user.merged_into or row.user
        if person.closed_at is None:
            found[row.email.lower()] = person
    return found


def keys_of(person: Person) -> list[str]:
    """The keys of the addresses the person has verified."""
    rows = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    return [key_of(address, "") for address in rows]


def is_same(person: Person, written: str) -> bool:
    """Whether the name in a letter may be the person's. An address of an office had others before them."""
    words = _words("" if "@" in written else written)
    return not words or bool(words & _words(person.name))


def _words(name: str) -> set[str]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return set(_WORDS.findall(plain))
