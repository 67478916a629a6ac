"""How a published position is cited, for people and their programs, and said to machines in the words of schema.org."""

from __future__ import annotations

import json
import re
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from collegium.core.people.models import Organization

from .course import PUBLISHED
from .models import Position, Revision

# A script element ends where its text says so, whatever type it has.
_UNSAFE = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
# What BibTeX would read as something else than a letter.
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{letter: f"\\{letter}" for letter in "#$%&_"},
}
_LINES = re.compile(r"\s+")


def council_name() -> str:
    found = Organization.objects.filter(kind=Organization.Kind.COUNCIL).first()
    return found.name if found else _("The council")


def context(position: Position, request: HttpRequest) -> dict[str, Any]:
    """What the page of a published position says for those who cite it; nothing before it is published."""
    if position.entry.state not in PUBLISHED or position.adopted is None:
        return {"citation": "", "json_ld": ""}
    url, name = address_of(position, request), council_name()
    return {
        "citation": citation(position, position.adopted, name, url),
        "canonical": url,
        "json_ld": _json_ld(position, position.adopted, name, url),
    }


def address_of(position: Position, request: HttpRequest) -> str:
    """The one address under which it is cited, whatever the reader typed."""
    return request.build_absolute_uri(position.get_absolute_url())


def citation(position: Position, revision: Revision, name: str, url: str) -> str:
    """In one line; before it is published, with the day it was written."""
    day = position.published_at
    words = (
        _("%(council)s. %(title)s. %(kind)s, revision %(number)s, published %(day)s. %(url)s")
        if day
        else _("%(council)s. %(title)s. %(kind)s, revision %(number)s of %(day)s, not published. %(url)s")
    )
    return words % {
        "council": name,
        "title": revision.title,
        "kind": position.get_kind_display(),
        "number": revision.number,
        "day": date_format(day or revision.at, "j F Y"),
        "url": url,
    }


def bibtex(position: Position, revision: Revision, name: str, url: str) -> str:
    """As an entry of BibTeX: a report of the council, which is its author as a whole."""
    assert position.published_at is not None  # only what is published is cited
    fields = {
        "author": f"{{{_tex(name)}}}",
        "title": f"{{{_tex(revision.title)}}}",
        "institution": _tex(name),
        "type": _tex(str(position.get_kind_display())),
        "year": f"{position.published_at:%Y}",
        "month": f"{position.published_at:%m}".lstrip("0"),
        "day": f"{position.published_at:%d}".lstrip("0"),
        "number": _tex(_("Revision %(number)s") % {"number": revision.number}),
        "url": url,
        "note": f"SHA-256 {revision.digest}",
    }
    lines = "".join(f"  {field} = {{{value}}},\n" for field, value in fields.items())
    return f"@techreport{{position-{position.pk}-{revision.number},\n{lines}}}\n"


def _tex(words: str) -> str:
    return "".join(_TEX.get(letter, letter) for letter in _LINES.sub(" ", words))


def ris(position: Position, revision: Revision, name: str, url: str) -> str:
    """As a record of RIS, each tag on a line of its own."""
    assert position.published_at is not None  # only what is published is cited
    lines = [
        ("TY", "RPRT"),
        ("AU", name),
        ("TI", revision.title),
        ("M3", str(position.get_kind_display())),
        ("PB", name),
        ("PY", f"{position.published_at:%Y}"),
        ("DA", f"{position.published_at:%Y/%m/%d}"),
        ("ET", _("Revision %(number)s") % {"number": revision.number}),
        ("UR", url),
        ("N1", f"SHA-256 {revision.digest}"),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {_LINES.sub(' ', value)}\r\n" for tag, value in lines)


def _json_ld(position: Position, adopted: Revision, name: str, url: str) -> SafeString:
    """A schema.org `Report` as JSON-LD: a block of data, which browsers do not run."""
    publisher = {"@type": "Organization", "name": name, "url": settings.BASE_URL}
    told = {
        "@context": "https://schema.org",
        "@type": "Report",
        "@id": url,
        "mainEntityOfPage": url,
        "headline": adopted.title,
        "name": adopted.title,
        "genre": str(position.get_kind_display()),
        "url": url,
        "author": publisher,
        "publisher": publisher,
        "dateCreated": position.adopted_at,
        "datePublished": position.published_at,
        "dateModified": position.entry.touched_at,
        "version": adopted.number,
        "identifier": {"@type": "PropertyValue", "propertyID": "sha256", "value": adopted.digest},
        "creativeWorkStatus": position.entry.state,
        "expires": position.sunset_on,
        "inLanguage": settings.LANGUAGE_CODE,
        "isAccessibleForFree": True,
        "encoding": {"@type": "MediaObject", "encodingFormat": "application/pdf", "contentUrl": f"{url}paper.pdf"},
    }
    known = {key: value for key, value in told.items() if value is not None}
    text = json.dumps(known, cls=DjangoJSONEncoder, ensure_ascii=False).translate(_UNSAFE)
    return mark_safe(text)  # noqa: S308 - what could end the element is escaped
