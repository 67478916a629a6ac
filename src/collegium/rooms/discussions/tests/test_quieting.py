"""A letter to `<group>-unsubscribe@` or `-mute@` does it for whom it is from, and tells nobody else anything."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from collegium.core.groups.models import Group
from collegium.core.mail import relay
from collegium.core.mail.incoming import refusing
from collegium.core.mail.models import Letter
from collegium.core.mail.tests.sink import sink
from collegium.core.notices import actions as notices
from collegium.core.notices.queries import follow_state, level_of

from .factories import make_topic, tell
from .test_letters_in import come, fate, house  # noqa: F401 - a fixture for every test of this file

pytestmark = pytest.mark.django_db
PEER = "peer@lagoon.example"


@pytest.fixture
def topic(cast):
    """Asked by the colleague, and told to everybody by letter."""
    made = make_topic(cast, by="colleague", title="Which auditors?")
    tell()
    return made


def level(cast, part="peer") -> str:
    return level_of(getattr(cast, part).pk, cast.cfos.pk, "every")


def muted(cast, topic) -> bool:
    return follow_state(cast.peer.pk, topic.pk) == "muted"


def letters(kind="quiet") -> list[Letter]:
    return list(Letter.objects.filter(kind=f"discussions.{kind}").order_by("pk"))


# --- stopping


def test_a_members_letter_stops_the_groups_letters_and_is_acknowledged_once(cast, topic):
    for text in ("", "Please stop.", "Again."):
        assert fate(come("cfos-unsubscribe", text=text)) == ("done", "")
    assert (level(cast), level(cast, "leaver")) == ("nothing", "every")
    [letter] = letters()
    assert (letter.to, letter.subject) == (PEER, "You get no more letters of Chief Financial Officers")
    assert "/letters/" in letter.text


def test_its_acknowledgement_leads_back(client, cast, topic):
    come("cfos-unsubscribe")
    path = letters()[0].text.partition("http://localhost:8000")[2].split()[0]
    assert client.post(path, {"level": "daily"}).status_code == 200
    assert level(cast) == "daily"


def test_a_group_in_which_nothing_was_said_is_stopped_too(cast):
    assert fate(come("cfos-unsubscribe")) == ("done", "")
    assert level(cast) == "nothing"
    assert "http://localhost:8000/groups/cfos/" in letters()[0].text


def test_case_does_not_matter_and_the_name_must_be_whole(cast, topic):
    assert fate(come("CFOs-Unsubscribe")) == ("done", "")
    for to in ("-unsubscribe", "cfos-unsubscribed", "cfos-unsubscribe-unsubscribe", "unsubscribe"):
        assert fate(come(to)) == ("refused", "no_such_address")


@pytest.mark.parametrize("box", ["unsubscribe", "mute"])
def test_strangers_members_of_other_groups_and_unknown_groups_get_one_answer(cast, topic, box):
    texts = set()
    for to, by in (("cfos", "oz@elsewhere.example"), ("ceos", PEER), ("board", "leaver@reef.example")):
        assert come(f"{to}-{box}", by=by).state == "refused"
        texts.add(Letter.objects.get(kind="mail.refused", to=by).text.replace(to, "x"))
    come(f"none-such-{box}", by="colleague@harbour.example")
    texts.add(Letter.objects.get(kind="mail.refused", to="colleague@harbour.example").text.replace("none-such", "x"))
    assert len(texts) == 1
    assert letters() + letters("ask_quiet") == []


def test_a_letter_of_a_machine_does_nothing(cast, topic):
    assert fate(come("cfos-unsubscribe", Auto_Submitted="auto-replied")) == ("recorded", "automatic")
    assert (level(cast), letters()) == ("every", [])


# --- not proved


def test_what_is_not_proved_changes_nothing_and_asks_whose_address_it_is_once_a_day(client, cast, topic):
    for text in ("one", "two"):
        assert fate(come("cfos-unsubscribe", proved=False, text=text)) == ("refused", "unproved")
    [letter] = letters("ask_quiet")
    assert (level(cast), letter.to) == ("every", PEER)
    with time_machine.travel(cast.at + timedelta(days=1, minutes=1), tick=False):
        come("cfos-unsubscribe", proved=False, text="three")
    assert len(letters("ask_quiet")) == 2
    path = letter.text.partition("http://localhost:8000")[2].split()[0]
    assert client.get(path).status_code == 200
    client.post(path, {"level": "nothing"})
    assert level(cast) == "nothing"


@pytest.mark.parametrize("by", ["oz@elsewhere.example", "newcomer@reef.example", "outsider@elsewhere.example"])
@pytest.mark.parametrize("box", ["unsubscribe", "mute"])
def test_nobody_else_hears_anything_of_what_is_not_proved(cast, topic, by, box):
    come(f"cfos-{box}", by=by, proved=False, subject="Re: Which auditors?")
    assert not Letter.objects.exists()


def test_what_is_not_proved_mutes_nothing_and_asks(client, cast, topic):
    assert fate(come("cfos-mute", proved=False, subject="Re: Which auditors?")) == ("refused", "unproved")
    [letter] = letters("ask_quiet")
    assert not muted(cast, topic)
    client.post(letter.text.partition("http://localhost:8000")[2].split()[0])
    assert muted(cast, topic)


def test_an_unproved_wish_to_mute_nothing_known_is_not_answered(cast, topic):
    assert fate(come("cfos-mute", proved=False, subject="What?")) == ("refused", "unproved")
    assert not Letter.objects.exists()


# --- muting


@pytest.mark.parametrize("subject", ["Which auditors?", "Re: [CFOs] Which auditors?", "which AUDITORS?"])
def test_a_topic_is_muted_by_its_title(cast, topic, subject):
    Group.objects.filter(pk=cast.cfos.pk).update(short="CFOs")
    assert fate(come("cfos-mute", subject=subject)) == ("done", "")
    assert (muted(cast, topic), level(cast)) == (True, "every")
    assert letters()[0].subject == "Muted: Which auditors?"


@pytest.mark.parametrize("name", ["In_Reply_To", "References"])
def test_a_topic_is_muted_by_answering_one_of_its_letters_once(cast, topic, name):
    parent = f"<post-{topic.posts.get().pk}@peers.example>"
    for text in ("one", "two"):
        assert fate(come("cfos-mute", subject="Something else", text=text, **{name: parent})) == ("done", "")
    assert muted(cast, topic)
    assert len(letters()) == 1


@pytest.mark.parametrize("subject", ["", "Another thing", "x" * 2000])
def test_which_topic_must_be_said(cast, topic, subject):
    assert fate(come("cfos-mute", subject=subject)) == ("refused", "rule")
    assert not muted(cast, topic)
    assert "Which topic? Answer one of its letters" in Letter.objects.get(kind="mail.refused").text


def test_a_topic_one_may_not_see_is_not_named(cast):
    for_officers = make_topic(
        cast, by="colleague", title="On fees", audience_id=cast.cfos.officers_audience_id, kind="discussion"
    )
    assert fate(come("cfos-mute", subject="On fees")) == ("refused", "rule")
    assert not muted(cast, for_officers)


def test_muted_already_is_not_said_again(cast, topic):
    notices.mute(topic.entry, by=cast.peer)
    assert fate(come("cfos-mute", subject="Which auditors?")) == ("done", "")
    assert letters() == []


# --- as the relay gets it


@pytest.mark.parametrize("kind", ["discussions.quiet", "discussions.ask_quiet", refusing.REFUSED.name, "mail.other"])
def test_answers_say_that_a_machine_answers(cast, topic, settings, kind):
    letter = Letter.objects.create(kind=kind, to=PEER, subject="x", text="x", html="x", written_at=cast.at)
    with sink() as server:
        settings.MAIL_RELAY = server.relay
        relay.hand_over(letter)
    [(_to, message)] = server.letters
    assert message["Auto-Submitted"] == ("auto-generated" if kind == "mail.other" else "auto-replied")
