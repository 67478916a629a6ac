"""How a published position is cited, and said to machines in the words of schema.org."""

from __future__ import annotations

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from collegium.core.people.models import Organization

from .course import PUBLISHED
from .models import Position

# A script element ends where its text says so, whatever type it has.
_UNSAFE = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def council_name() -> str:
    found = Organization.objects.filter(kind=Organization.Kind.COUNCIL).first()
    return found.name if found else _("The council")


def context(position: Position, request: HttpRequest) -> dict[str, Any]:
    """What the page of a published position says for those who cite it; nothing before it is published."""
    if position.entry.state not in PUBLISHED or position.adopted is None:
        return {"citation": "", "json_ld": ""}
    url, name = request.build_absolute_uri(position.get_absolute_url()), council_name()
    return {"citation": _citation(position, name, url), "json_ld": _json_ld(position, name, url)}


def _citation(position: Position, name: str, url: str) -> str:
    assert position.published_at is not None  # published
    assert position.adopted is not None
    words = _("%(council)s. %(title)s. %(kind)s, revision %(number)s, published %(day)s. %(url)s")
    return words % {
        "council": name,
        "title": position.adopted.title,
        "kind": position.get_kind_display(),
        "number": position.adopted.number,
        "day": date_format(position.published_at, "j F Y"),
        "url": url,
    }


def _json_ld(position: Position, name: str, url: str) -> SafeString:
    """A schema.org `Article` as JSON-LD: a block of data, which browsers do not run."""
    assert position.adopted is not None
    publisher = {"@type": "Organization", "name": name}
    told = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": position.adopted.title,
        "genre": str(position.get_kind_display()),
        "url": url,
        "author": publisher,
        "publisher": publisher,
        "datePublished": position.published_at,
        "dateModified": position.adopted.at,
        "version": position.adopted.number,
        "identifier": f"sha256:{position.adopted.digest}",
        "creativeWorkStatus": position.entry.state,
        "expires": position.sunset_on,
        "inLanguage": "en",
    }
    text = json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False).translate(_UNSAFE)
    return mark_safe(text)  # noqa: S308 - what could end the element is escaped
