"""What happens to readers of digests, step after step, in the house and in the reckoning beside it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from time_machine import travel

from collegium.core.groups import actions as groups
from collegium.core.groups.models import Membership
from collegium.core.groups.tests.cast import Cast
from collegium.core.mail.digests.writing import write_due
from collegium.core.mail.mailings import claiming, posting
from collegium.core.mail.mailings.choosing import address_to_many
from collegium.core.mail.tests.sink import Sink
from collegium.core.notices import actions as notices
from collegium.core.notices.models import Preference
from collegium.core.people import actions as people
from collegium.core.people.models import Person
from collegium.core.people.tests.factories import make_organization, make_person, make_tenure
from collegium.core.trail.models import Event
from collegium.rooms.discussions import actions

from .factories import make_answer, make_topic
from .posted import text
from .reckoned import DAY, Message, Reader, Reckoning

REEF = ZoneInfo("Pacific/Honolulu")
SPEAKERS = {"cfos": "peer", "membership": "two_seats"}
MOST_SAID, MOST_OF_A_TOPIC = 9, 5


class Died(Exception):
    pass


class Lives:
    """Two readers: one of two groups, whose tenure may end and who leaves and joins; one who stays."""

    ROUND = timedelta(hours=7)

    def __init__(self, cast: Cast, relay: Sink, begin: datetime) -> None:
        self.cast, self.relay, self.at = cast, relay, begin
        self.persons: dict[str, Person] = {"leaver": cast.leaver, "stayer": make_person("Sam Steady")}
        make_tenure(self.persons["stayer"], make_organization(), "cfo")
        self.second = make_tenure(cast.leaver, cast.harbour, "cio")
        self.reckoned = Reckoning({"leaver": Reader({"cfos": None}), "stayer": Reader({"cfos": None})})
        for reader in self.reckoned.readers.values():
            reader.level = dict.fromkeys(SPEAKERS, "every")
        Person.objects.filter(pk__in=[one.pk for one in self.persons.values()]).update(time_zone="UTC")
        others = Person.objects.exclude(pk__in=[one.pk for one in self.persons.values()])
        Preference.objects.bulk_create(
            Preference(person=one, place=getattr(cast, group).entry, level="nothing")
            for one in others
            for group in SPEAKERS
        )
        self.topics: list[Any] = []
        self.messages: list[tuple[Message, Any]] = []

    # --- what is said

    def say(self, what: tuple[str, bool]) -> None:
        """A topic, or an answer in the newest one of the group."""
        group, is_answer = what
        if len(self.messages) == MOST_SAID:
            return
        number, by = len(self.messages), SPEAKERS[group]
        raw = f"Word-{number}-"
        found = [topic for topic in self.topics if topic.group == getattr(self.cast, group)]
        if is_answer and found and found[-1].posts.filter(deleted_at=None).count() in range(1, MOST_OF_A_TOPIC):
            post = make_answer(self.cast, found[-1], by=by, raw=raw, at=self.at)
        else:
            topic = make_topic(self.cast, by=by, group=getattr(self.cast, group), raw=raw, at=self.at)
            self.topics.append(topic)
            post = topic.posts.get()
        self._told(post, group, number)

    def announce(self, _what: None) -> None:
        if len(self.messages) < MOST_SAID:
            number = len(self.messages)
            topic = make_topic(self.cast, by="colleague", kind="announcement", raw=f"Word-{number}-", at=self.at)
            self.topics.append(topic)
            self._told(topic.posts.get(), "cfos", number, overrides=True)

    def _told(self, post: Any, group: str, number: int, *, overrides: bool = False) -> None:
        event = Event.objects.filter(name__in=["topic.opened", "topic.answered"]).latest("pk")
        address_to_many(event, at=self.at)
        message = Message(number, post.topic_id, group)
        self.messages.append((message, post))
        self.reckoned.said(message, overrides=overrides, at=self.at)

    def delete(self, _what: None) -> None:
        """The newest message, by who wrote it."""
        if self.messages and self.messages[-1][0].number not in self.reckoned.deleted:
            message, post = self.messages[-1]
            post.refresh_from_db()
            by = next(part for part in ("colleague", *SPEAKERS.values()) if post.author == getattr(self.cast, part))
            actions.delete_post(post, viewer=self.cast.viewer(by, at=self.at), at=self.at)
            self.reckoned.deleted.add(message.number)

    # --- what readers choose, and where they belong

    def level(self, what: tuple[str, str, str]) -> None:
        who, group, level = what
        notices.choose_level(getattr(self.cast, group).entry, level=level, by=self.persons[who])
        self.reckoned.readers[who].level[group] = level

    def hours(self, what: tuple[str, int, int, bool]) -> None:
        who, hour, weekday, by_group = what
        notices.choose_digests(hour=hour, weekday=weekday, by_group=by_group, by=self.persons[who])
        reader = self.reckoned.readers[who]
        reader.hour, reader.weekday, reader.by_group = hour, weekday, by_group

    def zone(self, what: tuple[str, str]) -> None:
        who, name = what
        Person.objects.filter(pk=self.persons[who].pk).update(time_zone=name)
        self.reckoned.readers[who].zone = name

    def mute(self, who: str) -> None:
        if self.topics:
            notices.mute(self.topics[-1].entry, by=self.persons[who])
            self.reckoned.readers[who].muted.add(self.topics[-1].pk)

    def join(self, _what: None) -> None:
        """Into the open group; whoever is in leaves it."""
        belongs = self.reckoned.readers["leaver"].belongs
        viewer = self.cast.viewer("leaver", at=self.at)
        if "membership" in belongs:
            mine = Membership.objects.get(group=self.cast.membership, seat=self.second.seat, period__contains=self.at)
            groups.leave_group(mine, viewer=viewer, at=self.at)
            del belongs["membership"]
        else:
            groups.join_group(self.cast.membership, tenure=self.second, viewer=viewer, at=self.at)
            belongs["membership"] = None

    def end(self, _what: None) -> None:
        """The tenure by which one is a finance officer, with the day as it is at the society; once for all."""
        belongs = self.reckoned.readers["leaver"].belongs
        if belongs["cfos"] is None:
            last_day = self.at.astimezone(REEF).date()
            people.end_tenure(self.cast.tenures["leaver"], last_day=last_day, by=self.cast.staff, at=self.at)
            belongs["cfos"] = datetime.combine(last_day + DAY, time(), tzinfo=REEF).astimezone(UTC)

    # --- what processes do

    def write(self, _what: None) -> None:
        write_due(at=self.at)
        self.reckoned.written(self.at)

    def send(self, _what: None) -> None:
        """One who begins: what a dead one had claimed is nobody's."""
        with travel(self.at, tick=False):
            claiming.take_back_abandoned(at=timezone.now(), all_of_them=True)
            posting.Office(timezone.now).send_due()
        self.reckoned.taken_back()
        self.reckoned.sent(self.at)

    def die(self, when: str) -> None:
        """While it writes; with letters claimed; once the relay has them and nothing of it is noted."""
        if when == "writing":
            with pytest.raises(Died):
                self._write_and_die()
        elif 0 < len(self.reckoned.waiting) <= claiming.BATCH:
            with travel(self.at, tick=False):
                self._hand_over_and_die() if when == "sent" else claiming.claim(at=timezone.now())
            self.reckoned.died(after_handing_over=when == "sent", at=self.at)

    @transaction.atomic
    def _write_and_die(self) -> None:
        write_due(at=self.at)
        raise Died

    def _hand_over_and_die(self) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(posting, "note", _die)
            with pytest.raises(Died):
                posting.Office(timezone.now).send_due()

    def live(self, life: list[tuple[int, tuple[str, Any]]]) -> None:
        for minutes, (deed, what) in life:
            self.wait(timedelta(minutes=minutes))
            getattr(self, deed)(what)
        # Two weeks later everything has come that is to come.
        for _week in range(2):
            self.at += timedelta(days=8)
            self.write(None)
            self.send(None)

    def wait(self, long: timedelta) -> None:
        """Digests are written again and again meanwhile, whether there is one to write or not."""
        end = self.at + long
        while self.at + self.ROUND < end:
            self.at += self.ROUND
            self.write(None)
        self.at = end

    def came(self) -> list[tuple[str, str, tuple[int, ...]]]:
        """Each letter as its reader got it: whose, its name, the messages it tells of."""
        addresses = EmailAddress.objects.filter(user__in=self.persons.values())
        emails = {one.email: next(who for who, p in self.persons.items() if p == one.user) for one in addresses}
        return [
            (emails[to], letter["Message-ID"], tuple(sorted(int(n) for n in re.findall(r"Word-(\d+)-", text(letter)))))
            for to, letter in self.relay.letters
        ]


def _die(*_args: Any, **_words: Any) -> None:
    raise Died
