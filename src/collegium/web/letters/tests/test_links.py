"""Links in letters work without signing in, for whom they were written and for nothing else."""

from __future__ import annotations

import pytest
from django.urls import reverse

from collegium.core.mail.mailings import tokens
from collegium.core.mail.models import Mailing
from collegium.core.notices.jobs import wake
from collegium.core.notices.queries import follow_state, level_of
from collegium.core.people.models import Person
from collegium.core.trail.models import Event
from collegium.rooms.discussions.tests.factories import make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailing(cast):
    topic = make_topic(cast)
    wake(Event.objects.get(name="topic.opened", entry=topic.pk).pk)
    return Mailing.objects.get(kind="discussions.posts")


def link(name: str, person: Person, mailing: Mailing, purpose: bytes = tokens.STOP) -> str:
    return reverse(f"letters:{name}", args=[tokens.write(purpose, person.pk, mailing.pk)])


def level(cast) -> str:
    return level_of(cast.leaver.pk, cast.cfos.pk, "every")


def test_a_mail_system_stops_all_letters_with_one_post(client, cast, mailing):
    answer = client.post(link("stop", cast.leaver, mailing), {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, level(cast)) == (200, "nothing")
    assert level_of(cast.colleague.pk, cast.cfos.pk, "every") == "every"


def test_looking_changes_nothing(client, cast, mailing):
    page = client.get(link("stop", cast.leaver, mailing))
    assert "Chief Financial Officers" in page.content.decode()
    assert client.get(link("mute", cast.leaver, mailing)).status_code == 200
    assert (level(cast), follow_state(cast.leaver.pk, mailing.entry_id)) == ("every", "")


@pytest.mark.parametrize("chosen", ["daily", "weekly", "mentions", "nothing", "every"])
def test_a_reader_chooses_less_instead_of_nothing(client, cast, mailing, chosen):
    page = client.post(link("stop", cast.leaver, mailing), {"level": chosen})
    assert (page.status_code, level(cast)) == (200, chosen)


@pytest.mark.parametrize("chosen", ["", "all", "\x00", "x" * 100_000, "every,nothing"])
def test_what_is_no_choice_changes_nothing(client, cast, mailing, chosen):
    page = client.post(link("stop", cast.leaver, mailing), {"level": chosen})
    assert (page.status_code, level(cast)) == (422, "every")


def test_a_topic_is_muted(client, cast, mailing):
    client.post(link("mute", cast.leaver, mailing))
    assert follow_state(cast.leaver.pk, mailing.entry_id) == "muted"


@pytest.mark.parametrize("name", ["stop", "mute"])
@pytest.mark.parametrize("spoil", ["purpose", "mailing", "digit", "short", "closed"])
def test_a_token_that_is_none_is_unknown(client, cast, mailing, name, spoil):
    good = link(name, cast.leaver, mailing)
    token = good.split("/")[2]
    spoiled = {
        "purpose": link(name, cast.leaver, mailing, tokens.ANSWER),
        "mailing": link(name, cast.leaver, Mailing(pk=mailing.pk + 1)),
        "digit": good.replace(token, token[:-1] + ("0" if token[-1] != "0" else "1")),
        "short": good.replace(token, token[:-1]),
        "closed": good,
    }
    if spoil == "closed":
        Person.objects.filter(pk=cast.leaver.pk).update(closed_at=cast.at)
    assert client.post(spoiled[spoil], {"level": "nothing"}).status_code == 404
    assert (level(cast), follow_state(cast.leaver.pk, mailing.entry_id)) == ("every", "")


def test_the_letters_of_a_joined_account_are_stopped_for_the_one_that_stays(client, cast, mailing):
    Person.objects.filter(pk=cast.leaver.pk).update(closed_at=cast.at, merged_into=cast.newcomer)
    client.post(link("stop", cast.leaver, mailing), {"List-Unsubscribe": "One-Click"})
    assert level_of(cast.newcomer.pk, cast.cfos.pk, "every") == "nothing"


def test_a_token_survives_mail_systems_that_shout(client, cast, mailing):
    token = tokens.write(tokens.STOP, cast.leaver.pk, mailing.pk)
    assert tokens.read(tokens.STOP, token.upper()) == (cast.leaver.pk, mailing.pk)
