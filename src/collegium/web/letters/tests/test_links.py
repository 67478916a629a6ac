"""Links in letters work without signing in, for whom they were written and for nothing else."""

from __future__ import annotations

import pytest
from django.urls import reverse

from collegium.core.mail.bounces.complaints import heed_reader
from collegium.core.mail.bounces.queries import complaints_of
from collegium.core.mail.mailings import tokens
from collegium.core.mail.models import Digest, Mailing
from collegium.core.notices import actions as notices
from collegium.core.notices.jobs import wake
from collegium.core.notices.queries import follow_state, level_of, switches
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


# --- digests


@pytest.fixture
def digest(cast, request):
    """A digest of the leaver, over all groups unless the parameter says otherwise."""
    notices.choose_level(cast.cfos.entry, level="daily", by=cast.leaver)
    notices.choose_level(cast.membership.entry, level="weekly", by=cast.leaver)
    mailing = Mailing.objects.create(kind="mail.digest", at=cast.at)
    place = cast.cfos.entry if getattr(request, "param", "") == "of a group" else None
    Digest.objects.create(
        mailing=mailing, person=cast.leaver, cadence="daily", place=place, since=cast.at, until=cast.at
    )
    return mailing


@pytest.mark.parametrize("digest", ["over all", "of a group"], indirect=True)
def test_one_click_ends_the_digest_of_all_groups_in_it_and_nothing_else(client, cast, digest):
    answer = client.post(link("stop", cast.leaver, digest), {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, level(cast)) == (200, "mentions")
    assert level_of(cast.leaver.pk, cast.membership.pk, "every") == "weekly"
    again = client.post(link("stop", cast.leaver, digest), {"List-Unsubscribe": "One-Click"})
    assert (again.status_code, level(cast)) == (200, "mentions")


def test_a_reader_chooses_how_often_for_all_groups_in_a_digest(client, cast, digest):
    page = client.get(link("stop", cast.leaver, digest))
    assert page.context["form"].initial == {"level": "daily"}
    assert "Chief Financial Officers" in page.content.decode()
    assert client.post(link("stop", cast.leaver, digest), {"level": "weekly"}).status_code == 200
    assert level(cast) == "weekly"
    assert client.post(link("stop", cast.leaver, digest), {"level": "hourly"}).status_code == 422


def test_a_digest_is_no_topic_that_can_be_muted(client, cast, digest):
    assert client.post(link("mute", cast.leaver, digest)).status_code == 404


# --- notices


def noticed(cast, name):
    event = Event.objects.filter(name="group.founded").first() or Event.objects.first()
    return Mailing.objects.create(kind=name, event=event, entry=cast.cfos.entry, at=cast.at)


def letters_wanted(cast) -> dict[str, bool]:
    return {row["name"]: row["by_letter"] for row in switches(cast.leaver.pk)}


def test_the_letters_of_a_notice_are_stopped_by_one_click_or_by_a_button(client, cast):
    for name, sent in (("groups.JoinRequested", {"List-Unsubscribe": "One-Click"}), ("groups.ReadingAsked", {})):
        address = link("stop", cast.leaver, noticed(cast, name))
        assert client.get(address).status_code == 200
        assert letters_wanted(cast)[name] is True
        assert client.post(address, sent).status_code == 200
        assert letters_wanted(cast)[name] is False
    assert level(cast) == "every"


def test_a_statutory_letter_has_no_such_page_and_no_notice_is_muted(client, cast):
    statutory = noticed(cast, "groups.JoinApproved")
    assert client.post(link("stop", cast.leaver, statutory), {"List-Unsubscribe": "One-Click"}).status_code == 404
    assert client.post(link("mute", cast.leaver, noticed(cast, "groups.JoinRequested"))).status_code == 404


# --- complaints


def test_a_complaint_does_what_one_click_does(cast, digest):
    assert heed_reader(cast.leaver, digest.pk, feedback="abuse", at=cast.at)
    notice = noticed(cast, "groups.JoinRequested")
    assert heed_reader(cast.leaver, notice.pk, feedback="abuse", at=cast.at)
    assert heed_reader(cast.leaver, noticed(cast, "groups.JoinApproved").pk, feedback="abuse", at=cast.at)
    assert (level(cast), letters_wanted(cast)["groups.JoinRequested"]) == ("mentions", False)
    assert [row["label"] for row in complaints_of(cast.leaver.pk)] == [
        "Somebody asks to join a group I help to run",
        "Chief Financial Officers",
    ]
