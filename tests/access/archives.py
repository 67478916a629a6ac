"""The access table's rows of the archives of mailing lists: sealed with the finance officers, opened among the CEOs."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from django.utils import timezone

from collegium.core.groups.models import Group
from collegium.rooms.archives import actions
from collegium.rooms.archives.carrying import bring_archive
from collegium.rooms.archives.models import Archive, PastAuthor, PastLetter
from collegium.rooms.archives.tests.lists import letter, mailbox
from collegium.rooms.discussions.models import Topic

from .table import DONE, MISSING, PAGE, REFUSED, WRONG_WAY, Row, group, post_of, topic
from .world import CEOS, CFO_CHAIR, SIGNED_IN, World

Parts = frozenset[str | None]

CEO_CHAIR: Parts = frozenset({"chair"})
_WITH_FILE = """\
From: {sender}
Subject: {subject}
Date: Mon, 7 Mar 2011 10:00:00 +0000
Message-ID: <{name}@list.example>
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

We {text}.

--
{trimmed}
--b
Content-Type: text/plain; name="{file}.txt"
Content-Disposition: attachment; filename="{file}.txt"

{content}
--b--
"""


def _bring(world: World, label: str, into: Group, read: Parts, officers: Parts) -> None:
    """A letter with a canary in every word of it, an answer, and one that was left out."""

    def word(what: str, seen_by: Parts = read) -> str:
        return world.canary(f"{label}{what}", seen_by)

    # The name stands where the posts do, and on the officers' page.
    name = word("name").capitalize()
    kept = {key: word(key) for key in ("subject", "text", "trimmed", "file", "content")}
    letters = [
        _WITH_FILE.format(sender=f"Una {name} <{word('address', frozenset())}@gone.example>", name=label, **kept),
        letter(
            2,
            answers=f"<{label}@list.example>",
            text=f"Rather {word('answer')}.",
            sender="Xa <xa@lagoon.example>",
        ),
        letter(3, subject=f"About {word('leftout', officers)}", extra=["Auto-Submitted: auto-replied"]),
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{word('list', officers)}.mbox"
        path.write_bytes(mailbox(letters))
        bring_archive(into, path, at=timezone.now(), processes=0)


def furnish(world: World) -> None:
    """Both come by the same way; one group has decided."""
    EmailAddress.objects.create(user=world.cast.delegate, email="xa@lagoon.example", verified=True)
    _bring(world, "sealed", world.cast.cfos, CFO_CHAIR, CFO_CHAIR)
    _bring(world, "unsealed", world.cast.ceos, CEOS, CEO_CHAIR)
    archive = Archive.objects.get(group=world.cast.ceos)
    decided = world.canary("decided", CEOS)
    actions.open_archive(archive, words=f"We {decided}.", viewer=world.viewer("chair"), at=timezone.now())
    world.made["sealed_topic"] = Topic.objects.get(group=world.cast.cfos, imported__gt=0)
    world.made["opened_topic"] = Topic.objects.get(group=world.cast.ceos, imported__gt=0)


def _author(place: str) -> Callable[[World], dict[str, Any]]:
    """Whoever wrote from the delegate's address, under another name."""

    def where(world: World) -> dict[str, Any]:
        found = PastAuthor.objects.get(group__slug=place, name="Xa")
        return {"slug": place, "pk": found.pk}

    return where


def _file(place: str) -> Callable[[World], dict[str, Any]]:
    return lambda world: world.file_of(place)


def _letters(world: World) -> dict[str, Any]:
    assert PastLetter.objects.filter(reason="machine").exists()
    return {"slug": "cfos"}


ARCHIVES = [
    Row("archives:archive", {PAGE: CFO_CHAIR}, group("cfos"), state="sealed"),
    Row("archives:archive", {PAGE: CEOS}, group("ceos"), state="opened"),
    Row("archives:archive", {}, group("membership"), state="none"),
    Row("archives:archive", {}, group("none-such"), state="unknown"),
    Row("archives:left_out", {PAGE: CFO_CHAIR}, _letters),
    Row("archives:left_out", {PAGE: CEO_CHAIR}, group("ceos"), state="opened"),
    Row("archives:authors", {PAGE: CFO_CHAIR}, group("cfos")),
    Row("archives:authors", {PAGE: CEO_CHAIR}, group("ceos"), state="opened"),
    Row("archives:opening", {PAGE: CFO_CHAIR}, group("cfos")),
    Row("archives:opening", {DONE: CFO_CHAIR}, group("cfos"), lambda w: {"words": "We decided so."}),
    Row("archives:opening", {REFUSED: CFO_CHAIR}, group("cfos"), lambda w: {"words": ""}, state="no reason"),
    Row("archives:opening", {}, group("ceos"), lambda w: {"words": "Again."}, state="opened"),
    Row("archives:export", {PAGE: CFO_CHAIR}, group("cfos"), lambda w: {}),
    Row("archives:export", {PAGE: CEO_CHAIR}, group("ceos"), lambda w: {}, state="opened"),
    Row("archives:claim", {DONE: frozenset({"delegate"})}, _author("ceos"), lambda w: {}),
    Row("archives:claim", {}, _author("cfos"), lambda w: {}, state="sealed"),
    Row("archives:claim", {WRONG_WAY: SIGNED_IN}, _author("ceos"), state="by link"),
    Row("discussions:topic", {PAGE: CFO_CHAIR}, topic("sealed_topic"), state="of a sealed archive"),
    Row("discussions:topic", {PAGE: CEOS}, topic("opened_topic"), state="of an opened archive"),
    Row("discussions:trimmed", {PAGE: CFO_CHAIR}, post_of("sealed_topic", 1), state="of a sealed archive"),
    Row("files:attachment", {PAGE: CFO_CHAIR}, _file("sealed_topic"), state="of a sealed archive", nobody=MISSING),
    Row("files:attachment", {PAGE: CEOS}, _file("opened_topic"), state="of an opened archive", nobody=MISSING),
    Row(
        "discussions:answer",
        {REFUSED: CFO_CHAIR},
        topic("sealed_topic"),
        lambda w: {"raw": "Now?", "tenure": w.cast.tenures["colleague"].pk},
        state="of a sealed archive",
    ),
]
