"""The access table's rows of what waits for an officer, with canaries in every word that waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from collegium.core.files import actions as files
from collegium.core.groups import actions as groups
from collegium.core.groups.tests.factories import make_group
from collegium.rooms.discussions import actions
from collegium.rooms.discussions.models import Post
from collegium.rooms.discussions.queries import topic_for_page

from .table import AWAY, DONE, PAGE, REFUSED, Row, group, nothing, post_of, topic
from .world import CEOS, CFO_CHAIR, CFOS, OFFICE, World

PEER, LEAVER = frozenset({"peer"}), frozenset({"leaver"})


def furnish(world: World) -> None:
    """In the group of the finance officers something of everything waits."""
    officer = world.viewer("colleague")
    world.made["gone"] = _deleted(world, officer)
    world.cast.cfos = groups.change_holding(
        world.cast.cfos, holding="newcomers", held_at_first=50, viewer=officer, at=timezone.now()
    )
    world.made |= {
        "held_answer": _held_answer(world, "heldanswer", "leaver"),
        "held_topic": _held_topic(world),
        "held_refused": _held_answer(world, "heldrefused", "peer"),
    }
    actions.refuse_held(
        world.made["held_refused"],
        words=world.canary("whyrefused", PEER | CFO_CHAIR),
        viewer=officer,
        at=timezone.now(),
    )
    _reports(world)
    # Everybody reads that there is such a group, and its name; what is proposed to go on there two know of.
    world.made["money"] = make_group("Money", "cfo", slug="money")
    world.made["continuation"] = actions.propose_continuation(
        world.made["question"], to=world.made["money"], viewer=world.viewer("colleague"), at=timezone.now()
    )


def _held_answer(world: World, label: str, part: str) -> Any:
    text, viewer = world.canary(label, CFO_CHAIR | {part}), world.viewer(part)
    question = topic_for_page(viewer, world.made["question"].pk)
    tenure = world.cast.tenures[part]
    return actions.submit_answer(question, raw=f"I {text}.", tenure=tenure, viewer=viewer, at=timezone.now())


def _deleted(world: World, officer: Any) -> Post:
    """A post that an officer deleted, with words for its author."""
    post = actions.answer_topic(
        world.made["question"],
        raw="Gone.",
        tenure=world.cast.tenures["leaver"],
        viewer=world.viewer("leaver"),
        at=timezone.now(),
    )
    words = world.canary("whydeleted", LEAVER | CFO_CHAIR)
    return actions.delete_post(post, viewer=officer, at=timezone.now(), words=words)


def _held_topic(world: World) -> Any:
    seen_by, viewer = CFO_CHAIR | PEER, world.viewer("peer")
    title, text, name, content = (world.canary(f"held{part}", seen_by) for part in ("title", "text", "file", "bytes"))
    upload = files.upload(ContentFile(content.encode(), name=f"{name}.txt"), by=viewer.person, at=timezone.now())
    world.made["held_file"] = upload
    return actions.submit_topic(
        world.cast.cfos,
        kind="question",
        title=f"About {title}",
        raw=f"What of {text}?",
        tenure=world.cast.tenures["peer"],
        viewer=viewer,
        at=timezone.now(),
        attachments=[upload.pk],
    )


def _reports(world: World) -> None:
    _report(world, 3, "peer", "reported", CFO_CHAIR | PEER)
    # The officer who wrote a post reads nothing of what is reported about it.
    _report(world, 2, "leaver", "reportedofficer", LEAVER)
    dismissed = _report(world, 1, "leaver", "reporteddismissed", CFO_CHAIR | LEAVER)
    words = world.canary("whydismissed", CFO_CHAIR | LEAVER)
    actions.dismiss_reports(dismissed, words=words, viewer=world.viewer("colleague"), at=timezone.now())


def _report(world: World, number: int, part: str, label: str, seen_by: frozenset[str | None]) -> Post:
    post = Post.objects.select_related("topic__entry").get(topic=world.made["question"], number=number)
    words = world.canary(label, seen_by)
    actions.report_post(post, reason="other", words=words, viewer=world.viewer(part), at=timezone.now())
    return post


def of(name: str, variable: str) -> Callable[[World], dict[str, Any]]:
    return lambda world: {variable: world.made[name].pk}


def gone(world: World) -> dict[str, Any]:
    return {"topic_id": world.made["question"].pk, "number": world.made["gone"].number}


WORDS = {
    "held_id": lambda world: (
        [world.made[name].pk for name in ("held_answer", "held_topic", "held_refused")] + [999_999]
    ),
    "continuation_id": lambda world: [world.made["continuation"].pk, 999_999],
    "group_id": lambda world: [world.cast.cfos.pk, world.cast.board.pk, 999_999],
}

REPORTS = [
    Row("discussions:report", {PAGE: CFO_CHAIR | PEER, REFUSED: LEAVER}, post_of("question", 3)),
    Row("discussions:report", {}, post_of("for_ceos", 99), state="unknown"),
    Row(
        "discussions:report",
        {DONE: CFO_CHAIR, REFUSED: CFOS},
        post_of("question", 3),
        lambda w: {"reason": "conduct"},
    ),
    Row("discussions:report", {REFUSED: CFOS}, post_of("question", 3), nothing, state="empty"),
    Row("discussions:upholding", {DONE: CFO_CHAIR}, post_of("question", 3), lambda w: {"delete": "1", "reason": "No."}),
    Row("discussions:upholding", {REFUSED: CFO_CHAIR}, post_of("question", 3), lambda w: {"delete": "1"}, state="why"),
    Row("discussions:deletion", {PAGE: LEAVER | CFO_CHAIR, REFUSED: CFOS}, gone, state="deleted"),
    Row("discussions:deletion", {REFUSED: CFOS}, gone, lambda w: {"words": "Again."}, state="deleted"),
    Row("discussions:deletion", {DONE: LEAVER, REFUSED: CFOS}, post_of("question", 3), nothing, state="without words"),
    Row("discussions:upholding", {REFUSED: CFO_CHAIR}, post_of("question", 2), nothing, state="own post"),
    Row("discussions:dismissal", {DONE: CFO_CHAIR}, post_of("question", 3), lambda w: {"words": "It stays."}),
    Row("discussions:dismissal", {REFUSED: CFO_CHAIR}, post_of("question", 3), nothing, state="empty"),
]

MODERATION = [
    Row("discussions:moderation", {PAGE: CFO_CHAIR | OFFICE}, group("cfos")),
    Row("discussions:moderation", {PAGE: OFFICE | {"chair"}}, group("ceos"), state="closed"),
    Row("discussions:moderation", {PAGE: OFFICE}, group("board"), state="hidden"),
    Row("discussions:moderation", {}, group("none-such"), state="unknown"),
    Row(
        "discussions:holding",
        {DONE: CFO_CHAIR | OFFICE},
        group("cfos"),
        lambda w: {"holding": "everybody", "held_at_first": "3"},
    ),
    Row(
        "discussions:holding",
        {REFUSED: CFO_CHAIR | OFFICE},
        group("cfos"),
        lambda w: {"holding": "sometimes", "held_at_first": "x"},
        state="unknown",
    ),
]

HELD = of("held_answer", "held_id")
HELD_POSTS = [
    Row("discussions:held", {PAGE: CFO_CHAIR | LEAVER}, HELD),
    Row("discussions:held", {PAGE: CFO_CHAIR | PEER}, of("held_refused", "held_id"), state="refused"),
    Row("discussions:held", {}, lambda w: {"held_id": 999_999}, state="unknown"),
    Row("discussions:held_edit", {PAGE: LEAVER, REFUSED: CFO_CHAIR}, HELD),
    Row("discussions:held_edit", {DONE: LEAVER, REFUSED: CFO_CHAIR}, HELD, lambda w: {"raw": "Rather this."}),
    Row("discussions:held_edit", {REFUSED: LEAVER | CFO_CHAIR}, HELD, nothing, state="empty"),
    Row("discussions:held_withdrawal", {DONE: LEAVER, REFUSED: CFO_CHAIR}, HELD, nothing),
    Row("discussions:held_release", {DONE: CFO_CHAIR, REFUSED: LEAVER}, HELD, nothing),
    Row("discussions:held_refusal", {DONE: CFO_CHAIR, REFUSED: LEAVER}, HELD, lambda w: {"words": "Not here."}),
    Row("discussions:held_refusal", {REFUSED: CFO_CHAIR | LEAVER}, HELD, nothing, state="empty"),
    Row("files:attachment", {PAGE: CFO_CHAIR | PEER}, lambda w: w.file("held_file"), state="held", nobody="missing"),
]

CONTINUATION = of("continuation", "continuation_id")
ELSEWHERE = [
    Row("discussions:move", {PAGE: CFOS}, topic("question")),
    Row("discussions:move", {PAGE: CEOS}, topic("for_ceos"), state="closed group"),
    Row(
        "discussions:move",
        {REFUSED: CFOS},
        topic("question"),
        lambda w: {"to": str(w.cast.cfos.officers_audience_id)},
        state="something waits",
    ),
    Row("discussions:move", {REFUSED: CFOS}, topic("question"), lambda w: {"to": "x"}, state="unknown"),
    Row(
        "discussions:propose_continuation",
        {DONE: CFO_CHAIR},
        topic("for_officers"),
        lambda w: {"to": str(w.made["money"].circle.audience_id)},
    ),
    Row("discussions:propose_continuation", {REFUSED: CFOS}, topic("question"), nothing, state="empty"),
    Row("discussions:continuation", {PAGE: CFO_CHAIR | PEER}, CONTINUATION),
    Row("discussions:continuation", {}, lambda w: {"continuation_id": 999_999}, state="unknown"),
    Row("discussions:continuation_agreement", {DONE: PEER, REFUSED: CFO_CHAIR}, CONTINUATION, nothing),
    Row("discussions:continuation_refusal", {DONE: PEER, REFUSED: CFO_CHAIR}, CONTINUATION, nothing),
]

IN_THE_OFFICE = [
    Row("office:reports", {PAGE: OFFICE}),
    Row("office:nudge", {AWAY: OFFICE}, lambda w: {"group_id": w.cast.cfos.pk}, nothing),
]
