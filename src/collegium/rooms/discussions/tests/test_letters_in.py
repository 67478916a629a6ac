"""Letters that come in: answers, topics and private words, for whom they may be, and nothing for anybody else."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.utils import timezone

from collegium.core.groups.models import Group
from collegium.core.mail.incoming.arriving import take_in
from collegium.core.mail.incoming.handling import MOST, forget_letters, handle_letter
from collegium.core.mail.mailings import tokens
from collegium.core.mail.models import Incoming, Letter, Mailing
from collegium.core.notices.jobs import wake
from collegium.core.notices.queries import follow_state, level_of
from collegium.core.people import actions as people
from collegium.core.trail.models import Event
from collegium.rooms.discussions import actions
from collegium.rooms.discussions.models import HeldPost, Post, Topic

from .factories import make_answer, make_topic

pytestmark = pytest.mark.django_db
OURS = "mx.peers.example"


@pytest.fixture(autouse=True)
def house(settings, cast):
    """In production, at the moment of the cast; everybody has entered a code from their address."""
    settings.MODE = "production"
    settings.MAIL_DOMAIN = "peers.example"
    settings.MAIL_AUTHSERV_ID = OURS
    EmailAddress.objects.update(verified=True)
    with time_machine.travel(cast.at, tick=False):
        yield


def letter(
    to: str, *, by: str = "peer@lagoon.example", text: str = "We changed ours.", proved: bool = True, **head: str
) -> bytes:
    message = EmailMessage()
    if proved:
        domain = by.rpartition("@")[2]
        message["Authentication-Results"] = f"{OURS}; dmarc=pass header.from={domain}"
    message["From"], message["To"] = by, f"{to}@peers.example"
    message["Subject"] = head.pop("subject", "Which auditors?")
    message["Message-ID"] = head.pop("message_id", f"<{abs(hash((to, by, text, *head.values())))}@client.example>")
    for name, value in head.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


def come(to: str, raw: bytes | None = None, **written: Any) -> Incoming:
    """Let a letter come in and be handled."""
    raw = letter(to, **written) if raw is None else raw
    [pk] = take_in(raw, to=[f"{to}@peers.example"], return_path="x@y.example", at=timezone.now())
    handle_letter(pk, at=timezone.now())
    return Incoming.objects.get(pk=pk)


def fate(incoming: Incoming) -> tuple[str, str]:
    return incoming.state, incoming.reason


def sent(topic: Topic, person: Any, prefix: str = "r-", purpose: bytes = tokens.ANSWER, number: int = 1) -> str:
    """The address at which the letter about a post takes an answer from this person."""
    post = Post.objects.get(topic=topic, number=number)
    event = Event.objects.get(name__in=["topic.opened", "topic.answered"], facts__part_id=post.pk)
    wake(event.pk)
    return prefix + tokens.write(purpose, person.pk, Mailing.objects.get(event=event).pk)


# --- answers


def test_an_answer_to_a_letter_stands_in_its_topic(cast):
    topic = make_topic(cast, by="colleague")
    quoted = "\n\nOn Mon, 4 May 2026 at 12:00, Tomasz <cfos@peers.example> wrote:\n> What do you think?\n"
    came = come(sent(topic, cast.peer), text=f"We changed ours.{quoted}")
    post = Post.objects.get(topic=topic, number=2)
    assert (fate(came), came.part_id, came.person) == (("posted", ""), post.pk, cast.peer)
    assert (post.raw, post.author, post.society_name) == (
        "We changed ours.",
        cast.peer,
        "Society of Lagoon Cardiology",
    )
    assert "What do you think?" in post.trimmed


def test_an_answer_to_an_answer_says_which(cast):
    topic = make_topic(cast)
    make_answer(cast, topic)
    come(sent(topic, cast.peer, number=2))
    assert Post.objects.get(topic=topic, number=3).reply_to == 2


def test_the_same_letter_is_taken_once(cast):
    topic = make_topic(cast, by="colleague")
    address = sent(topic, cast.peer)
    raw, to = letter(address), [f"{address}@peers.example"]
    for _again in range(2):
        for pk in take_in(raw, to=to, return_path="x@y.example", at=timezone.now()):
            handle_letter(pk, at=timezone.now())
            handle_letter(pk, at=timezone.now())
    assert (Post.objects.filter(topic=topic).count(), Incoming.objects.count()) == (2, 1)


def test_a_token_of_somebody_else_answers_nothing(cast):
    topic = make_topic(cast, by="colleague")
    came = come(sent(topic, cast.peer), by="leaver@reef.example")
    assert (fate(came), topic.posts.count()) == (("refused", "another_person"), 1)


def test_a_forged_token_is_no_address(cast):
    topic = make_topic(cast, by="colleague")
    address = sent(topic, cast.peer)
    assert fate(come(address[:-1] + ("0" if address[-1] != "0" else "1"))) == ("refused", "no_such_address")
    assert fate(come(sent(topic, cast.peer, purpose=tokens.BOUNCE))) == ("refused", "no_such_address")
    assert topic.posts.count() == 1


def test_whose_tenure_ended_answers_no_more(cast):
    topic = make_topic(cast)
    address = sent(topic, cast.leaver)
    people.end_tenure(cast.tenures["leaver"], last_day=cast.at.date(), by=cast.staff, at=cast.at)
    with time_machine.travel(cast.at + timedelta(days=2), tick=False):
        came = come(address, by="leaver@reef.example")
    assert (fate(came), topic.posts.count()) == (("refused", "no_such_address"), 1)


def test_a_closed_topic_says_so_to_who_may_know(cast):
    topic = make_topic(cast)
    address = sent(topic, cast.peer)
    actions.close_topic(topic, viewer=cast.viewer("peer"), at=cast.at)
    assert fate(come(address)) == ("refused", "rule")
    told = Letter.objects.get(kind="mail.refused")
    assert (told.to, "closed" in told.text) == ("peer@lagoon.example", True)


# --- letters to a group


@pytest.mark.parametrize(
    ("subject", "title", "kind"),
    [
        ("Which auditors?", "Which auditors?", "question"),
        ("Fwd: [CFOs] Our reserves", "Our reserves", "discussion"),
        ("", "We changed ours.", "discussion"),
    ],
)
def test_a_letter_to_a_group_opens_a_topic(cast, subject, title, kind):
    Group.objects.filter(pk=cast.cfos.pk).update(short="CFOs")
    came = come("cfos", subject=subject)
    topic = Topic.objects.get()
    assert (fate(came), came.entry_id) == (("posted", ""), topic.pk)
    assert (topic.entry.title, topic.kind, topic.entry.author) == (title, kind, cast.peer)


def test_an_answer_to_the_group_finds_its_topic_by_what_it_names(cast):
    topic = make_topic(cast)
    post = topic.posts.get()
    come("cfos", subject="Something else", In_Reply_To=f"<post-{post.pk}@peers.example>")
    first = come("cfos", subject="A new thing", message_id="<own-1@client.example>")
    come("cfos", subject="Re: A new thing", References="<nobody@x.example> <own-1@client.example>", text="More of it.")
    assert topic.posts.count() == 2
    assert Topic.objects.get(pk=first.entry_id).posts.count() == 2


def test_an_answer_that_names_nothing_goes_by_its_subject(cast):
    topic = make_topic(cast, title="Which auditors?")
    come("cfos", subject="AW: Which  auditors?")
    assert topic.posts.count() == 2
    with time_machine.travel(cast.at + timedelta(days=60), tick=False):
        come("cfos", subject="AW: Which auditors?", text="Much later.")
    assert (topic.posts.count(), Topic.objects.count()) == (2, 2)


@pytest.mark.parametrize("named", ["<post-999999@peers.example>", "<post-1@other.example>", "<a> <b> <a>", "x" * 900])
def test_an_unknown_parent_begins_a_topic(cast, named):
    came = come("cfos", In_Reply_To=named)
    assert fate(came) == ("posted", "")
    assert Topic.objects.get().posts.count() == 1


def test_a_post_of_another_group_is_no_parent(cast):
    other = make_topic(cast, by="chair", group=cast.ceos)
    come("cfos", In_Reply_To=f"<post-{other.posts.get().pk}@peers.example>")
    assert (other.posts.count(), Topic.objects.count()) == (1, 2)


@pytest.mark.parametrize("to", ["ceos", "board", "none-such", "cfos-owner-owner"])
def test_unknown_unlisted_and_not_ones_own_are_one_answer(cast, to):
    came = come(to)
    told = Letter.objects.get(kind="mail.refused")
    assert fate(came) == ("refused", "no_such_address")
    assert told.text.replace(f"{to}@", "x@") == Letter(text=told.text).text.replace(f"{to}@", "x@")
    assert "There is no such address here, or it takes no letters from you." in told.text


# --- of whom it is


@pytest.mark.parametrize("to", ["cfos", "answer"])
def test_what_is_not_proved_waits_for_an_officer(cast, to):
    topic = make_topic(cast, by="colleague")
    address = sent(topic, cast.peer) if to == "answer" else to
    came = come(address, proved=False)
    held = HeldPost.objects.get()
    assert (fate(came), held.is_unproved, held.author) == (("held", "unproved"), True, cast.peer)
    assert Post.objects.count() == 1
    officer = cast.viewer("colleague")
    actions.release_held(held, viewer=officer, at=cast.at)
    assert Post.objects.count() == 2


@pytest.mark.parametrize(
    "said",
    [
        "elsewhere.example; dmarc=pass header.from=lagoon.example",
        f"{OURS}; dmarc=fail header.from=lagoon.example",
        f"{OURS}; dmarc=pass header.from=other.example",
        f"{OURS}; spf=pass smtp.mailfrom=lagoon.example",
    ],
)
def test_only_our_own_servers_word_on_that_very_domain_counts(cast, said):
    came = come("cfos", proved=False, Authentication_Results=said)
    assert fate(came) == ("held", "unproved")


def test_without_a_server_of_ours_everything_waits(cast, settings):
    settings.MAIL_AUTHSERV_ID = ""
    assert fate(come("cfos")) == ("held", "unproved")


def test_a_demonstration_trusts_this_machine(cast, settings):
    settings.MODE = "demo"
    assert fate(come("cfos", proved=False)) == ("posted", "")


def test_a_stranger_is_told_once_a_day_and_only_if_it_is_they(cast):
    for text in ("one", "two"):
        assert fate(come("cfos", by="oz@elsewhere.example", text=text)) == ("refused", "stranger")
    assert Letter.objects.filter(kind="mail.refused").count() == 1
    come("cfos", by="uz@elsewhere.example", proved=False)
    assert not Letter.objects.filter(to="uz@elsewhere.example").exists()


def test_an_address_nobody_has_verified_acts_for_nobody(cast):
    EmailAddress.objects.filter(user=cast.peer).update(verified=False)
    assert fate(come("cfos")) == ("refused", "stranger")


# --- machines


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        ({"Auto_Submitted": "auto-replied"}, "automatic"),
        ({"Precedence": "bulk"}, "automatic"),
        ({"subject": "Automatic reply: Which auditors?"}, "automatic"),
        ({"message_id": "<post-7@peers.example>"}, "own"),
    ],
)
def test_what_a_machine_wrote_is_recorded_and_never_posted(cast, head, reason):
    came = come("cfos", **head)
    assert (fate(came), Topic.objects.count(), Letter.objects.count()) == (("recorded", reason), 0, 0)


def test_who_writes_too_much_in_a_short_time_is_not_heard(cast):
    for number in range(MOST):
        come("none-such", text=f"Number {number}")
    assert fate(come("cfos")) == ("recorded", "too_many")
    with time_machine.travel(cast.at + timedelta(hours=2), tick=False):
        assert fate(come("cfos", text="Later")) == ("posted", "")


# --- other addresses


def test_a_private_answer_reaches_the_author_alone(cast):
    topic = make_topic(cast, by="colleague")
    came = come(sent(topic, cast.peer, "p-"), subject="Re: Auditors", text="Between us: no < yes.")
    told = Letter.objects.get(kind="discussions.private")
    assert (fate(came), topic.posts.count()) == (("done", ""), 1)
    assert (told.to, told.reply_to) == ("colleague@harbour.example", "peer@lagoon.example")
    assert "Between us: no &lt; yes." in told.html


def test_a_private_answer_that_is_not_proved_goes_nowhere(cast):
    topic = make_topic(cast, by="colleague")
    assert fate(come(sent(topic, cast.peer, "p-"), proved=False)) == ("refused", "unproved")
    assert not Letter.objects.filter(kind="discussions.private").exists()


def test_a_letter_to_the_owner_reaches_the_officers(cast):
    assert fate(come("cfos-owner")) == ("done", "")
    assert Letter.objects.filter(kind="discussions.private").values_list("to", flat=True)[0] == (
        "colleague@harbour.example"
    )


@pytest.mark.parametrize("prefix", ["u-", "m-"])
def test_a_letter_stops_letters_or_mutes_whoever_sends_it(cast, prefix):
    topic = make_topic(cast, by="colleague")
    come(sent(topic, cast.peer, prefix, tokens.STOP), by="oz@elsewhere.example", proved=False, Auto_Submitted="auto")
    level, state = level_of(cast.peer.pk, cast.cfos.pk), follow_state(cast.peer.pk, topic.pk)
    assert (level, state) == (("nothing", "") if prefix == "u-" else ("every", "muted"))


# --- what is kept


def test_what_a_letter_said_is_forgotten_and_its_way_is_not(cast):
    came = come("cfos")
    assert forget_letters(at=cast.at + timedelta(days=29)) == 0
    assert forget_letters(at=cast.at + timedelta(days=31)) == 1
    came.refresh_from_db()
    assert (came.raw, came.state) == (None, "posted")


def test_a_post_from_a_letter_shows_what_was_cut_off_to_who_reads_it(client, cast):
    come("cfos", text="We changed ours.\n\n-- \nInes Okafor\nTreasurer")
    topic = Topic.objects.get()
    address = f"/topics/{topic.pk}/posts/1/trimmed/"
    client.force_login(cast.peer)
    assert address in client.get(topic.get_absolute_url()).content.decode()
    assert "Treasurer" in client.get(address).content.decode()
    client.force_login(cast.newcomer)
    assert client.get(address).status_code == 404
    actions.delete_post(topic.posts.get(), viewer=cast.viewer("peer"), at=cast.at)
    assert Post.objects.get(topic=topic).trimmed == ""


def test_files_that_come_along_are_attached(cast):
    message = EmailMessage()
    message["Authentication-Results"] = f"{OURS}; dmarc=pass header.from=lagoon.example"
    message["From"], message["Subject"] = "peer@lagoon.example", "Our table"
    message.set_content("See the table.")
    message.add_attachment(b"a;b\n1;2\n", maintype="text", subtype="csv", filename="table.csv")
    came = come("cfos", raw=message.as_bytes())
    assert fate(came) == ("posted", "")
    assert list(Topic.objects.get().entry.attachments.values_list("name", flat=True)) == ["table.csv"]


def test_a_file_that_is_not_taken_is_said_to_its_writer_and_nothing_is_half_done(cast):
    message = EmailMessage()
    message["Authentication-Results"] = f"{OURS}; dmarc=pass header.from=lagoon.example"
    message["From"], message["Subject"] = "peer@lagoon.example", "Our program"
    message.set_content("Run it.")
    message.add_attachment(b"MZ\x90\x00", maintype="application", subtype="x-msdownload", filename="run.exe")
    assert fate(come("cfos", raw=message.as_bytes())) == ("refused", "rule")
    assert (Topic.objects.count(), Letter.objects.filter(kind="mail.refused").count()) == (0, 1)
