"""The access table's rows of deciding from a letter: whoever has an officer's link may use it, signed in or not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.models import EmailAddress

from collegium.rooms.discussions import held_links

from .table import DONE, MISSING, PAGE, REFUSED, Row, nothing
from .world import EVERYONE, World


def link(made: str = "held_answer", part: str = "colleague") -> Callable[[World], dict[str, Any]]:
    def where(world: World) -> dict[str, Any]:
        address = EmailAddress.objects.filter(user=getattr(world.cast, part)).order_by("pk")[0]
        return {"token": held_links.write(world.made[made], address)}

    return where


def words(_world: World) -> dict[str, Any]:
    return {"words": "Not here."}


NAMES = [f"discussions:held_link{deed}" for deed in ("", "_release", "_refusal")]
HELD_LINKS = [
    Row("discussions:held_link", {PAGE: EVERYONE}, link()),
    Row("discussions:held_link", {PAGE: EVERYONE}, link("held_refused"), state="decided"),
    Row("discussions:held_link_release", {DONE: EVERYONE}, link(), nothing),
    Row("discussions:held_link_release", {REFUSED: EVERYONE}, link("held_refused"), nothing, state="decided"),
    Row("discussions:held_link_refusal", {DONE: EVERYONE}, link(), words),
    Row("discussions:held_link_refusal", {REFUSED: EVERYONE}, link(), nothing, state="without words"),
    *[
        Row(name, {}, link(part=part), None if name == NAMES[0] else words, state=f"of {part}", nobody=MISSING)
        for name in NAMES
        # Who is no officer, and its author.
        for part in ("peer", "leaver")
    ],
]
