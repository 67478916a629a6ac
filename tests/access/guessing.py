"""What a stranger would try at each address: ids and names of rows there are, and one of each that is not.

Each row is tried at its own address. Below, one of the rows of a kind (see `kinds.py`) is tried at each, another at the
next. Where an address has several words, what belongs together is tried together; besides, each word once beside
one that it does not belong to. All with all would be many times as many, and what they add is answered by the same
query: no row has both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter

from collegium.config.routes import Number

from .kinds import one_of_each
from .world import World, parts

NONE_SUCH = 999_999
# Instead of the number of a turn: each row, not one of each kind.
ALL = -1
# Whose rows the number in an address counts; the first that fits. What stands here must fit some address.
ROWS_OF = {
    r"^groups/.*/confirmations/": ("groups.Membership", "groups.Office", "groups.Circle", "people.Tenure"),
    r"^groups/.*/widenings/": ("groups.Circle",),
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
# By what path a row leads to the words of its address; the first that fits.
BELONGS = {
    r"^topics/.*/posts/{number}": ("discussions.Post", {"topic_id": "topic_id", "number": "number"}),
    r"^positions/.*/people/": ("positions.Drafter", {"pk": "position_id", "drafter": "pk"}),
    r"^positions/.*{statement}": ("positions.MinorityStatement", {"pk": "position_id", "statement": "pk"}),
    r"^positions/.*{voice}": ("positions.MinorityVoice", {"pk": "statement__position", "voice": "pk"}),
    r"^positions/.*/revisions/": ("positions.Revision", {"pk": "position_id", "number": "number"}),
    r"^positions/.*/comments/{number}": ("positions.Comment", {"pk": "consultation__position", "number": "number"}),
    r"^ballots/.*{row_id}": ("calls.RollRow", {"ballot_id": "call__ballot", "row_id": "pk"}),
    r"^ballots/.*{recusal_id}": ("ballots.Recusal", {"ballot_id": "ballot_id", "recusal_id": "pk"}),
    r"^ballots/.*{contest_id}": ("ballots.Contest", {"ballot_id": "ballot_id", "contest_id": "pk"}),
    r"^(office/)?calls/.*{row_id}": ("calls.RollRow", {"pk": "call_id", "row_id": "pk"}),
    r"^desk/.*/tenures/": ("people.Tenure", {"slug": "seat__organization__slug", "pk": "pk"}),
    r"^desk/.*/mandates/": ("people.Mandate", {"slug": "tenure__seat__organization__slug", "pk": "pk"}),
    r"^desk/.*/departures/": ("people.Departure", {"slug": "organization__slug", "pk": "pk"}),
    r"^desk/.*/sittings/": ("calls.Sitting", {"slug": "organization__slug", "pk": "pk"}),
    r"^desk/.*/removals/": ("people.ProposedRemoval", {"slug": "attestation__organization__slug", "pk": "pk"}),
    r"^office/groups/.*/officers/": ("groups.Office", {"group_slug": "group__slug", "pk": "pk"}),
    r"^groups/.*/widenings/": ("groups.Circle", {"slug": "group__slug", "pk": "pk"}),
    r"^groups/.*/requests/": ("groups.JoinRequest", {"slug": "group__slug", "request_id": "pk"}),
    r"^groups/.*/needs/": ("groups.Need", {"slug": "group__slug", "pk": "pk"}),
    r"^groups/.*/suspensions/": ("groups.Suspension", {"slug": "group__slug", "pk": "pk"}),
    r"^groups/.*/readings/": ("groups.Reading", {"slug": "group__slug", "pk": "pk"}),
    r"^groups/.*/confirmations/": ("groups.Membership", {"slug": "group__slug", "pk": "pk"}),
    r"^groups/.*/authors/": ("archives.PastAuthor", {"slug": "group__slug", "pk": "pk"}),
    r"^undertakings/.*{number}": ("groups.UndertakingVersion", {"slug": "undertaking__slug", "number": "number"}),
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
    """Each address with each row or one of each kind, and with one of each word that is not."""
    words = _words(world)
    found = []
    for place, (template, converters) in enumerate(addresses()):
        if template.startswith("files/"):
            found.extend(f"/files/{file.pk}/{file.name}" for file in _rows("files.Attachment"))
            found.append(f"/files/{NONE_SUCH}/none-such")
            continue
        owned = template.endswith("{" + next(iter(converters), "") + "}/")
        turn = ALL if owned else place
        choices = {name: _choices(template, name, converter, words, turn) for name, converter in converters.items()}
        filled = [*_belonging(template, choices, turn), *_crossed(choices)]
        found.extend("/" + template.format(**values) for values in filled)
    return list(dict.fromkeys(found))


def _belonging(template: str, choices: dict[str, list[Any]], turn: int) -> Iterator[dict[str, Any]]:
    """The words of one row of each kind, and for each word that it may stand beside."""
    table, paths = next(_fitting(BELONGS, template), ("", {}))
    if not paths or len(choices) < 2:
        return
    outer = next(iter(paths))
    rows = _rows(table)
    all_told = {row["pk"]: row for row in rows.values("pk", *paths.values())}
    # Of those that stand below the rows tried here; where none does, of all.
    told = {pk: row for pk, row in all_told.items() if row[paths[outer]] in choices[outer]} or all_told
    for row in one_of_each(rows.filter(pk__in=told), turn, lambda row: (told[row.pk][paths[outer]],)):
        rest = {name: guesses[turn % len(guesses)] for name, guesses in choices.items() if name not in paths}
        yield rest | {name: told[row.pk][path] for name, path in paths.items()}


def _crossed(choices: dict[str, list[Any]]) -> Iterator[dict[str, Any]]:
    """Each guess of each word at least once; with several words beside the next one's next, which is another's."""
    for number in range(max(map(len, choices.values()), default=1)):
        yield {name: guesses[(number + place) % len(guesses)] for place, (name, guesses) in enumerate(choices.items())}


def _words(world: World) -> dict[str, list[Any]]:
    words: dict[str, Any] = {
        "handle": _rows("people.Person"),
        "kind": ["tenure", "member", "officer", "circle"],
        "number": [1, 2, 3, 4, 99],
        "topic_id": _rows("discussions.Topic"),
    }
    for part in parts():
        for name, guess in getattr(part, "WORDS", {}).items():
            given = guess(world)
            words[name] = given if isinstance(given, QuerySet) else list(dict.fromkeys([*words.get(name, []), *given]))
    return words


def _choices(template: str, name: str, converter: Any, words: dict[str, Any], turn: int) -> list[Any]:
    if isinstance(words.get(name), list):
        return words[name]
    if name in words:
        return _some(words[name], turn, word="handle" if name == "handle" else "pk")
    if name == "slug":
        return _some(_rows(next(_fitting(SLUGS_OF, template))), turn, word="slug")
    if isinstance(converter, (Number, IntConverter)):
        tables = next(_fitting(ROWS_OF, template))
        return [*dict.fromkeys(pk for table in tables for pk in _some(_rows(table), turn)[:-1]), NONE_SUCH]
    return ["x"]


def _fitting(choices: dict[str, Any], template: str) -> Iterator[Any]:
    """Nothing fits: say in this module whose rows the address counts."""
    return (choice for pattern, choice in choices.items() if re.search(pattern, template))


def _some(rows: Iterable[Any], turn: int, word: str = "pk") -> list[Any]:
    """What a row of each kind is called by, and at last a name or number that nothing has."""
    tried = rows if turn == ALL else one_of_each(rows, turn)
    return [*(getattr(row, word) for row in tried), NONE_SUCH if word == "pk" else "none-such"]


def _rows(table: str) -> QuerySet[Any]:
    return apps.get_model(table)._base_manager.order_by("pk")
