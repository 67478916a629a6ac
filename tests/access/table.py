"""The access table: persona × address × state, written by hand; an address without a row fails the tests.

A row names an address, how it is asked (`GET`, or `POST` with what is sent) and who gets which answer. Whoever is not
named gets the answer of the unseen: nobody signed in is sent to sign in, everybody else is told that there is no such
page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .world import CEOS, CFO_CHAIR, CFOS, EVERYONE, JOINED, MEMBERS, OFFICE, SIGNED_IN, World

Parts = frozenset[str | None]

# What an answer is called in the table.
PAGE, DONE, REFUSED, AWAY, LOGIN, MISSING, WRONG_WAY = (
    "page",
    "done",
    "refused",
    "away",
    "login",
    "missing",
    "wrong way",
)


@dataclass(frozen=True)
class Row:
    """`answers` maps an answer to the parts that get it; `where` gives the address's words from the world."""

    name: str
    answers: Mapping[str, Parts]
    where: Callable[[World], dict[str, Any]] = lambda world: {}
    post: Callable[[World], dict[str, Any]] | None = None
    state: str = ""
    # Answered alike to everybody who is signed in; for the signed out see `nobody`.
    nobody: str = LOGIN
    rest: str = MISSING

    def __str__(self) -> str:
        return f"{'POST' if self.post else 'GET'} {self.name}{' ' + self.state if self.state else ''}"

    def expected(self, part: str | None) -> str:
        for answer, parts in self.answers.items():
            if part in parts:
                return answer
        return self.nobody if part is None else self.rest


def topic(name: str) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"topic_id": world.made[name].pk}


def linked(name: str, other: str) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"topic_id": world.made[name].pk, "other": world.made[other].pk}


def post_of(name: str, number: int) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"topic_id": world.made[name].pk, "number": number}


def group(slug: str, **more: Callable[[World], Any]) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"slug": slug} | {name: value(world) for name, value in more.items()}


def nothing(world: World) -> dict[str, Any]:
    return {}


def seat_of(part: str) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"tenure": world.cast.tenures[part].pk}


def everywhere_alike(*names: str, answers: Mapping[str, Parts], nobody: str = LOGIN, rest: str = MISSING) -> list[Row]:
    return [Row(name, answers, nobody=nobody, rest=rest) for name in names]


PUBLIC_PAGES = [
    Row("healthz", {"503": EVERYONE}, state="no worker"),
    *everywhere_alike("home:home", "groups:list", "societies:list", answers={PAGE: EVERYONE}),
    Row("societies:society", {PAGE: EVERYONE}, lambda w: {"slug": "lagoon"}),
    Row("societies:history", {PAGE: MEMBERS}, lambda w: {"slug": "lagoon"}),
    Row("societies:society", {}, lambda w: {"slug": "none-such"}, state="unknown", nobody=MISSING),
]

PERSONS = [
    Row("persons:list", {PAGE: MEMBERS}),
    Row("persons:person", {PAGE: MEMBERS}, lambda w: {"handle": w.cast.colleague.handle}),
    Row("persons:person", {}, lambda w: {"handle": "none-such"}, state="unknown"),
]

GROUPS = [
    Row("groups:group", {PAGE: EVERYONE}, group("cfos")),
    Row("groups:group", {PAGE: EVERYONE}, group("ceos"), state="closed"),
    Row("groups:group", {PAGE: OFFICE}, group("board"), state="hidden", nobody=MISSING),
    Row("groups:group", {}, group("none-such"), state="unknown", nobody=MISSING),
    Row("groups:charter", {PAGE: EVERYONE}, group("cfos")),
    Row("groups:charter", {PAGE: OFFICE}, group("board"), state="hidden", nobody=MISSING),
    # What was done has names in it, and names are for member societies.
    Row("groups:history", {PAGE: MEMBERS}, group("cfos")),
    Row("groups:history", {PAGE: OFFICE}, group("board"), state="hidden"),
    Row("groups:roster", {PAGE: CFOS}, group("cfos")),
    Row("groups:roster", {PAGE: CEOS}, group("ceos"), state="closed"),
    Row("groups:roster", {}, group("board"), state="hidden"),
]

# Whoever sees the page of a group and may not do a thing there is told why; who does not run it is told nothing.
ASK = {"note": "Please"}
GROUP_DEEDS = [
    Row("groups:join", {DONE: frozenset({"newcomer"})}, group("membership"), seat_of("newcomer"), rest=REFUSED),
    Row("groups:join", {REFUSED: SIGNED_IN}, group("cfos"), seat_of("peer"), state="ex officio"),
    Row("groups:join", {REFUSED: OFFICE}, group("board"), nothing, state="hidden"),
    Row("groups:leave", {DONE: JOINED}, group("membership"), lambda w: {"membership": w.made["membership"].pk}),
    Row(
        "groups:ask",
        {REFUSED: SIGNED_IN},
        group("counsels"),
        lambda w: seat_of("newcomer")(w) | ASK,
        state="asked already",
    ),
    Row("groups:ask", {REFUSED: OFFICE}, group("board"), nothing, state="hidden"),
    Row(
        "groups:withdraw",
        {DONE: frozenset({"newcomer"})},
        group("counsels", request_id=lambda w: w.made["request"].pk),
        nothing,
    ),
    Row(
        "groups:approve",
        {DONE: OFFICE},
        group("counsels", request_id=lambda w: w.made["request"].pk),
        lambda w: {f"answer-{w.made['request'].pk}-reason": "Welcome", "reason": "Welcome"},
    ),
    Row(
        "groups:approve",
        {},
        group("cfos", request_id=lambda w: w.made["request"].pk),
        nothing,
        state="of another group",
    ),
    Row(
        "groups:refuse",
        {DONE: OFFICE},
        group("counsels", request_id=lambda w: w.made["request"].pk),
        lambda w: {f"answer-{w.made['request'].pk}-reason": "No", "reason": "No"},
    ),
    Row(
        "groups:confirm",
        {DONE: OFFICE | {"chair"}},
        group("ceos", kind=lambda w: "tenure", pk=lambda w: w.made["new_ceo"].pk),
        nothing,
        state="holder",
    ),
    Row("groups:withdraw_widening", {DONE: OFFICE}, group("board", pk=lambda w: w.made["widening"].pk), nothing),
    Row(
        "groups:withdraw_widening",
        {},
        group("ceos", pk=lambda w: w.made["widening"].pk),
        nothing,
        state="of another group",
    ),
    Row("groups:level", {DONE: CFOS}, group("cfos"), lambda w: {"level": "weekly"}),
    Row("groups:level", {REFUSED: CFOS}, group("cfos"), lambda w: {"level": "hourly"}, state="unknown"),
    Row("groups:read_all", {DONE: CFOS}, group("cfos"), nothing),
    Row("groups:adopt_charter", {DONE: CFO_CHAIR | OFFICE}, group("cfos"), lambda w: {"text": "We meet."}),
    Row("groups:adopt_charter", {REFUSED: CFO_CHAIR | OFFICE}, group("cfos"), lambda w: {"text": ""}, state="empty"),
]

ANSWER = {"raw": "I think so."}
TOPICS = [
    # Whoever sees the group's page and is not in it is told why not.
    Row("discussions:new_topic", {PAGE: CFOS, REFUSED: SIGNED_IN}, group("cfos")),
    Row("discussions:new_topic", {PAGE: CEOS, REFUSED: SIGNED_IN}, group("ceos"), state="closed"),
    Row("discussions:new_topic", {REFUSED: OFFICE}, group("board"), state="hidden"),
    Row("discussions:new_topic", {}, group("none-such"), state="unknown"),
    *[
        row
        for name in ("topic", "audience", "history", "links")
        for row in (
            Row(f"discussions:{name}", {PAGE: CFOS}, topic("question")),
            Row(f"discussions:{name}", {PAGE: CEOS}, topic("for_ceos"), state="closed group"),
            Row(f"discussions:{name}", {PAGE: CFO_CHAIR}, topic("for_officers"), state="officers"),
            Row(f"discussions:{name}", {PAGE: JOINED}, topic("for_joined"), state="joined"),
            Row(f"discussions:{name}", {}, lambda w: {"topic_id": 999_999}, state="unknown"),
        )
    ],
    Row("discussions:answer", {PAGE: CFOS}, topic("question")),
    Row("discussions:post", {AWAY: CFOS}, post_of("question", 2)),
    Row("discussions:post", {}, post_of("question", 99), state="unknown"),
    Row("discussions:wordings", {PAGE: CFOS}, post_of("question", 3)),
    Row("discussions:wordings", {PAGE: CFOS}, post_of("question", 4), state="deleted"),
    # The finance officers' group holds what its members write; the others hold nothing.
    Row("discussions:edit", {PAGE: frozenset({"delegate"}), REFUSED: CEOS}, post_of("for_ceos", 2)),
    Row("discussions:edit", {REFUSED: CFOS}, post_of("question", 1), state="held"),
    Row("discussions:title", {PAGE: frozenset({"two_seats"}), REFUSED: JOINED}, topic("for_joined")),
    Row("discussions:title", {PAGE: CFO_CHAIR, REFUSED: CFOS}, topic("question"), state="held"),
    Row("discussions:deletion", {PAGE: frozenset({"peer", "colleague"}), REFUSED: CFOS}, post_of("question", 1)),
]

TOPIC_DEEDS = [
    Row(
        "discussions:new_topic",
        {DONE: CFOS, REFUSED: SIGNED_IN},
        group("cfos"),
        lambda w: {
            "kind": "discussion",
            "title": "On reserves",
            "raw": "How much?",
            "audience": w.cast.cfos.circle.audience_id,
        },
    ),
    Row(
        "discussions:new_topic",
        {REFUSED: SIGNED_IN},
        group("cfos"),
        lambda w: {"kind": "discussion", "title": ""},
        state="empty",
    ),
    Row("discussions:answer", {DONE: CFOS}, topic("question"), lambda w: ANSWER),
    Row("discussions:answer", {REFUSED: CFOS}, topic("question"), nothing, state="empty"),
    Row("discussions:answer", {DONE: CEOS}, topic("for_ceos"), lambda w: ANSWER, state="closed group"),
    Row("discussions:answer", {DONE: CFO_CHAIR}, topic("for_officers"), lambda w: ANSWER, state="officers"),
    Row(
        "discussions:edit",
        {DONE: frozenset({"delegate"}), REFUSED: CEOS},
        post_of("for_ceos", 2),
        lambda w: {"raw": "Otherwise."},
    ),
    Row("discussions:edit", {REFUSED: CFOS}, post_of("question", 1), lambda w: {"raw": "Otherwise."}, state="held"),
    Row(
        "discussions:title",
        {DONE: frozenset({"two_seats"}), REFUSED: JOINED},
        topic("for_joined"),
        lambda w: {"title": "A better title"},
    ),
    Row(
        "discussions:title",
        {DONE: CFO_CHAIR, REFUSED: CFOS},
        topic("question"),
        lambda w: {"title": "A better title"},
        state="held",
    ),
    Row("discussions:deletion", {DONE: frozenset({"colleague"}), REFUSED: CFOS}, post_of("question", 2), nothing),
    Row(
        "discussions:acceptance",
        {DONE: frozenset({"peer", "colleague"}), REFUSED: CFOS},
        post_of("question", 2),
        nothing,
    ),
    Row("discussions:unacceptance", {REFUSED: CFOS}, post_of("question", 2), nothing, state="nothing accepted"),
    Row("discussions:pin", {DONE: CFO_CHAIR, REFUSED: CFOS}, topic("question"), nothing),
    Row("discussions:unpin", {REFUSED: CFOS}, topic("question"), nothing, state="not pinned"),
    Row("discussions:closure", {DONE: CFO_CHAIR | {"peer"}, REFUSED: CFOS}, topic("question"), nothing),
    Row("discussions:reopening", {REFUSED: CFOS}, topic("question"), nothing, state="open"),
    Row(
        "discussions:links",
        {DONE: CFO_CHAIR, REFUSED: CFOS},
        topic("question"),
        lambda w: {"to": str(w.made["for_officers"].pk), "kind": "related"},
        state="to the officers'",
    ),
    Row("discussions:links", {REFUSED: CFOS}, topic("question"), nothing, state="empty"),
    Row("discussions:link_removal", {}, linked("question", "for_officers"), nothing, state="not linked"),
    Row("discussions:follow", {DONE: CFOS}, topic("question"), nothing),
    Row("discussions:mute", {DONE: CFOS}, topic("question"), nothing),
    Row("discussions:unfollow", {DONE: CFOS}, topic("question"), nothing),
]

FILES = [
    Row("files:attachment", {PAGE: CFOS}, lambda w: w.file_of("question")),
    Row("files:attachment", {PAGE: CEOS}, lambda w: w.file_of("for_ceos"), state="closed group", nobody=MISSING),
    Row("files:attachment", {PAGE: frozenset({"peer"})}, lambda w: w.file("waiting"), state="waiting", nobody=MISSING),
    Row("files:attachment", {}, lambda w: {"pk": 999_999, "name": "x.txt"}, state="unknown", nobody=MISSING),
]
FILES[0] = Row("files:attachment", {PAGE: CFOS}, lambda w: w.file_of("question"), nobody=MISSING)
