"""What a run that brings letters in remembers from one part to the next, and finds again after it was broken off."""

from __future__ import annotations

from dataclasses import dataclass, field

from collegium.core.groups.models import Group
from collegium.rooms.discussions.models import Topic

from .models import PastAuthor, PastLetter
from .reading import Brought
from .scanning import Scanned
from .threads import Thread


@dataclass(slots=True)
class Arrived:
    """A letter that was read, and the thread it belongs to."""

    letter: Scanned
    brought: Brought
    thread: int


@dataclass(slots=True)
class Course:
    """Topics by thread, numbers of posts by letter, authors by key, and what was there before by digest and name."""

    group: Group
    tag: str
    threads: list[Thread]
    letters: list[Scanned]
    names: dict[str, str]
    topics: dict[int, Topic] = field(default_factory=dict)
    numbers: dict[int, tuple[int, int]] = field(default_factory=dict)
    authors: dict[str, PastAuthor] = field(default_factory=dict)
    known: set[bytes] = field(default_factory=set)
    same: set[bytes] = field(default_factory=set)
    _by_digest: dict[bytes, tuple[int, int]] = field(default_factory=dict)
    _by_id: dict[str, tuple[int, int]] = field(default_factory=dict)

    def recall(self) -> None:
        """Find out what earlier runs brought in. To what was opened meanwhile nothing is added."""
        rows = PastLetter.objects.filter(group=self.group)
        place = ("post__topic_id", "post__number", "post__topic__is_sealed")
        columns = rows.values_list("digest", "sameness", "message_id", "reason", *place)
        for digest, sameness, message_id, reason, topic, number, is_sealed in columns.iterator(chunk_size=5000):
            self.known.add(bytes(digest))
            if message_id and reason in ("", PastLetter.Reason.DUPLICATE):
                self.same.add(bytes(sameness))
            if is_sealed:
                self._by_digest[bytes(digest)] = (topic, number)
                if message_id:
                    self._by_id[message_id] = (topic, number)

    def begun(self, thread: int) -> int | None:
        """The topic in which an earlier run began the thread; None where it is new."""
        for number in self.threads[thread].letters:
            letter = self.letters[number]
            if place := self._by_digest.get(letter.digest):
                return place[0]
        for number in self.threads[thread].letters:
            for one in self.letters[number].parents:
                if place := self._by_id.get(one):
                    return place[0]
        return None

    def place_of(self, number: int) -> tuple[int, int] | None:
        """Topic and number of the post that a letter of this run became, in this run or an earlier one."""
        return self.numbers.get(number) or self._by_digest.get(self.letters[number].digest)

    def answered(self, arrived: Arrived, topic_id: int) -> int | None:
        """The number of the post the letter answers, if it stands in the topic and is not the first of it."""
        parent = self.threads[arrived.thread].parents.get(arrived.brought.number)
        place = self.place_of(parent) if parent is not None else None
        if place is None:
            found = (self._by_id[one] for one in arrived.letter.parents if one in self._by_id)
            place = next(found, None)
        return place[1] if place is not None and place[0] == topic_id and place[1] > 1 else None
