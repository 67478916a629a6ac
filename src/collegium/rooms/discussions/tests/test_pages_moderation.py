"""What waits for an officer on the web: reporting, deciding, holding, without script and with everything wrong."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collegium.core.groups import actions as groups
from collegium.core.people import actions as people
from collegium.rooms.discussions import actions
from collegium.rooms.discussions.models import HeldPost, Post, Report
from collegium.rooms.discussions.queries import topic_for_page

from .factories import make_answer, make_topic
from .without_script import read

# What people and machines send: nothing, NUL, far too much, halves of characters, what is no number.
BAD = ["", "\x00", "x" * 100_000, "\ufffd", "-1", "١"]


@pytest.fixture
def topic(cast):
    """The peer's question, answered by the leaver."""
    made = make_topic(cast)
    make_answer(cast, made, by="leaver", raw="Buy from my brother.")
    return made


@pytest.fixture
def held(cast, topic):
    """The leaver's second answer, in a group that holds everything not by officers."""
    officer = cast.viewer("colleague")
    groups.change_holding(cast.cfos, holding="everybody", held_at_first=3, viewer=officer, at=cast.at)
    return hold(cast, topic, "Held *words*.")


def hold(cast, topic, raw):
    viewer = cast.viewer("leaver")
    shown = topic_for_page(viewer, topic.pk)
    return actions.submit_answer(shown, raw=raw, tenure=cast.tenures["leaver"], viewer=viewer, at=cast.at)


def report(cast, topic, by="peer", number=2):
    post = Post.objects.get(topic=topic, number=number)
    return actions.report_post(post, reason="promotion", words="An ad.", viewer=cast.viewer(by), at=cast.at)


# --- reports


def test_a_reader_reports_and_reads_the_decision(cast, client, topic):
    client.force_login(cast.peer)
    form = read(client, f"/topics/{topic.pk}/?from=1").open("posts/2/report/")
    assert form.says("Buy from my brother.")
    sent = form.press("Report it", reason="promotion", words="An advertisement")
    assert sent.says("its author does not learn who you are")
    assert sent.says("Waits for an officer")

    client.force_login(cast.colleague)
    page = read(client, "/groups/cfos/moderation/")
    assert page.says("An advertisement")
    kept = page.press("Delete the post for everybody", words="Gone, thank you.")
    assert kept.says("Say why: its author will read it.")
    assert kept.says("Gone, thank you.")
    decided = kept.press("Delete the post for everybody", words="Gone, thank you.", reason="It <b>sells</b>.")
    assert decided.says("The post is deleted; its author and whoever reported it are told.")
    assert decided.says("Upheld")

    client.force_login(cast.peer)
    outcome = read(client, f"/topics/{topic.pk}/posts/2/report/")
    assert outcome.says("Gone, thank you.")
    assert not outcome.says("Buy from my brother.")


def test_its_author_and_the_officers_read_why_an_officer_deleted_a_post_and_nobody_else(cast, client, topic):
    where = f"/topics/{topic.pk}/posts/2/deletion/"
    client.force_login(cast.colleague)
    kept = read(client, where).press("Delete for everybody", words="")
    assert kept.says("Say why: its author will read it.")
    assert kept.press("Delete for everybody", words="It <b>sells</b>.").says("The post is deleted.")
    for part, seen in (("leaver", True), ("colleague", True), ("peer", False), ("newcomer", False)):
        client.force_login(getattr(cast, part))
        response = client.get(where)
        assert (response.status_code, b"It &lt;b&gt;sells&lt;/b&gt;." in response.content) == (
            (200, True) if seen else (403 if part == "peer" else 404, False)
        ), part
        assert b"Buy from my brother" not in response.content


@pytest.mark.parametrize("words", BAD)
def test_what_an_officer_writes_to_an_author_is_judged_and_kept(cast, client, topic, words):
    client.force_login(cast.colleague)
    response = client.post(f"/topics/{topic.pk}/posts/2/deletion/", {"words": words})
    is_sound = words in ("-1", "١")
    assert response.status_code == (303 if is_sound else 422)
    assert (Post.objects.get(topic=topic, number=2).deleted_at is not None) == is_sound
    if words.isalpha() and words.isascii():
        assert words in response.content.decode()


def test_an_author_deletes_without_giving_a_reason(cast, client, topic):
    client.force_login(cast.leaver)
    page = read(client, f"/topics/{topic.pk}/posts/2/deletion/")
    assert not page.says("Its author reads this")
    assert page.press("Delete for everybody").says("The post is deleted.")


def test_one_does_not_report_oneself(cast, client, topic):
    client.force_login(cast.leaver)
    page = client.get(f"/topics/{topic.pk}/?from=1").content.decode()
    assert "posts/1/report/" in page
    assert "posts/2/report/" not in page
    assert client.get(f"/topics/{topic.pk}/posts/2/report/").status_code == 403


@pytest.mark.parametrize("words", BAD)
@pytest.mark.parametrize("reason", ["other", "dull", ""])
def test_a_report_that_is_refused_loses_nothing(cast, client, topic, words, reason):
    client.force_login(cast.peer)
    response = client.post(f"/topics/{topic.pk}/posts/2/report/", {"reason": reason, "words": words})
    expected = 303 if reason == "other" and words in ("-1", "١") else 422
    assert response.status_code == expected
    assert Report.objects.count() == (expected == 303)
    if expected == 422 and words.isalpha() and words.isascii():
        assert words in response.content.decode()


def test_a_decision_without_words_keeps_the_page(cast, client, topic):
    report(cast, topic)
    client.force_login(cast.colleague)
    response = client.post(f"/topics/{topic.pk}/posts/2/report/dismissal/", {"words": ""})
    assert response.status_code == 422
    assert "Say why: whoever reported it will read it." in response.content.decode()


@pytest.mark.parametrize("words", BAD)
def test_what_an_officer_writes_is_judged(cast, client, topic, words):
    report(cast, topic)
    client.force_login(cast.colleague)
    response = client.post(f"/topics/{topic.pk}/posts/2/report/dismissal/", {"words": words})
    assert response.status_code == (303 if words in ("-1", "١") else 422)


def test_the_council_sees_that_something_waits_and_no_word_of_it(cast, client, topic, held):
    report(cast, topic)
    client.force_login(cast.staff)
    page = client.get("/groups/cfos/moderation/").content.decode()
    assert "Waiting since" in page
    for word in ("An ad.", "Held", "Okafor", "Lindgren", topic.entry.title):
        assert word not in page.replace("Held posts", "").replace("Held before publication", ""), word


# --- held posts


def test_an_answer_waits_where_its_author_finds_it_and_is_released(cast, client, topic, held):
    client.force_login(cast.leaver)
    page = read(client, f"/topics/{topic.pk}/?from=1")
    assert page.says("Nobody but you and the group’s officers can read this yet.")
    assert page.says("Held <em>words</em>.")
    sent = page.press("Answer", raw="A third *thing*.")
    assert sent.says("It waits for an officer of the group")
    assert sent.says("<em>thing</em>")
    assert "/held/" in sent.path

    client.force_login(cast.peer)
    assert "thing" not in client.get(f"/topics/{topic.pk}/?from=1").content.decode()

    client.force_login(cast.colleague)
    released = read(client, sent.path).press("Release it")
    assert released.says("It is published; its author is told.")
    assert released.says("A third <em>thing</em>.")


def test_whoever_reads_the_topic_no_more_keeps_their_words_and_learns_no_title(cast, client, topic, held):
    people.end_tenure(cast.tenures["leaver"], last_day=cast.at.date(), by=None, at=cast.at)
    actions.retitle_topic(topic, title="A canary", viewer=cast.viewer("colleague"), at=cast.at)
    client.force_login(cast.leaver)
    page = read(client, f"/held/{held.pk}/")
    assert page.says("Held <em>words</em>.")
    assert not page.says("A canary")
    assert not page.says(f"/topics/{topic.pk}/")
    assert page.press("Withdraw it").path == "/groups/cfos/"


@pytest.mark.parametrize(("part", "number"), [("peer", 1), ("leaver", 2)])
def test_whose_posts_wait_is_not_offered_to_change_what_stands_and_reads_why(cast, client, topic, held, part, number):
    client.force_login(getattr(cast, part))
    page = read(client, f"/topics/{topic.pk}/?from=1")
    assert f"posts/{number}/deletion/" in page.text
    for where in (f"posts/{number}/edit/", "title/"):
        assert f'href="{where}"' not in page.text
    for where in (f"posts/{number}/edit/", *(["title/"] if part == "peer" else [])):
        response = client.get(f"/topics/{topic.pk}/{where}")
        assert response.status_code == 403
        assert "would pass them by: write an answer instead." in response.content.decode()
    changed = client.post(f"/topics/{topic.pk}/posts/{number}/edit/", {"raw": "Buy this."})
    assert (changed.status_code, Post.objects.filter(raw="Buy this.").exists()) == (422, False)
    assert "Buy this." in changed.content.decode()


def test_whoever_opened_what_an_officer_closed_has_no_empty_menu_where_posts_wait(cast, client, topic, held):
    actions.close_topic(topic, viewer=cast.viewer("colleague"), at=cast.at)
    client.force_login(cast.peer)
    assert not read(client, f"/topics/{topic.pk}/?from=1").says("Manage")


def test_an_officer_is_offered_to_change_the_title_where_posts_wait(cast, client, topic, held):
    client.force_login(cast.colleague)
    assert 'href="title/"' in read(client, f"/topics/{topic.pk}/?from=1").text


def test_a_new_topic_waits_and_is_found_on_the_page_of_the_group(cast, client, held):
    client.force_login(cast.leaver)
    sent = read(client, "/groups/cfos/topics/new/").press("Post it", title="On *keys*", raw="Which?")
    assert sent.says("It waits for an officer of the group")
    assert read(client, "/groups/cfos/").says("On *keys*")
    client.force_login(cast.peer)
    assert not read(client, "/groups/cfos/").says("On *keys*")


def test_its_author_changes_and_withdraws_it(cast, client, held):
    client.force_login(cast.leaver)
    changed = read(client, f"/held/{held.pk}/").open(f"/held/{held.pk}/edit/").press("Save", raw="Better.")
    assert changed.says("Kept; it still waits for an officer.")
    gone = changed.press("Withdraw it")
    assert gone.says("It is withdrawn, and its words are erased.")
    assert HeldPost.objects.get(pk=held.pk).raw == ""


@pytest.mark.parametrize("raw", ["", "\x00", "x" * 100_001, "\ufffd"])
def test_a_change_that_is_refused_loses_nothing(cast, client, held, raw):
    client.force_login(cast.leaver)
    response = client.post(f"/held/{held.pk}/edit/", {"raw": raw})
    assert response.status_code == 422
    assert HeldPost.objects.get(pk=held.pk).raw == "Held *words*."


def test_a_refusal_with_its_reason_reaches_the_author_and_not_the_topic(cast, client, topic, held):
    client.force_login(cast.colleague)
    page = read(client, f"/held/{held.pk}/")
    assert page.press("Do not publish it", words="").says("Say why: its author will read it.")
    page.press("Do not publish it", words="Ask your counsel first.")
    client.force_login(cast.leaver)
    assert read(client, f"/held/{held.pk}/").says("Ask your counsel first.")
    assert not read(client, f"/topics/{topic.pk}/?from=1").says("Held <em>words</em>")


def test_what_waits_is_still_found_where_nothing_is_held_any_more(cast, client, topic, held):
    client.force_login(cast.leaver)
    read(client, "/groups/cfos/topics/new/").press("Post it", title="On *keys*", raw="Which?")
    client.force_login(cast.colleague)
    changed = read(client, "/groups/cfos/moderation/").press("Save", holding="nothing")
    assert changed.says("2 posts that were held before still wait for you or another officer.")
    assert changed.says(f"/held/{held.pk}/")
    client.force_login(cast.leaver)
    assert read(client, f"/topics/{topic.pk}/?from=1").says("Held <em>words</em>.")
    assert read(client, "/groups/cfos/").says("On *keys*")
    client.force_login(cast.colleague)
    assert read(client, f"/held/{held.pk}/").press("Release it").says("Held <em>words</em>.")
    saved = read(client, "/groups/cfos/moderation/").press("Save", holding="everybody")
    assert not saved.says("still wait")


@pytest.mark.parametrize("number", [*BAD, "51", "0", "99999"])
def test_a_setting_that_is_no_number_is_refused(cast, client, number):
    client.force_login(cast.colleague)
    response = client.post("/groups/cfos/moderation/holding/", {"holding": "newcomers", "held_at_first": number})
    assert response.status_code == 422


# --- counted


@pytest.mark.parametrize("path", ["/groups/cfos/moderation/", "/office/reports/"])
def test_one_row_asks_the_database_as_much_as_three(cast, client, topic, held, path):
    report(cast, topic)
    client.force_login(cast.staff if "office" in path else cast.colleague)
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        assert client.get(path).status_code == 200
    for number in (2, 3):
        hold(cast, topic, f"Held {number}")
        report(cast, topic, number=make_answer(cast, topic, by="leaver").number)
    with CaptureQueriesContext(connection) as three:
        client.get(path)
    assert len(three) == len(one)
