"""Answering on the web: the journey without script, what is refused and kept, files, two seats, the same sent twice."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from collegium.core.files.models import Attachment
from collegium.core.groups import actions as groups
from collegium.core.trail.models import Event
from collegium.rooms.discussions import actions
from collegium.rooms.discussions.models import Post, ReadMark

from .factories import make_answer, make_topic
from .without_script import read

FORGED = "<script>alert(1)</script><svg onload=alert(2)>[x](javascript:alert(3))"


def state():
    """What an answer would change."""
    return Post.objects.count(), Event.objects.count(), Attachment.objects.exclude(entry=None).count()


def said_in(topic):
    return list(Post.objects.filter(topic=topic, number__gt=1).order_by("number").values_list("raw", flat=True))


def csv(name="dues.csv", content=b"year,dues\n2026,1\n"):
    return SimpleUploadedFile(name, content, "text/csv")


# --- the journey


def test_a_question_is_asked_answered_and_the_answer_accepted_without_script(cast, client):
    client.force_login(cast.peer)
    form = read(client, "/groups/cfos/topics/new/")
    asked = form.press("Post it", title="Which key do you use?", raw="We use *head-count*.")
    assert asked.says("<h1>Which key do you use?</h1>")
    assert asked.says("<em>head-count</em>")
    topic_path = asked.path

    client.force_login(cast.colleague)
    answered = read(client, topic_path).press("Answer", raw="Hours booked, **sampled**.")
    assert answered.says("<strong>sampled</strong>")

    client.force_login(cast.peer)
    page = read(client, topic_path)
    assert page.says("new since you last looked")
    accepted = page.press("Accept this answer")
    assert accepted.says("Accepted answer</p>")
    assert accepted.says("Thank you: whoever asks the same next year will find it.")
    reopened = accepted.press("No longer the answer")
    assert reopened.says("no accepted answer yet")


def test_an_answer_leads_to_itself_and_is_not_new_to_its_author(cast, client):
    topic = make_topic(cast)
    for _number in range(20):
        make_answer(cast, topic)
    client.force_login(cast.leaver)
    read(client, f"{topic.get_absolute_url()}?from=21")
    response = client.post(f"/topics/{topic.pk}/posts/", {"raw": "Here", "seen": "21"})
    assert (response.status_code, response.headers["Location"]) == (303, f"/topics/{topic.pk}/?from=21#post-22")
    assert response.cookies["sent"].value == f"topic-{topic.pk}-answer"
    assert not read(client, topic.get_absolute_url()).says("new since you last looked")
    assert ReadMark.objects.get(person=cast.leaver, topic=topic).number == 22


def test_a_single_post_is_answered_beside_it(cast, client):
    topic = make_topic(cast)
    make_answer(cast, topic, raw="Three keys.")
    client.force_login(cast.leaver)
    form = read(client, f"{topic.get_absolute_url()}?from=1").open("posts/?to=2")
    assert form.says("What you are answering")
    assert form.says("Three keys.")
    page = form.press("Answer", raw="Two are enough.")
    assert page.says("Two are enough.")
    assert Post.objects.get(topic=topic, number=3).reply_to == 2


@pytest.mark.parametrize("to", ["99", "0", "x", "9" * 30, "-1"])
def test_answering_a_post_that_is_not_there_is_answering_the_topic(cast, client, to):
    topic = make_topic(cast)
    client.force_login(cast.leaver)
    assert client.get(f"/topics/{topic.pk}/posts/?to={to}").status_code == 200
    before = state()
    response = client.post(f"/topics/{topic.pk}/posts/", {"raw": "Words", "reply_to": to})
    if to == "99":
        assert (response.status_code, state()) == (422, before)
        assert "The post you answer is not there." in response.content.decode()
        assert ">\nWords</textarea>" in response.content.decode()
    else:
        assert (response.status_code, Post.objects.get(topic=topic, number=2).reply_to) == (303, None)


def test_an_answer_in_words_finds_and_locks_its_topic_in_one_statement(cast, client):
    topic = make_topic(cast)
    client.force_login(cast.leaver)
    counts = []
    for number in range(3):
        with CaptureQueriesContext(connection) as queries:
            assert client.post(f"/topics/{topic.pk}/posts/", {"raw": f"Words {number}"}).status_code == 303
        counts.append(len([query for query in queries if "SAVEPOINT" not in query["sql"]]))
    # Session, person and viewer; the topic; the post, its passage, its event and its job. The first follows, too.
    assert counts == [9, 8, 8]


@pytest.mark.parametrize("more", [{}, {"tenure": ""}, {"attachment": "x"}])
def test_the_topic_is_found_the_same_whatever_comes_with_the_words(cast, client, more):
    topic = make_topic(cast)
    client.force_login(cast.leaver)
    response = client.post(f"/topics/{topic.pk}/posts/", {"raw": "Words", "seen": "1", **more})
    assert (response.status_code, response.headers["Location"]) == (303, f"/topics/{topic.pk}/?from=1#post-2")
    assert response.cookies["sent"].value == f"topic-{topic.pk}-answer"


@pytest.mark.parametrize("field", [{}, {"tenure": ""}])
def test_a_topic_one_does_not_see_is_not_there_to_answer(cast, client, field):
    topic = make_topic(cast)
    client.force_login(cast.delegate)
    before, bodies = state(), set()
    for number in (topic.pk, 10**8):
        response = client.post(f"/topics/{number}/posts/", {"raw": "Words", **field})
        assert response.status_code == 404
        bodies.add(response.content)
    assert (len(bodies), state()) == (1, before)


# --- the same sent twice


def test_the_same_answer_sent_twice_is_one_post(cast, client):
    topic = make_topic(cast)
    client.force_login(cast.colleague)
    form = {"raw": "Once.", "seen": "1"}
    first = client.post(f"/topics/{topic.pk}/posts/", form)
    make_answer(cast, topic, by="leaver")
    second = client.post(f"/topics/{topic.pk}/posts/", form)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["Location"] == second.headers["Location"] == f"/topics/{topic.pk}/?from=1#post-2"
    assert said_in(topic).count("Once.") == 1


def test_the_same_words_said_again_later_are_another_post(cast, client):
    topic = make_topic(cast)
    client.force_login(cast.colleague)
    for _time in range(2):
        read(client, topic.get_absolute_url()).press("Answer", raw="Thank you!")
    assert said_in(topic) == ["Thank you!", "Thank you!"]


def test_the_same_topic_sent_twice_is_one_topic(cast, client):
    client.force_login(cast.peer)
    form = read(client, "/groups/cfos/topics/new/")
    first, second = (form.press("Post it", title="Once?", raw="Only once.") for _time in range(2))
    assert first.path == second.path


# --- what is refused, and kept


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("", "Write something first."),
        (" \n\t ", "Write something first."),
        ("be\x00fore", "This contains a NUL character, which cannot be kept. Paste it again as plain text."),
        ("left\u202eright", "This contains an invisible control character (U+202E). Paste it again as plain text."),
        ("broken \ufffd here", "Some characters did not arrive whole: look for \ufffd and write them again."),
        ("x" * 100_001, "This is too long: 100,001 characters, and there is room for 100,000."),
        ("é" * 60_000, "This is too long: a post has room for 100 kB."),
    ],
    ids=["empty", "blank", "nul", "direction", "broken", "long", "heavy"],
)
def test_a_refused_answer_says_why_and_keeps_what_was_written(cast, client, raw, reason):
    topic = make_topic(cast)
    client.force_login(cast.colleague)
    before = state()
    response = client.post(f"/topics/{topic.pk}/posts/", {"raw": raw, "seen": "1", "reply_to": "1"})
    text = response.content.decode()
    assert (response.status_code, state()) == (422, before)
    assert text.count(reason) == 2  # above the form and beside the field
    assert f">\n{raw}</textarea>" in text
    assert '<input type="hidden" name="reply_to" value="1"' in text
    assert '<input type="hidden" name="seen" value="1"' in text
    assert 'role="alert"' in text


@pytest.mark.parametrize(
    "raw",
    [FORGED, "[" * 10_000, "> " * 5_000 + "x", "*" * 20_000, "a\n" * 40_000, "`" * 3_001, "<!--" * 9_000, "|" * 9_999],
    ids=["script", "brackets", "quotes", "stars", "lines", "ticks", "comments", "tables"],
)
def test_whatever_markdown_is_posted_is_shown_safely(cast, client, raw):
    topic = make_topic(cast)
    client.force_login(cast.colleague)
    page = read(client, topic.get_absolute_url()).press("Answer", raw=raw)
    assert page.status == 200
    article = Post.objects.get(topic=topic, number=2).article
    for forged in ("<script", "<svg", 'href="javascript', "<!--"):
        assert forged not in article
    assert article.endswith("</div></article>")


def test_bytes_in_another_encoding_are_refused_and_nothing_else_is_lost(cast, client):
    topic = make_topic(cast)
    client.force_login(cast.colleague)
    before = state()
    typed = "application/x-www-form-urlencoded"
    response = client.post(f"/topics/{topic.pk}/posts/", b"raw=caf%E9+with+words&seen=1", content_type=typed)
    assert (response.status_code, state()) == (422, before)
    assert ">\ncaf\ufffd with words</textarea>" in response.content.decode()


def test_an_answer_to_a_topic_closed_meanwhile_is_kept(cast, client):
    topic = make_topic(cast)
    client.force_login(cast.colleague)
    page = read(client, topic.get_absolute_url())
    actions.close_topic(topic, viewer=cast.viewer("peer"), at=cast.at)
    before = state()
    refused = page.press("Answer", raw="Long thought about")
    assert (refused.status, state()) == (422, before)
    assert refused.says("This topic is closed: it can be read, but not answered.")
    assert refused.says(">\nLong thought about</textarea>")


def test_an_answer_without_its_token_changes_nothing(cast):
    topic = make_topic(cast)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.colleague)
    before = state()
    for noun in ("posts/", "follow/", "closure/", "posts/1/deletion/"):
        assert strict.post(f"/topics/{topic.pk}/{noun}", {"raw": "Forged"}).status_code == 403
    assert state() == before


# --- which seat speaks


@pytest.fixture
def two_seats(cast):
    groups.join_group(
        cast.membership, tenure=cast.tenures["two_seats_reef"], viewer=cast.viewer("two_seats"), at=cast.at
    )
    return make_topic(cast, by="two_seats", group=cast.membership)


def test_who_has_two_seats_says_from_which_they_speak(cast, client, two_seats):
    client.force_login(cast.two_seats)
    page = read(client, two_seats.get_absolute_url())
    refused = page.press("Answer", raw="From where?")
    assert refused.status == 422
    assert refused.says("Choose the seat you speak from.")
    assert refused.says(">\nFrom where?</textarea>")
    refused.press("Answer", tenure=str(cast.tenures["two_seats_reef"].pk))
    post = Post.objects.get(topic=two_seats, number=2)
    assert (post.raw, post.society_name, post.author_title) == (
        "From where?",
        "Academy of Reef Dermatology",
        "Interim CIO",
    )


@pytest.mark.parametrize("whose", ["peer", "colleague"])
def test_nobody_speaks_from_somebody_elses_seat(cast, client, two_seats, whose):
    client.force_login(cast.two_seats)
    before = state()
    response = client.post(f"/topics/{two_seats.pk}/posts/", {"raw": "Hello", "tenure": cast.tenures[whose].pk})
    assert (response.status_code, state()) == (422, before)
    assert "You do not hold this seat, or it does not admit you here." in response.content.decode()


def test_who_has_one_seat_is_told_as_whom_they_speak(cast, client):
    topic = make_topic(cast)
    client.force_login(cast.colleague)
    page = read(client, topic.get_absolute_url())
    assert page.says("You speak as Chief Financial Officer, College of Harbour Surgeons.")


# --- files


def test_files_come_with_the_answer(cast, client):
    topic = make_topic(cast)
    client.force_login(cast.colleague)
    page = read(client, topic.get_absolute_url()).press("Answer", raw="See there", files=[csv(), csv("rates.csv")])
    post = Post.objects.get(topic=topic, number=2)
    attached = Attachment.objects.filter(entry=topic.pk, part="post", part_id=post.pk).order_by("pk")
    assert [file.name for file in attached] == ["dues.csv", "rates.csv"]
    assert all(page.says(file.get_absolute_url()) for file in attached)


def test_a_refused_answer_keeps_its_files(cast, client):
    topic = make_topic(cast)
    client.force_login(cast.colleague)
    refused = read(client, topic.get_absolute_url()).press("Answer", raw="", files=[csv()])
    assert refused.status == 422
    waiting = Attachment.objects.get(entry=None, by=cast.colleague)
    assert refused.says("dues.csv")
    refused.press("Answer", raw="Now with words")
    waiting.refresh_from_db()
    assert (waiting.entry_id, waiting.part_id) == (topic.pk, Post.objects.get(topic=topic, number=2).pk)


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (csv("tool.exe", b"MZ"), "“tool.exe” is of a kind that cannot be attached."),
        (csv("empty.csv", b""), "“empty.csv” is empty."),
        (csv("not.png", b"<script>alert(1)</script>"), "“not.png” is not what its name says."),
        (csv("big.csv", b"x" * 30_000_001), "“big.csv” is larger than 25 MB."),
    ],
    ids=["kind", "empty", "forged", "big"],
)
def test_a_refused_file_says_why_and_the_rest_is_kept(cast, client, file, reason, settings):
    settings.ATTACHMENT_BYTES = 25_000_000
    topic = make_topic(cast)
    client.force_login(cast.colleague)
    before = state()
    refused = read(client, topic.get_absolute_url()).press("Answer", raw="With files", files=[csv(), file])
    assert (refused.status, state()) == (422, before)
    assert refused.text.count(reason) == 2
    assert refused.says(">\nWith files</textarea>")
    assert [waiting.name for waiting in Attachment.objects.filter(entry=None)] == ["dues.csv"]
    refused.press("Answer")
    assert [file.name for file in Attachment.objects.filter(entry=topic.pk)] == ["dues.csv"]


def test_a_kept_file_can_be_left_out_again(cast, client):
    topic = make_topic(cast)
    client.force_login(cast.colleague)
    refused = read(client, topic.get_absolute_url()).press("Answer", raw="", files=[csv()])
    refused.press("Answer", raw="Without", attachment=[])
    assert not Attachment.objects.filter(entry=topic.pk).exists()


@pytest.mark.parametrize("forged", ["somebody's", "999999", "x", "9" * 40])
def test_nobody_attaches_what_is_not_theirs(cast, client, forged):
    topic = make_topic(cast)
    client.force_login(cast.leaver)
    read(client, topic.get_absolute_url()).press("Answer", raw="", files=[csv()])
    theirs = Attachment.objects.get(by=cast.leaver)
    client.force_login(cast.colleague)
    pk = str(theirs.pk) if forged == "somebody's" else forged
    response = client.post(f"/topics/{topic.pk}/posts/", {"raw": "Mine?", "attachment": [pk]})
    assert "dues.csv" not in response.content.decode()
    theirs.refresh_from_db()
    assert theirs.entry_id is None
    assert response.status_code == (303 if forged in ("x", "9" * 40) else 422)


# --- a look before


def test_a_preview_shows_the_text_posts_nothing_and_keeps_everything(cast, client, two_seats):
    client.force_login(cast.two_seats)
    before = state()
    page = read(client, two_seats.get_absolute_url()).press("Preview", raw=f"*Soft* {FORGED}", files=[csv()])
    assert (page.status, state()) == (200, before)
    assert page.says("<em>Soft</em>")
    assert not page.says("<script>alert")
    assert page.says("dues.csv")
    assert page.says('name="attachment"')
    assert not page.says("Choose the seat you speak from.")
    assert not page.says('role="alert"')


def test_a_preview_for_htmx_is_the_text_alone(cast, client):
    topic = make_topic(cast)
    client.force_login(cast.colleague)
    asked = {"raw": "@ines-okafor *soft*", "preview": "1"}
    response = client.post(f"/topics/{topic.pk}/posts/", asked, headers={"HX-Request": "true"})
    text = response.content.decode()
    assert (response.status_code, "<html" in text, "<em>soft</em>" in text) == (200, False, True)
    assert 'href="/people/ines-okafor/"' in text
    refused = client.post(f"/topics/{topic.pk}/posts/", {"raw": "\x00", "preview": "1"}, headers={"HX-Request": "true"})
    assert (refused.status_code, "NUL" in refused.content.decode()) == (422, True)


def test_a_preview_mentions_nobody_who_cannot_read_it(cast, client):
    topic = make_topic(cast)
    client.force_login(cast.colleague)
    asked = {"raw": f"@{cast.newcomer.handle}", "preview": "1"}
    text = client.post(f"/topics/{topic.pk}/posts/", asked, headers={"HX-Request": "true"}).content.decode()
    assert f"@{cast.newcomer.handle}" in text
    assert "/people/" not in text
