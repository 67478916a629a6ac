"""A small council in which every title, text, file and name carries a canary: a word found nowhere else.

Beside each canary stands who may meet it, written down by hand: parts of the cast, never asked of the code under test.
"""

from __future__ import annotations

import pkgutil
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from importlib import import_module
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

from allauth.account.models import EmailAddress
from django.core.files.base import ContentFile
from django.utils import timezone

from collegium.core.access.viewers import Viewer
from collegium.core.files import actions as files
from collegium.core.files.models import Attachment
from collegium.core.groups import actions as groups
from collegium.core.groups.tests.cast import Cast, build_cast
from collegium.core.groups.tests.factories import policy
from collegium.core.groups.tests.keeping import Kept
from collegium.core.people import actions as people
from collegium.core.people.tests.factories import make_person, make_tenure
from collegium.rooms.discussions import actions as discussions

EVERYONE: frozenset[str | None] = frozenset(
    [
        None,
        "outsider",
        "suspended",
        "newcomer",
        "peer",
        "colleague",
        "leaver",
        "two_seats",
        "delegate",
        "liaison",
        "chair",
        "staff",
        "second_staff",
    ]
)
SIGNED_IN = EVERYONE - {None}
MEMBERS = SIGNED_IN - {"outsider", "suspended"}
OFFICE = frozenset({"staff", "second_staff"})
CFOS = frozenset({"peer", "colleague", "leaver"})
CFO_CHAIR = frozenset({"colleague"})
CEOS = frozenset({"chair", "delegate"})
JOINED = frozenset({"two_seats"})
NOBODY: frozenset[str | None] = frozenset()
# Doors of the demonstration alone: who can reach them sees every letter and may be anybody.
DEMO_ONLY = ("/office/letters", "/personas")
# Found also where another begins before it.
CANARY = re.compile("(?=(qx[a-z]+[0-9]+xq))qx")


@dataclass
class World:
    """The cast, what was made of it, and who may meet which canary."""

    cast: Cast
    canaries: dict[str, frozenset[str | None]] = field(default_factory=dict)
    made: dict[str, Any] = field(default_factory=dict)

    def canary(self, label: str, seen_by: frozenset[str | None]) -> str:
        """A new word; letters and digits only, so that no slug, fold or escape changes it."""
        word = f"qx{label.replace('_', '')}{len(self.canaries)}xq"
        assert CANARY.findall(word) == [word], f"{word} would not be found in an answer"
        self.canaries[word] = frozenset(seen_by)
        return word

    def viewer(self, part: str) -> Viewer:
        return Viewer.of(getattr(self.cast, part), at=timezone.now())

    def file_of(self, topic: str) -> dict[str, Any]:
        """Where the file of a topic's opening post is served."""
        attachment = Attachment.objects.filter(entry=self.made[topic].pk).order_by("pk")[0]
        return {"pk": attachment.pk, "name": attachment.name}

    def file(self, made: str) -> dict[str, Any]:
        return {"pk": self.made[made].pk, "name": self.made[made].name}

    def strangers(self, body: bytes, part: str | None, url: str) -> set[str]:
        """The canaries in a response that this part may not meet; archives are looked into.

        What stands in the address that was asked for is no news to whoever asked.
        """
        met = set(CANARY.findall(_unpacked(body).decode(errors="replace").lower()))
        return {word for word in met if part not in self.canaries.get(word, EVERYONE) and word not in url}


def _unpacked(body: bytes) -> bytes:
    if not body.startswith(b"PK\x03\x04"):
        return body
    with zipfile.ZipFile(BytesIO(body)) as archive:
        return b"\n".join(
            [name.encode() for name in archive.namelist()] + [archive.read(n) for n in archive.namelist()]
        )


def parts() -> Iterator[ModuleType]:
    """The modules beside this one with rows of the table.

    A module may also `furnish(world)` with more canaries, and have `WORDS`: for the name of a variable of its addresses
    a function of the world giving what the crawl guesses.
    """
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        if not module.name.startswith("test_") and module.name not in ("world", "guessing"):
            yield import_module(f"{__package__}.{module.name}")


def _build_world() -> World:
    """Say something everywhere something can be said."""
    world = World(build_cast())
    _names(world)
    _contacts(world)
    _topics(world)
    _groups(world)
    _addresses(world)
    for part in parts():
        if hasattr(part, "furnish"):
            part.furnish(world)
    return world


build_world = Kept(_build_world)


def _names(world: World) -> None:
    """Names of persons are for members of societies, and for the persons themselves."""
    for part in sorted(SIGNED_IN, key=str):
        person = getattr(world.cast, part)
        word = world.canary(f"name{part}", MEMBERS | {part})
        about = world.canary(f"about{part}", MEMBERS | {part})
        people.change_profile(
            person, name=f"{person.name} {word.capitalize()}", about=about, by=person, at=timezone.now()
        )
        person.refresh_from_db()


def _contacts(world: World) -> None:
    """Contact fields are for whom their owner says."""
    for part, seen_by, whom in (
        ("peer", "groups", CFOS),
        ("colleague", "members", MEMBERS),
        ("leaver", "nobody", NOBODY),
        # The people of Lagoon.
        ("delegate", "society", frozenset({"peer", "liaison", "two_seats"})),
    ):
        person = getattr(world.cast, part)
        word = world.canary(f"phone{part}", whom | {part})
        people.change_profile(person, phone=word, phone_seen_by=seen_by, by=person, at=timezone.now())


def _said(world: World, label: str, group: Any, part: str, seen_by: frozenset[str | None], **more: Any) -> Any:
    """A topic with a canary in title, text, file name and file."""
    title, text = world.canary(f"{label}title", seen_by), world.canary(f"{label}text", seen_by)
    return discussions.open_topic(
        group,
        kind="question",
        title=f"About {title}",
        raw=f"What of {text}?",
        tenure=world.cast.tenures[part],
        viewer=world.viewer(part),
        at=timezone.now(),
        attachments=[_file(world, label, part, seen_by).pk],
        **more,
    )


def _file(world: World, label: str, part: str, seen_by: frozenset[str | None]) -> Any:
    name, content = world.canary(f"{label}file", seen_by), world.canary(f"{label}bytes", seen_by)
    person = getattr(world.cast, part)
    return files.upload(ContentFile(content.encode(), name=f"{name}.txt"), by=person, at=timezone.now())


def _answer(world: World, label: str, topic: Any, part: str, seen_by: frozenset[str | None]) -> Any:
    text = world.canary(f"{label}answer", seen_by)
    person = world.viewer(part)
    return discussions.answer_topic(
        topic, raw=f"Say {text}.", tenure=world.cast.tenures[part], viewer=person, at=timezone.now()
    )


def _topics(world: World) -> None:
    cast = world.cast
    question = _said(world, "cfo", cast.cfos, "peer", CFOS)
    answer = _answer(world, "cfo", question, "colleague", CFOS)
    edited = _answer(world, "cfoedited", question, "leaver", CFOS)
    discussions.edit_post(
        edited, raw=f"Rather {world.canary('cfonew', CFOS)}.", viewer=world.viewer("leaver"), at=timezone.now()
    )
    deleted = _answer(world, "cfodeleted", question, "colleague", NOBODY)
    discussions.delete_post(deleted, viewer=world.viewer("colleague"), at=timezone.now())
    for_officers = _said(
        world, "officers", cast.cfos, "colleague", CFO_CHAIR, audience_id=cast.cfos.officers_audience_id
    )
    for_ceos = _said(world, "ceo", cast.ceos, "chair", CEOS)
    _answer(world, "ceo", for_ceos, "delegate", CEOS)
    for_joined = _said(world, "joined", cast.membership, "two_seats", JOINED)
    waiting = _file(world, "waiting", "peer", frozenset({"peer"}))
    world.made |= {
        "question": question,
        "answer": answer,
        "deleted": deleted,
        "for_officers": for_officers,
        "for_ceos": for_ceos,
        "for_joined": for_joined,
        "waiting": waiting,
    }


def _groups(world: World) -> None:
    cast = world.cast
    note = world.canary("note", OFFICE | {"newcomer"})
    world.made["request"] = groups.request_to_join(
        cast.counsels, tenure=cast.tenures["newcomer"], note=note, viewer=world.viewer("newcomer"), at=timezone.now()
    )
    world.made["membership"] = cast.membership.memberships.get(seat=cast.tenures["two_seats"].seat)
    newcome = make_person("Una Later", email="una@reef.example")
    world.made["new_ceo"] = make_tenure(newcome, cast.reef, "ceo", title="Chief Executive Officer")
    world.made["widening"] = groups.propose_widening(
        cast.board, policy=policy("ceo", "cfo"), viewer=world.viewer("staff"), at=timezone.now()
    )
    charter = world.canary("charter", EVERYONE)
    groups.adopt_charter(cast.cfos, text=f"We {charter}.", viewer=world.viewer("staff"), at=timezone.now())
    hidden = world.canary("boardpurpose", OFFICE)
    cast.board.purpose = hidden
    cast.board.save(update_fields=["purpose"])


def _addresses(world: World) -> None:
    world.made["address"] = EmailAddress.objects.get(user=world.cast.peer)
    word = world.canary("proposed", OFFICE | {"peer", "liaison"})
    world.made["proposal"] = people.propose_address(
        world.cast.peer, email=f"{word}@new.example", by=world.cast.liaison, at=timezone.now() - timedelta(hours=1)
    )
