"""What a stranger would try at each address: the ids and names there are, and one of each that is not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter

from .world import World, parts

# Of each table the first two rows and the last are tried; of what is named in the table's own parts, all.
SOME = 2
NONE_SUCH = 999_999
# Whose rows the number in an address counts; the first that fits. What stands here must fit some address.
ROWS_OF = {
    r"^groups/.*/confirmations/": ("groups.Membership", "groups.Office", "groups.Circle", "people.Tenure"),
    r"^groups/.*/requests/": ("groups.JoinRequest",),
    r"^groups/.*/needs/": ("groups.Need",),
    r"^groups/.*/suspensions/": ("groups.Suspension",),
    r"^groups/.*/readings/": ("groups.Reading",),
    r"^desk/.*/removals/": ("people.ProposedRemoval",),
    r"^desk/.*/departures/": ("people.Departure",),
    r"^(office/)?calls/": ("calls.Call",),
    r"^desk/.*/sittings/": ("calls.Sitting",),
    r"^desk/.*/mandates/": ("people.Mandate",),
    r"/tenures/": ("people.Tenure",),
    r"/links/": ("entries.Entry",),
    r"^account/addresses/": ("account.EmailAddress",),
    r"^(account|office)/.*(proposals|addresses)/": ("people.AddressProposal",),
    r"^account/security/": ("mfa.Authenticator",),
    r"^notifications/": ("notices.Notification",),
    r"^office/attestations/": ("people.Attestation",),
    r"^office/roster/": ("people.RosterImport",),
    r"/joinings?/": ("people.Joining",),
    r"/officers/": ("groups.Office",),
    r"^office/health/jobs/": ("procrastinate.ProcrastinateJob",),
    r"^office/requests/applications/": ("groups.Application",),
    r"^office/requests/seats/": ("groups.JoinRequest",),
    r"^office/letters/": ("mail.Letter",),
    r"/archive/authors/": ("archives.PastAuthor",),
    r"^issues/": ("positions.Issue",),
    r"^positions/": ("positions.Position",),
}
SLUGS_OF = {r"^groups/": "groups.Group", r"undertakings/": "groups.Undertaking", r"": "people.Organization"}


def addresses(
    resolver: URLResolver | None = None, prefix: str = "", outer: dict[str, Any] | None = None
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every address of the house as a template with `{name}`, and its converters."""
    for entry in (resolver or get_resolver()).url_patterns:
        written = str(entry.pattern).lstrip("^").removesuffix("$").removesuffix(r"\Z")
        path = prefix + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", written)
        converters = (outer or {}) | entry.pattern.converters
        if isinstance(entry, URLResolver):
            yield from addresses(entry, path, converters)
        elif isinstance(entry, URLPattern):
            yield path, converters


def guesses(world: World) -> list[str]:
    """Every address with every id, slug and handle there is, and one of each that is not."""
    words = _words(world)
    found = []
    for template, converters in addresses():
        if template.startswith("files/"):
            found.extend(f"/files/{file.pk}/{file.name}" for file in _rows("files.Attachment"))
            found.append(f"/files/{NONE_SUCH}/none-such")
            continue
        choices = [_choices(template, name, converter, words) for name, converter in converters.items()]
        filled = (dict(zip(converters, values, strict=True)) for values in product(*choices))
        found.extend("/" + template.format(**values) for values in filled)
    return found


def _words(world: World) -> dict[str, list[Any]]:
    words: dict[str, list[Any]] = {
        "handle": [*(person.handle for person in _rows("people.Person")), "none-such"],
        "kind": ["tenure", "member", "officer", "circle"],
        "number": [1, 2, 3, 4, 99],
        "topic_id": [*(topic.pk for topic in _rows("discussions.Topic")), world.cast.cfos.pk, NONE_SUCH],
    }
    for part in parts():
        for name, guess in getattr(part, "WORDS", {}).items():
            words[name] = list(dict.fromkeys([*words.get(name, []), *guess(world)]))
    return words


def _choices(template: str, name: str, converter: Any, words: dict[str, list[Any]]) -> list[Any]:
    if name in words:
        return words[name]
    if name == "slug":
        return [*(row.slug for row in _rows(next(_fitting(SLUGS_OF, template)))), "none-such"]
    if isinstance(converter, IntConverter):
        tables = next(_fitting(ROWS_OF, template))
        return [*dict.fromkeys(pk for table in tables for pk in _some(table)), NONE_SUCH]
    return ["x"]


def _fitting(choices: dict[str, Any], template: str) -> Iterator[Any]:
    """Nothing fits: say in this module whose rows the address counts."""
    return (choice for pattern, choice in choices.items() if re.search(pattern, template))


def _some(table: str) -> list[int]:
    keys = [row.pk for row in _rows(table)]
    return [*keys[:SOME], *keys[SOME:][-1:]]


def _rows(table: str) -> Iterable[Model | Any]:
    return apps.get_model(table)._base_manager.order_by("pk")
