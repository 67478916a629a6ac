"""The conversations of the demo council: said by whoever held the seat on the day, through the room's own actions."""

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from collegium.core.access.viewers import Viewer
from collegium.core.files.actions import upload
from collegium.core.groups.models import Group, Office
from collegium.core.people.demo import local_day
from collegium.core.people.models import Person, Tenure
from collegium.core.trail.actions import without_waking

from .. import actions
from ..models import Topic
from . import moderation

PLACEHOLDER = re.compile(r"\{(name|first|mention):([a-z-]+@[a-z-]+)\}")
# What is older was told long ago; people looked in last three days before the demo is loaded.
TOLD, LOOKED = timedelta(days=4), timedelta(days=3)
EDITED_AFTER = timedelta(minutes=20)


@dataclass(order=True)
class Deed:
    """Something to be done at a moment; `order` keeps a topic's deeds in the file's order."""

    at: datetime
    order: int
    do: Callable[[datetime], Any] = field(compare=False)


def load(at: datetime) -> None:
    """Open the topics and say the posts in the order in which they were said."""
    groups = {group.slug: group for group in Group.objects.select_related("circle")}
    seats = Seats()
    deeds: list[Deed] = []
    for path in sorted(Path(__file__).parent.glob("*.toml")):
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["topic"]:
            deeds.extend(Conversation(groups[path.stem], row, seats, at).deeds(len(deeds)))
    for deed in sorted(deeds):
        _do(deed, at)
    _look_in(at)
    moderation.load(seats, at)


def _do(deed: Deed, at: datetime) -> None:
    if deed.at > at - TOLD:
        deed.do(deed.at)
        return
    with without_waking():
        deed.do(deed.at)


def _look_in(at: datetime) -> None:
    """Everybody has read what was there when they looked in last."""
    Person.objects.filter(closed_at=None, welcomed_at__isnull=False).update(looked_at=at - LOOKED)
    for person in Person.objects.filter(closed_at=None).order_by("pk"):
        actions.mark_all_read(None, viewer=Viewer.of(person, at=at), at=at - LOOKED)


class Seats:
    """Who held `function@society` on a day: the holder or interim before a deputy, the earliest first."""

    def __init__(self) -> None:
        self._tenures: dict[str, list[Tenure]] = {}
        rows = Tenure.objects.select_related("person", "seat__function", "seat__organization__entry")
        for tenure in sorted(rows, key=lambda t: (t.capacity == Tenure.Capacity.DEPUTY, t.pk)):
            seat = f"{tenure.seat.function.slug}@{tenure.seat.organization.slug}"
            self._tenures.setdefault(seat, []).append(tenure)

    def holder(self, seat: str, at: datetime) -> Tenure:
        for tenure in self._tenures.get(seat, []):
            if local_day(at, tenure.seat.organization) in tenure.period:
                return tenure
        raise LookupError(f"nobody held {seat} at {at}")


class Conversation:
    """One topic of the demo, with what was said in it."""

    def __init__(self, group: Group, row: dict[str, Any], seats: Seats, now: datetime) -> None:
        self.group, self.row, self.seats, self.now = group, row, seats, now
        self.topic: Topic | None = None

    def deeds(self, order: int) -> Iterator[Deed]:
        """Everything that happens in it, each with its moment."""
        yield Deed(self._moment(self.row), order, self._open)
        last = self.row
        for post in self.row.get("post", []):
            yield Deed(self._moment(post), order, partial(self._answer, post))
            last = post
        after = self._moment(last) + timedelta(hours=1)
        if self.row.get("pinned"):
            yield Deed(min(after, self.now), order, lambda at: self._run(actions.pin_topic, at))
        if self.row.get("state") == "closed":
            yield Deed(min(after, self.now), order, lambda at: self._run(actions.close_topic, at))

    def _run(self, deed: Callable[..., Any], at: datetime) -> None:
        deed(self._there(), viewer=self._runner(at), at=at)

    def _moment(self, row: dict[str, Any]) -> datetime:
        return self.now - timedelta(days=row["days_ago"])

    def _speaker(self, row: dict[str, Any], at: datetime) -> dict[str, Any]:
        tenure = self.seats.holder(row["by"], at)
        return {"tenure": tenure, "viewer": Viewer.of(tenure.person, at=at), "at": at}

    def _there(self) -> Topic:
        assert self.topic is not None  # the opening deed is the earliest of a topic
        return self.topic

    def _open(self, at: datetime) -> None:
        speaker = self._speaker(self.row, at)
        raw = self._text(self.row["text"], at)
        self.topic = actions.open_topic(self.group, kind=self.row["kind"], title=self.row["title"], raw=raw, **speaker)

    def _answer(self, row: dict[str, Any], at: datetime) -> None:
        speaker = self._speaker(row, at)
        first = self._text(row.get("edited", row["text"]), at)
        papers = [_paper(paper, speaker) for paper in row.get("file", [])]
        answered = row.get("reply_to")
        post = actions.answer_topic(self._there(), raw=first, reply_to=answered, attachments=papers, **speaker)
        later = min(at + EDITED_AFTER, self.now)
        if "edited" in row:
            actions.edit_post(post, raw=self._text(row["text"], at), viewer=speaker["viewer"], at=later)
        if row.get("deleted"):
            actions.delete_post(post, viewer=speaker["viewer"], at=later)
        if row.get("accepted"):
            asker = self._speaker(self.row, at)["viewer"] if self._asker_is_there(at) else self._runner(at)
            actions.accept_answer(post, viewer=asker, at=later)

    def _asker_is_there(self, at: datetime) -> bool:
        return self._there().entry.author_id == self.seats.holder(self.row["by"], at).person_id

    def _runner(self, at: datetime) -> Viewer:
        """The council's liaison of the group."""
        liaisons = Office.objects.filter(group=self.group, role=Office.Role.LIAISON)
        office = liaisons.select_related("tenure__person").latest("pk")
        return Viewer.of(office.tenure.person, at=max(at, office.period.lower))

    def _text(self, text: str, at: datetime) -> str:
        """The text with names put in for `{name:…}`, `{first:…}` and `{mention:…}`."""

        def named(match: re.Match[str]) -> str:
            person = self.seats.holder(match[2], at).person
            return {"name": person.name, "first": person.name.split()[0], "mention": f"@{person.handle}"}[match[1]]

        return PLACEHOLDER.sub(named, text).strip()


def _paper(row: dict[str, str], speaker: dict[str, Any]) -> int:
    content = ContentFile(row["text"].encode(), name=row["name"])
    return upload(content, by=speaker["tenure"].person, at=speaker["at"]).pk
