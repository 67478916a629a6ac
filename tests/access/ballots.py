"""The access table's rows of ballots: the CEO Council's, one in each state, and what each of them lets be seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from collegium.core.access.standard import MEMBERS as MEMBER_SOCIETIES
from collegium.core.calls import actions as calls
from collegium.rooms.ballots import actions
from collegium.rooms.ballots.actions.preparing import Question
from collegium.rooms.ballots.models import Ballot, Contest, Recusal
from collegium.rooms.ballots.rulesets import RuleSet

from .table import DONE, PAGE, REFUSED, Row
from .world import CEOS, MEMBERS, OFFICE, SIGNED_IN, World

Parts = frozenset[str | None]
DAY = timedelta(days=1)
CHAIR: Parts = frozenset({"chair"})
DELEGATE: Parts = frozenset({"delegate"})
SEES = CEOS | OFFICE
RUNS = CHAIR | OFFICE
WORDS = {
    "ballot_id": lambda world: Ballot.objects.order_by("pk"),
    "recusal_id": lambda world: Recusal.objects.order_by("pk"),
    "contest_id": lambda world: Contest.objects.order_by("pk"),
}


def _make(world: World, label: str, seen: Parts, *, began: int, lasts: int, **facts: Any) -> Ballot:
    """A ballot with a canary in title, question and candidate, that began so many days ago."""
    cast, now = world.cast, timezone.now()
    assert cast.ceos.circle is not None
    word = {part: world.canary(f"{label}{part}", seen) for part in ("title", "question", "candidate")}
    told: dict[str, Any] = {
        "title": f"Shall {word['title']}?",
        "raw": f"That {word['question']}.",
        "body": cast.ceos,
        "opens_at": now - began * DAY,
        "closes_at": now + (lasts - began) * DAY,
        "time_zone": "UTC",
        "seen_by": cast.ceos.circle.audience_id,
        "method": "approval",
        "options": ((word["candidate"], ""), (f"Other {label}", "")),
        "ruleset": RuleSet(quorum="none"),
    }
    ballot = actions.prepare_ballot(Question(**told | facts), viewer=world.viewer("staff"), at=now - began * DAY - DAY)
    world.made[label] = ballot
    return ballot


def _opened(world: World, label: str, seen: Parts, **facts: Any) -> Ballot:
    ballot = _make(world, label, seen, began=2, **{"lasts": 9} | facts)
    actions.announce_ballot(ballot, viewer=world.viewer("staff"), at=timezone.now() - 3 * DAY)
    ballot.call = calls.open_call(ballot.call, at=timezone.now() - 2 * DAY)
    return ballot


def _decided(world: World, label: str, seen: Parts, **facts: Any) -> Ballot:
    ballot = _opened(world, label, seen, lasts=1, **facts)
    row = ballot.call.roll.get(organization=world.cast.lagoon)
    voted = timezone.now() - DAY - timedelta(hours=2)
    options = [ballot.options.all()[0].pk]
    told = {"choice": "approved", "options": options, "viewer": world.viewer("delegate"), "at": voted}
    (actions.cast_secretly if ballot.is_secret else actions.cast_ballot)(row, **told)
    calls.close_call(ballot.call, at=timezone.now())
    return ballot


def furnish(world: World) -> None:
    """Prepared, open, open and secret, closed, certified and contested, published to all member societies."""
    now, staff, chair = timezone.now(), world.viewer("staff"), world.viewer("chair")
    _make(world, "prepared", OFFICE, began=-3, lasts=9)
    ballot = _opened(world, "open", SEES)
    reason = world.canary("recusalreason", SEES)
    told = {"organization": world.cast.lagoon, "reason": reason, "viewer": staff, "at": now}
    world.made["recusal"] = actions.ask_recusal(ballot, **told)
    _opened(world, "secret", SEES, is_secret=True)
    _decided(world, "closed", SEES, is_secret=True)
    counted = _decided(world, "counted", SEES)
    actions.count_ballot(counted, at=now)
    contested = _decided(world, "contested", SEES)
    published = _decided(world, "published", MEMBERS, seen_by=MEMBER_SOCIETIES)
    annulled = _opened(world, "annulled", SEES)
    actions.annul_ballot(annulled, reason=world.canary("annulledfor", SEES), viewer=chair, at=now)
    for one in (contested, published):
        actions.count_ballot(one, at=now)
        actions.certify_ballot(one, viewer=staff, at=now)
        actions.certify_ballot(one, viewer=chair, at=now)
    actions.publish_ballot(published, viewer=staff, at=now)
    why = world.canary("contestreason", SEES)
    world.made["contest"] = actions.contest_ballot(contested, reason=why, viewer=world.viewer("delegate"), at=now)


def of(label: str) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"ballot_id": world.made[label].pk}


def row(label: str, slug: str = "lagoon") -> Callable[[World], dict[str, Any]]:
    def where(world: World) -> dict[str, Any]:
        ballot = world.made[label]
        return {"ballot_id": ballot.pk, "row_id": ballot.call.roll.get(organization__slug=slug).pk}

    return where


def ruling(label: str, name: str) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"ballot_id": world.made[label].pk, f"{name}_id": world.made[name].pk}


def _approve(label: str) -> Callable[[World], dict[str, Any]]:
    return lambda w: {"choice": "approved", f"option-{w.made[label].options.all()[0].pk}": "on", "confirmed": "1"}


def _question(world: World, **changes: Any) -> dict[str, Any]:
    return {
        "title": "A motion",
        "raw": "That we do.",
        "body": world.cast.ceos.pk,
        "addressed": "body",
        "seen_by": "body",
        "method": "motion",
        "candidates": "",
        "seats": "1",
        "opens_at": "2031-05-01T09:00",
        "closes_at": "2031-05-15T17:00",
        "time_zone": "America/New_York",
        "notice_days": "7",
        "quorum": "majority",
        "quorum_base": "entitled",
        "presence": "answered",
        "threshold": "majority",
        "base": "valid",
        "tie": "fails",
        "publication": "totals",
        "tellers": "",
    } | changes


def because(world: World) -> dict[str, Any]:
    return {"reason": "Because."}


def nothing(world: World) -> dict[str, Any]:
    return {}


def ruled(world: World) -> dict[str, Any]:
    return {"reason": "Because.", "ruling": "dismissed"}


def _harbour(world: World) -> dict[str, Any]:
    return {"who": f"society:{world.cast.harbour.pk}"}


READING = [
    Row("ballots:list", {PAGE: SIGNED_IN}),
    Row("ballots:secrecy", {PAGE: SIGNED_IN}),
    Row("ballots:ballot", {PAGE: OFFICE}, of("prepared"), state="prepared"),
    Row("ballots:ballot", {PAGE: MEMBERS}, of("published"), state="published"),
    *[
        Row("ballots:ballot", {PAGE: SEES}, of(label), state=label)
        for label in ("open", "secret", "closed", "counted", "contested", "annulled")
    ],
    Row("ballots:ballot", {}, lambda w: {"ballot_id": 999_999}, state="unknown"),
    Row("ballots:roll", {PAGE: SEES}, of("open")),
    Row("ballots:roll", {}, of("prepared"), state="prepared"),
    Row("ballots:receipts", {PAGE: SEES}, of("closed")),
    Row("ballots:receipts", {}, of("secret"), state="open"),
    Row("ballots:receipts", {}, of("counted"), state="of an open ballot"),
    Row("ballots:protocol", {PAGE: MEMBERS}, of("published")),
    Row("ballots:protocol", {PAGE: SEES}, of("contested"), state="certified"),
    Row("ballots:protocol", {}, of("counted"), state="not certified"),
    Row("ballots:new", {PAGE: OFFICE}),
    Row("ballots:edit", {PAGE: OFFICE}, of("prepared")),
    Row("ballots:edit", {}, of("open"), state="announced"),
    Row("ballots:vote", {PAGE: DELEGATE}, row("open")),
    Row("ballots:vote", {PAGE: CHAIR}, row("open", "harbour"), state="another's"),
    Row("ballots:vote", {}, row("secret"), state="secret"),
    Row("ballots:secret_vote", {PAGE: DELEGATE}, row("secret")),
    Row("ballots:secret_vote", {}, row("open"), state="open"),
    Row("ballots:society_recusal", {PAGE: DELEGATE}, row("secret")),
    Row("ballots:ask_recusal", {PAGE: SEES}, of("open")),
    Row("ballots:ask_recusal", {REFUSED: SEES}, of("counted"), state="over"),
    Row("ballots:rule_recusal", {PAGE: CHAIR, REFUSED: SEES}, ruling("open", "recusal")),
    Row("ballots:rule_contest", {PAGE: CHAIR, REFUSED: SEES}, ruling("contested", "contest")),
]

VOTING = [
    Row("ballots:vote", {DONE: DELEGATE}, row("open"), _approve("open")),
    Row("ballots:vote", {PAGE: DELEGATE}, row("open"), lambda w: {"choice": "blank"}, state="to be confirmed"),
    Row("ballots:vote", {REFUSED: DELEGATE}, row("open"), nothing, state="empty"),
    Row("ballots:vote", {}, row("secret"), _approve("secret"), state="secret"),
    Row("ballots:secret_vote", {PAGE: DELEGATE}, row("secret"), _approve("secret")),
    Row("ballots:secret_vote", {REFUSED: DELEGATE}, row("secret"), nothing, state="empty"),
    Row("ballots:society_recusal", {DONE: DELEGATE}, row("secret"), because),
    Row("ballots:society_recusal", {REFUSED: DELEGATE}, row("secret"), nothing, state="empty"),
    Row("ballots:ask_recusal", {DONE: SEES}, of("secret"), lambda w: because(w) | _harbour(w)),
    Row("ballots:ask_recusal", {REFUSED: SEES}, of("secret"), nothing, state="empty"),
    Row("ballots:rule_recusal", {DONE: CHAIR, REFUSED: SEES}, ruling("open", "recusal"), ruled),
    Row("ballots:rule_recusal", {}, ruling("secret", "recusal"), ruled, state="of another ballot"),
    Row("ballots:rule_contest", {DONE: CHAIR, REFUSED: SEES}, ruling("contested", "contest"), ruled),
    Row("ballots:own-recusal", {DONE: SEES}, of("secret"), because),
    Row("ballots:own-recusal", {REFUSED: SEES}, of("secret"), nothing, state="empty"),
]

RUNNING = [
    Row("ballots:new", {DONE: OFFICE}, post=_question),
    Row("ballots:new", {REFUSED: OFFICE}, post=nothing, state="empty"),
    Row("ballots:edit", {REFUSED: OFFICE}, of("prepared"), _question, state="another method"),
    Row("ballots:announcement", {DONE: OFFICE}, of("prepared"), nothing),
    Row("ballots:announcement", {REFUSED: SEES}, of("open"), nothing, state="announced"),
    Row("ballots:pause", {DONE: RUNS, REFUSED: DELEGATE}, of("open"), because),
    Row("ballots:resumption", {REFUSED: SEES}, of("open"), nothing, state="not paused"),
    Row(
        "ballots:extension",
        {DONE: RUNS, REFUSED: DELEGATE},
        of("open"),
        lambda w: {"reason": "Late", "closes_at": (timezone.now() + 30 * DAY).strftime("%Y-%m-%dT%H:%M")},
    ),
    Row("ballots:extension", {REFUSED: SEES}, of("open"), because, state="no date"),
    Row("ballots:release", {DONE: RUNS, REFUSED: DELEGATE}, of("closed"), nothing),
    Row("ballots:release", {REFUSED: SEES}, of("secret"), nothing, state="open"),
    Row("ballots:casting-vote", {REFUSED: SEES}, of("counted"), lambda w: {"choice": "yes"}, state="no tie"),
    Row("ballots:certificate", {DONE: RUNS, REFUSED: DELEGATE}, of("counted"), nothing),
    Row("ballots:certificate", {REFUSED: SEES}, of("contested"), nothing, state="certified"),
    Row("ballots:publication", {REFUSED: SEES}, of("contested"), nothing, state="contested"),
    Row("ballots:contest", {DONE: CEOS, REFUSED: MEMBERS}, of("published"), because),
    Row("ballots:annulment", {DONE: RUNS, REFUSED: DELEGATE}, of("open"), because),
    Row("ballots:rerun", {DONE: OFFICE, REFUSED: SEES}, of("annulled"), nothing),
    Row("ballots:rerun", {REFUSED: SEES}, of("open"), nothing, state="not annulled"),
]
