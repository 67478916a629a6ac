"""Whoever takes their data along has their digests, what stood in each, and what they were told."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress

from collegium.core.mail.models import Digest
from collegium.core.notices import actions as notices
from collegium.core.people.models import Person
from collegium.rooms.discussions.tests.factories import make_topic
from collegium.rooms.discussions.tests.posted import a_relay, send, tell_all

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 5, 4, 5, 30, tzinfo=UTC)
SEVEN = MONDAY.replace(hour=7, minute=0)


@pytest.fixture
def told(cast, settings):
    """Two readers with a digest of a question each; the leaver is mentioned in another topic as well."""
    for person in (cast.leaver, cast.colleague):
        Person.objects.filter(pk=person.pk).update(time_zone="UTC")
        notices.choose_level(cast.cfos.entry, level="daily", by=person)
    notices.choose_digests(hour=7, weekday=3, by_group=True, by=cast.leaver)
    EmailAddress.objects.filter(user=cast.leaver).update(verified=True)
    question = make_topic(cast, title="Which bank?", at=MONDAY)
    mention = make_topic(cast, title="A mention", raw=f"What does @{cast.leaver.handle} say?", at=MONDAY)
    with a_relay(settings):
        tell_all(at=MONDAY)
        send(at=SEVEN)
    return question, mention


def taken_along(client: Any, person: Person) -> dict[str, Any]:
    """What each file of the archive holds."""
    client.force_login(person)
    answer = client.post("/account/download/")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        names = archive.namelist()
        assert len(names) == len(set(names))
        return {name: json.loads(archive.read(name)) for name in names if name.endswith(".json")}


def test_a_digest_with_its_window_and_what_stood_in_it(cast, told, client):
    question, mention = told
    found = taken_along(client, cast.leaver)
    mine = Digest.objects.get(person=cast.leaver)
    [digest] = found["mail/digests.json"]
    assert (digest["digest"], digest["cadence"], digest["group"]) == (mine.pk, "daily", cast.cfos.name)
    assert [datetime.fromisoformat(digest[end]) for end in ("since", "until")] == [MONDAY, SEVEN]
    letters = found["mail/letters-of-groups.json"]
    assert [
        (row["mailing__kind"], row["state"], row["entry"], row["group"], row["digest"])
        for row in letters
        if row["mailing__kind"].startswith(("mail.digest", "discussions.posts"))
    ] == [
        ("discussions.posts", "in_digest", question.pk, cast.cfos.name, mine.pk),
        ("discussions.posts", "sent", mention.pk, cast.cfos.name, None),
        ("mail.digest", "sent", None, None, None),
    ]


def test_what_one_was_told_under_the_bell_and_how_digests_are_wanted(cast, told, client):
    _question, mention = told
    found = taken_along(client, cast.leaver)
    assert [(row["notice"], row["entry"]) for row in found["account/notifications.json"]] == [
        ("discussions.Mentioned", mention.pk)
    ]
    wanted = found["account/what-i-want-to-hear.json"]
    assert {"level": "daily", "group": cast.cfos.name} in wanted
    assert {"hour": 7, "weekday": 3, "by_group": True} in wanted


def test_nobody_takes_the_digests_of_others_along(cast, told, client):
    found = taken_along(client, cast.leaver)
    others = Digest.objects.get(person=cast.colleague)
    assert others.pk not in [row["digest"] for row in found["mail/digests.json"]]
    assert Digest.objects.filter(until__lte=SEVEN + timedelta(days=1)).count() == 2
