"""The access table's rows of links in letters: whoever has a link that is signed may use it, signed in or not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from collegium.core.mail.mailings import tokens
from collegium.core.mail.models import Digest, Mailing
from collegium.core.trail.models import Event

from .table import MISSING, PAGE, REFUSED, Row, nothing, post_of
from .world import CFOS, EVERYONE, World

WORDS = {"token": lambda world: ["forged", "0" * 40]}


def furnish(world: World) -> None:
    """The letter about the first topic of the CFOs."""
    event = Event.objects.filter(name="topic.opened", entry__place=world.cast.cfos.pk).order_by("pk")[0]
    world.made["question"].posts.filter(number=2).update(trimmed=world.canary("trimmed", CFOS))
    world.made["mailing"] = Mailing.objects.create(
        event=event, kind="discussions.posts", entry=event.entry, at=timezone.now()
    )
    at = timezone.now()
    world.made["digest"] = Mailing.objects.create(kind="mail.digest", at=at)
    Digest.objects.create(mailing=world.made["digest"], person=world.cast.peer, cadence="daily", since=at, until=at)
    world.made["notice"] = Mailing.objects.create(
        event=event, kind="discussions.AnsweredMe", entry=event.entry, at=timezone.now()
    )


def token(purpose: bytes = tokens.STOP, *, of: str = "mailing") -> Callable[[World], dict[str, Any]]:
    return lambda world: {"token": tokens.write(purpose, world.cast.peer.pk, world.made[of].pk)}


LETTERS = [
    Row("letters:stop", {PAGE: EVERYONE}, token()),
    Row("letters:stop", {PAGE: EVERYONE}, token(), lambda w: {"level": "every"}),
    Row("letters:stop", {REFUSED: EVERYONE}, token(), nothing, state="empty"),
    Row("letters:stop", {}, token(tokens.ANSWER), state="of another purpose", nobody=MISSING),
    Row("letters:stop", {PAGE: EVERYONE}, token(of="digest"), state="of a digest"),
    Row("letters:stop", {PAGE: EVERYONE}, token(of="digest"), lambda w: {"level": "daily"}, state="of a digest"),
    Row("letters:stop", {PAGE: EVERYONE}, token(of="notice"), state="of a notice"),
    Row("letters:stop", {PAGE: EVERYONE}, token(of="notice"), nothing, state="of a notice"),
    Row("letters:mute", {}, token(of="digest"), state="of a digest", nobody=MISSING),
    Row("discussions:trimmed", {PAGE: CFOS}, post_of("question", 2)),
    Row("discussions:trimmed", {}, post_of("question", 1), state="nothing was cut off"),
    Row("letters:mute", {PAGE: EVERYONE}, token()),
    Row("letters:mute", {PAGE: EVERYONE}, token(), nothing),
    Row("letters:mute", {}, lambda w: {"token": "0" * 40}, state="forged", nobody=MISSING),
]
