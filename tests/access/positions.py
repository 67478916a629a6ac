"""The access table's rows of issues and positions: drafted, asked about, answered, public; canaries in each part."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from collegium.rooms.positions import actions
from collegium.rooms.positions.course import STATES
from collegium.rooms.positions.models import Drafter, MinorityStatement, MinorityVoice
from collegium.rooms.positions.tests.asking import say
from collegium.rooms.positions.tests.factories import (
    give_mandate,
    in_state,
    later,
    make_answers,
    make_comment,
    make_drafter,
    make_issue,
    move,
    write,
)

from .table import DONE, MISSING, PAGE, REFUSED, Row, everywhere_alike, nothing
from .world import EVERYONE, MEMBERS, OFFICE, SIGNED_IN, World

Where = Callable[[World], dict[str, Any]]
DRAFTER = frozenset({"peer"})
COMMENTER = frozenset({"delegate"})
CHAIR = frozenset({"chair"})
DRAFTS = OFFICE | DRAFTER
WORDS = {
    "to": lambda world: [*STATES, "none-such"],
    "statement": lambda world: MinorityStatement.objects.order_by("pk"),
    "voice": lambda world: MinorityVoice.objects.order_by("pk"),
    "drafter": lambda world: Drafter.objects.order_by("pk"),
}


def furnish(world: World) -> None:
    """Something said in each state: to its drafters alone, to member societies, to everybody."""
    give_mandate(world.cast)
    _issues(world)
    _internal(world)
    _asked(world)
    _supported(world)
    _public(world)


def _issues(world: World) -> None:
    word = world.canary("issuewhy", MEMBERS)
    answers = make_answers(world.cast)
    told = make_answers(world.cast, words={**answers.words, "why-council": f"Because {word}."})
    world.made["issue"] = make_issue(world.cast, title=f"On {world.canary('issuetitle', MEMBERS)}", answers=told)
    decided = make_issue(world.cast, title="Another matter")
    reason = world.canary("triage", MEMBERS)
    world.made["decided"] = actions.accept_issue(
        decided, reason=f"As {reason}.", viewer=world.cast.viewer("staff"), at=world.cast.at
    )


def _written(world: World, label: str, state: str, seen_by: frozenset[str | None]) -> Any:
    """A position in a state, with a canary in title and text."""
    title, text = world.canary(f"{label}title", seen_by), world.canary(f"{label}text", seen_by)
    raw = f"Plans answer within {text} days.\n\nRefusals are reviewed."
    world.made[label] = in_state(world.cast, state, title=f"On {title}", raw=raw)
    return world.made[label]


def _internal(world: World) -> None:
    position = _written(world, "drafted", "drafting", DRAFTS)
    world.made["drafter"] = position.drafters.get()


def _asked(world: World) -> None:
    """In the second, what was written since the societies were asked is not for them yet."""
    position = _written(world, "asked", "comment", MEMBERS)
    _commented(world, "asked", position)
    position = _written(world, "answered", "comment", MEMBERS)
    comment = _commented(world, "answered", position)
    move(world.cast, position, "disposition", at=later(world.cast, 41))
    reason = world.canary("disposition", MEMBERS)
    actions.dispose_comment(
        comment, outcome="part", reason=reason, viewer=world.cast.viewer("peer"), at=later(world.cast, 42)
    )
    newer = world.canary("unshown", DRAFTS)
    write(world.cast, position, f"Plans answer soon, says {newer}.", at=later(world.cast, 43))


def _supported(world: World) -> None:
    """Lagoon and Harbour do not support it; Harbour says why. Who has looked at it without an answer is not told."""
    for part in ("delegate", "chair"):
        give_mandate(world.cast, part, "sign")
    position = _written(world, "supported", "sign-on", MEMBERS)
    for society in ("lagoon", "harbour"):
        say(world.cast, position, society, "decline", f"As {world.canary(f'{society}stance', MEMBERS)}.")
    at = later(world.cast, 95)
    world.made["statement"] = actions.state_minority(
        position,
        raw=f"We think {world.canary('minority', MEMBERS)}.",
        tenure=world.cast.tenures["chair"],
        viewer=world.cast.viewer("chair", at),
        at=at,
    )


def _commented(world: World, label: str, position: Any) -> Any:
    raw, proposal = world.canary(f"{label}comment", MEMBERS), world.canary(f"{label}proposal", MEMBERS)
    return make_comment(world.cast, position, raw=raw, proposal=proposal, block=2, quote="")


def put(world: World) -> dict[str, Any]:
    """A year ahead: the way to there took most of one."""
    day = timezone.now().date() + timedelta(days=400)
    until = (day + timedelta(days=20)).isoformat()
    return {"body": world.cast.ceos.pk, "opening": day.isoformat(), "day": until, "time": "17:00", "zone": "UTC"}


def _public(world: World) -> None:
    """Everybody reads the text; why each step was taken, and which interests its drafters have, member societies."""
    _written(world, "before_body", "ballot", MEMBERS)
    position = _written(world, "public", "adopted", EVERYONE)
    drafter = make_drafter(world.cast, position, "colleague", declares=False)
    interests = world.canary("interests", MEMBERS)
    viewer = world.cast.viewer("colleague")
    actions.declare_interests(drafter, has_interests=True, words=interests, viewer=viewer, at=world.cast.at)
    reason = world.canary("stepreason", MEMBERS)
    move(world.cast, position, "public", at=later(world.cast, 300), reason=f"As {reason}.")


def of(name: str, **more: Any) -> Where:
    return lambda world: {"pk": world.made[name].pk, **more}


def unknown(**more: Any) -> Where:
    return lambda world: {"pk": 999_999, **more}


LISTS = [
    Row("positions:list", {PAGE: EVERYONE}),
    Row("positions:feed", {PAGE: EVERYONE}),
    *everywhere_alike("positions:issues", "positions:similar", answers={PAGE: SIGNED_IN}),
    Row("positions:new_issue", {PAGE: MEMBERS}),
    Row("positions:new_position", {PAGE: OFFICE}),
    Row("positions:committees", {PAGE: OFFICE}),
    Row(
        "positions:committees",
        {DONE: OFFICE},
        post=lambda w: {"role": "policy", "group": w.cast.ceos.pk},
        state="named",
    ),
]

ISSUES = [
    Row("positions:issue", {PAGE: MEMBERS}, of("issue")),
    Row("positions:issue", {}, unknown(), state="unknown"),
    Row("positions:triage", {PAGE: OFFICE}, of("issue")),
    Row("positions:issue_withdrawal", {PAGE: DRAFTER}, of("issue")),
]


def _raised(world: World) -> dict[str, Any]:
    answers = make_answers(world.cast)
    words = {f"answer-{slug}": text for slug, text in answers.words.items()}
    tenure = world.cast.tenures["peer"]
    return {
        "title": "Of another sort",
        "answer-affected": [world.cast.reef.pk],
        "speaker": f"society-{tenure.pk}",
        **words,
    }


ISSUE_DEEDS = [
    # The seat that was sent is the peer's: nobody else can speak from it.
    Row("positions:new_issue", {DONE: DRAFTER, REFUSED: MEMBERS}, post=_raised),
    Row("positions:new_issue", {REFUSED: MEMBERS}, post=nothing, state="empty"),
    Row("positions:triage", {DONE: OFFICE}, of("issue"), lambda w: {"outcome": "declined", "reason": "No."}),
    Row(
        "positions:triage",
        {REFUSED: OFFICE},
        of("decided"),
        lambda w: {"outcome": "declined", "reason": "No."},
        state="decided",
    ),
    Row("positions:triage", {REFUSED: OFFICE}, of("issue"), nothing, state="empty"),
    Row("positions:issue_withdrawal", {DONE: DRAFTER}, of("issue"), lambda w: {"reason": "Solved."}),
]

SEEN_BY = {"drafted": DRAFTS, "asked": MEMBERS, "answered": MEMBERS, "public": EVERYONE}
POSITIONS = [
    *(Row("positions:position", {PAGE: who}, of(name), state=name, nobody=MISSING) for name, who in SEEN_BY.items()),
    Row("positions:position", {}, unknown(), state="unknown", nobody=MISSING),
    Row("positions:history", {PAGE: DRAFTS}, of("drafted"), state="drafted"),
    Row("positions:history", {PAGE: MEMBERS}, of("public"), state="public"),
    Row("positions:revision", {PAGE: DRAFTS}, of("drafted", number=1), state="drafted", nobody=MISSING),
    Row("positions:revision", {PAGE: MEMBERS}, of("asked", number=1), state="asked", nobody=MISSING),
    Row("positions:revision", {PAGE: DRAFTS}, of("answered", number=2), state="not shown yet", nobody=MISSING),
    Row("positions:revision", {PAGE: EVERYONE}, of("public", number=1), state="public", nobody=MISSING),
    Row("positions:changes", {PAGE: DRAFTS}, of("answered"), state="not shown yet", nobody=MISSING),
    Row("positions:changes", {}, of("public"), state="one revision", nobody=MISSING),
    Row("positions:text", {PAGE: DRAFTER}, of("drafted")),
    Row("positions:interests", {PAGE: DRAFTER}, of("drafted")),
    Row("positions:people", {PAGE: OFFICE}, of("drafted")),
    Row("positions:relation", {PAGE: OFFICE}, of("public")),
    Row("positions:relation", {}, of("drafted"), state="not adopted"),
    Row("positions:step", {PAGE: OFFICE}, of("drafted", to="comment")),
    Row("positions:step", {}, of("drafted", to="public"), state="no such step"),
    Row("positions:comments", {PAGE: MEMBERS}, of("asked")),
    Row("positions:comments", {PAGE: MEMBERS}, of("public"), state="public"),
    Row("positions:comments", {}, of("drafted"), state="drafted"),
    Row("positions:comment_table", {PAGE: MEMBERS}, of("asked")),
    Row("positions:comment_table", {PAGE: MEMBERS}, of("public"), state="public"),
    Row("positions:new_comment", {PAGE: COMMENTER}, of("asked")),
    Row("positions:new_comment", {}, of("drafted"), state="drafted"),
    Row("positions:disposition", {PAGE: DRAFTS}, of("answered", number=1)),
    Row("positions:satisfaction", {PAGE: COMMENTER}, of("answered", number=1)),
    Row("positions:comment_withdrawal", {PAGE: COMMENTER}, of("answered", number=1)),
]


SUPPORT = [
    Row("positions:stances", {PAGE: MEMBERS}),
    Row("positions:support", {PAGE: MEMBERS}, of("supported")),
    Row("positions:support", {PAGE: MEMBERS}, of("public"), state="public"),
    Row("positions:support", {}, of("drafted"), state="drafted"),
    Row("positions:terms", {PAGE: OFFICE}, of("drafted")),
    Row("positions:terms", {DONE: OFFICE}, of("drafted"), lambda w: TERMS),
    Row("positions:terms", {REFUSED: OFFICE}, of("drafted"), nothing, state="empty"),
    Row("positions:terms", {REFUSED: OFFICE}, of("asked"), lambda w: TERMS, state="asked"),
    Row("positions:minority", {PAGE: COMMENTER}, of("supported")),
    Row("positions:minority", {}, of("public"), state="public"),
    Row("positions:minority", {DONE: COMMENTER}, of("supported"), lambda w: {"raw": "Too little."}),
    Row("positions:minority", {REFUSED: COMMENTER}, of("supported"), nothing, state="empty"),
    Row("positions:join_minority", {DONE: COMMENTER}, lambda w: said(w, statement=w.made["statement"].pk), nothing),
    Row("positions:join_minority", {}, lambda w: said(w, statement=999_999), nothing, state="unknown"),
    Row(
        "positions:leave_minority", {DONE: CHAIR}, lambda w: said(w, voice=w.made["statement"].voices.get().pk), nothing
    ),
    Row("positions:leave_minority", {}, lambda w: said(w, voice=999_999), nothing, state="unknown"),
]
TERMS = {"at_least": "2", "at_most": "1", "dissent": "named", "silence": "counted", "reservations": "members"}


def said(world: World, **more: Any) -> dict[str, Any]:
    return {"pk": world.made["supported"].pk, **more}


def _text(world: World) -> dict[str, Any]:
    return {"title": "On it", "raw": "Other words.", "base": "1", "change": "editorial"}


POSITION_DEEDS = [
    Row("positions:new_position", {DONE: OFFICE}, post=lambda w: {"title": "On it", "kind": "paper"}),
    Row("positions:text", {DONE: DRAFTER}, of("drafted"), _text),
    Row("positions:text", {REFUSED: DRAFTER}, of("asked"), _text, state="frozen"),
    Row("positions:interests", {DONE: DRAFTER}, of("drafted"), lambda w: {"has_interests": "none"}),
    Row(
        "positions:people",
        {DONE: OFFICE},
        of("drafted"),
        lambda w: {"set_lead": "1", "lead": w.cast.reef.pk},
    ),
    Row(
        "positions:people", {REFUSED: OFFICE}, of("asked"), lambda w: {"set_lead": "1", "lead": w.cast.reef.pk}, "asked"
    ),
    Row(
        "positions:release",
        {DONE: DRAFTS},
        lambda w: {"pk": w.made["drafted"].pk, "drafter": w.made["drafter"].pk},
        nothing,
    ),
    Row(
        "positions:release",
        {DONE: DRAFTS, REFUSED: MEMBERS},
        lambda w: {"pk": w.made["asked"].pk, "drafter": w.made["asked"].drafters.get().pk},
        nothing,
        state="asked",
    ),
    Row("positions:relation", {REFUSED: OFFICE}, of("public"), nothing, state="empty"),
    Row("positions:ballot", {}, of("drafted"), state="not before the body"),
    Row("positions:ballot", {PAGE: OFFICE}, of("before_body")),
    Row("positions:ballot", {DONE: OFFICE}, of("before_body"), put),
    Row("positions:step", {DONE: OFFICE}, of("drafted", to="withdrawn"), lambda w: {"reason": "No."}),
    Row("positions:step", {REFUSED: OFFICE}, of("drafted", to="comment"), nothing, state="without a day"),
    Row("positions:new_comment", {DONE: COMMENTER}, of("asked"), lambda w: {"raw": "Good."}),
    Row("positions:new_comment", {REFUSED: COMMENTER}, of("public"), lambda w: {"raw": "Good."}, state="public"),
    Row(
        "positions:disposition",
        {DONE: DRAFTS},
        of("answered", number=1),
        lambda w: {"outcome": "rejected", "reason": "No."},
    ),
    Row("positions:satisfaction", {DONE: COMMENTER}, of("answered", number=1), lambda w: {"is_satisfied": "yes"}),
    Row("positions:comment_withdrawal", {DONE: COMMENTER}, of("answered", number=1), lambda w: {"reason": "So."}),
]
