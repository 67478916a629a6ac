"""Officers hear by letter what waits, and decide by its link without signing in; nobody else does, nor later."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import signing
from django.urls import reverse

from collegium.core.groups.models import Group
from collegium.core.mail.models import Letter
from collegium.core.notices import actions as notices
from collegium.core.people import actions as people
from collegium.rooms.discussions import actions, held_links
from collegium.rooms.discussions.models import HeldPost, Post

from .factories import last_event, make_topic, make_upload, tell
from .test_hold_posts import SECRET, answer, hold, open_topic
from .test_letters_in import come, house  # noqa: F401 - a fixture for every test of this file

pytestmark = pytest.mark.django_db
OFFICER = "colleague@harbour.example"


@pytest.fixture
def topic(cast):
    made = make_topic(cast)
    hold(cast)
    tell()
    return made


@pytest.fixture
def held(cast, topic):
    """The leaver's answer, which waits, and of which the officer has heard by letter."""
    found = answer(cast, topic)
    tell()
    return found


def letters() -> list[Letter]:
    return list(Letter.objects.filter(kind__startswith="discussions.held").order_by("pk"))


def link(letter: Letter | None = None) -> str:
    """The path of the link in the newest letter."""
    found = re.search(r"https?://[^/\s]+(/held/by-letter/\S+)", (letter or letters()[-1]).text)
    assert found
    return found[1]


def state(held: HeldPost) -> str:
    return HeldPost.objects.get(pk=held.pk).state


# --- the letter


def test_an_officer_is_told_who_wrote_from_where_and_why_it_waits(cast):
    make_topic(cast, title="Which auditors?")
    come("cfos", proved=False, subject="Re: Which auditors?")
    tell()
    [letter] = letters()
    assert (letter.to, letter.subject) == (OFFICER, "Ines Okafor wrote to Chief Financial Officers: it waits for you")
    for body in (letter.text, letter.html):
        assert "peer@lagoon.example" in body
        assert "could not be proved" in body
        assert "We changed ours." in body
        assert "Which auditors?" in body


def test_what_the_group_looks_at_first_says_so_and_names_its_files(cast, topic):
    answer(cast, topic, attachments=[make_upload(cast, by="leaver").pk])
    tell()
    [letter] = letters()
    assert "the group looks at posts before they are published" in letter.text
    assert "by e-mail" not in letter.text
    assert "* keys.csv (9\xa0bytes)" in letter.text
    assert SECRET in letter.html


def test_a_new_topic_is_named_by_its_title(cast, topic):
    open_topic(cast)
    tell()
    assert f"wrote to Chief Financial Officers: “On {SECRET}”." in letters()[0].text


def test_links_in_the_text_are_whole_and_what_was_typed_is_no_html(cast, topic):
    answer(cast, topic, raw=f"See [this](/topics/{topic.pk}/) <script>x</script>")
    tell()
    assert f'href="http://localhost:8000/topics/{topic.pk}/"' in letters()[0].html
    assert "<script>x" not in letters()[0].html


def test_it_is_told_once_however_often_the_job_runs(cast, held):
    from collegium.core.notices.jobs import wake
    from collegium.core.trail.models import Event

    wake(Event.objects.get(name="held_post.held").pk)
    assert len(letters()) == 1


def test_nobody_is_told_what_is_decided_already_or_what_they_switched_off(cast, topic):
    held = answer(cast, topic)
    actions.withdraw_held(held, viewer=cast.viewer("leaver"), at=cast.at)
    tell()
    notices.switch_letter_off("discussions.PostHeld", by=cast.colleague)
    answer(cast, topic)
    tell()
    assert letters() == []


def test_of_a_group_without_content_the_letter_says_only_that_something_waits(client, cast, topic):
    Group.objects.filter(pk=cast.cfos.pk).update(is_content_free=True)
    held = open_topic(cast)
    tell()
    [letter] = letters()
    assert letter.kind == "discussions.held_only"
    assert SECRET not in letter.text + letter.html + letter.subject
    assert f"/held/{held.pk}/" in letter.text


def test_a_link_of_before_shows_nothing_once_the_group_is_without_content(client, cast, held):
    Group.objects.filter(pk=cast.cfos.pk).update(is_content_free=True)
    assert client.get(link()).status_code == 404


# --- the link


def test_looking_shows_it_and_changes_nothing(client, cast, held):
    for ask in (client.get, client.head):
        assert ask(link()).status_code == 200
    page = client.get(link()).content.decode()
    assert SECRET in page
    assert "You decide as Tomasz Halloran" in page
    assert [client.get(link() + deed).status_code for deed in ("release/", "refusal/")] == [405, 405]
    assert state(held) == "waiting"


def test_one_button_publishes_it_in_the_officers_name(client, cast, held):
    assert client.post(link() + "release/").status_code == 303
    post = Post.objects.get(author=cast.leaver)
    assert (post.raw, state(held)) == (SECRET, "released")
    released = [event for event in [last_event()] if event["name"] == "held_post.released"]
    assert [event["actor_id"] for event in released] == [cast.colleague.pk]
    page = client.get(link()).content.decode()
    assert "It is published" in page
    assert SECRET not in page


def test_another_refuses_it_with_a_reason(client, cast, held):
    assert client.post(link() + "refusal/", {"words": "Not here."}).status_code == 303
    found = HeldPost.objects.get(pk=held.pk)
    assert (found.state, found.answer, found.decided_by) == ("refused", "Not here.", cast.colleague)
    page = client.get(link()).content.decode()
    assert "It is not published" in page
    assert SECRET not in page


@pytest.mark.parametrize("words", ["", " ", "x" * 100_000, "Nu\x00l"])
def test_without_a_reason_nothing_is_refused_and_nothing_typed_is_lost(client, cast, held, words):
    page = client.post(link() + "refusal/", {"words": words})
    assert (page.status_code, state(held)) == (422, "waiting")
    assert words.strip().partition("\x00")[0][:50] in page.content.decode()


def test_what_is_decided_meanwhile_is_not_decided_again(client, cast, held):
    actions.refuse_held(held, words="Not here.", viewer=cast.viewer("colleague"), at=cast.at)
    for deed in ("release/", "refusal/"):
        page = client.post(link() + deed, {"words": "Again."})
        assert page.status_code == 422
        assert "This was decided or withdrawn already." in page.content.decode()
    assert Post.objects.filter(author=cast.leaver).count() == 0


def test_what_could_not_be_written_by_its_author_is_not_published(client, cast, topic, held):
    actions.close_topic(topic, viewer=cast.viewer("peer"), at=cast.at)
    page = client.post(link() + "release/", {"words": "Gladly."})
    assert (page.status_code, state(held)) == (422, "waiting")
    assert "It cannot be published:" in page.content.decode()
    assert "Gladly." in page.content.decode()


@pytest.mark.parametrize("end", ["tenure", "address", "time", "account"])
def test_the_link_ends_with_the_office_the_address_the_account_and_its_time(client, cast, held, end):
    found, later = link(), cast.at + timedelta(minutes=1)
    if end == "tenure":
        people.end_tenure(cast.tenures["colleague"], last_day=cast.at.date(), by=cast.staff, at=cast.at)
        later = cast.at + timedelta(days=2)
    elif end == "address":
        EmailAddress.objects.filter(user=cast.colleague).update(user=cast.peer, primary=False)
    elif end == "account":
        type(cast.colleague).objects.filter(pk=cast.colleague.pk).update(closed_at=cast.at)
    else:
        later = cast.at + held_links.LASTS + timedelta(seconds=1)
    with time_machine.travel(later, tick=False):
        answers = [
            client.get(found),
            client.post(found + "release/"),
            client.post(found + "refusal/", {"words": "No."}),
        ]
    assert [one.status_code for one in answers] == [404, 404, 404]
    assert state(held) == "waiting"


def test_a_link_that_was_not_signed_for_this_opens_nothing(client, cast, held):
    address = EmailAddress.objects.get(user=cast.colleague)
    good = held_links.write(held, address)
    of_peer = held_links.write(held, EmailAddress.objects.get(user=cast.peer))
    of_author = held_links.write(held, EmailAddress.objects.get(user=cast.leaver))
    of_other_thing = signing.dumps([held.pk, cast.colleague.pk, address.pk], salt="account.proposal")
    of_nothing = held_links.write(HeldPost(pk=held.pk + 1), address)
    odd = [signing.dumps(one, salt=held_links.SALT) for one in ([1], "x", [held.pk])]
    for token in [good[:-1], of_peer, of_author, of_other_thing, of_nothing, *odd, "x", "x" * 3000, "%00", "é"]:
        found = reverse("discussions:held_link", args=[token])
        assert client.get(found).status_code == 404, token
        assert client.post(found + "release/").status_code == 404
    assert state(held) == "waiting"


def test_whoever_else_is_signed_in_decides_as_the_officer_of_the_letter(client, cast, held):
    client.force_login(cast.peer)
    client.post(link() + "release/")
    assert HeldPost.objects.get(pk=held.pk).decided_by == cast.colleague
