"""Topics linked with each other: who makes, sees and removes a link."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collegium.core.entries.models import Link
from collegium.core.trail.models import Event

from .factories import make_topic
from .without_script import read


@pytest.fixture
def pair(cast):
    return make_topic(cast, title="This year's key?"), make_topic(cast, title="Last year's key?")


def link(client, source, target, kind="continues"):
    return client.post(f"/topics/{source.pk}/links/", {"to": str(target.pk), "kind": kind})


def test_a_reader_links_two_topics_and_each_shows_the_other(cast, client, pair):
    this, last = pair
    client.force_login(cast.leaver)
    page = read(client, this.get_absolute_url()).open("links/")
    made = page.press("Link them", to=f"http://testserver{last.get_absolute_url()}?from=1#post-1", kind="continues")
    assert made.says("The two topics are linked.")
    assert [(row.source_id, row.target_id, row.kind) for row in Link.objects.all()] == [(this.pk, last.pk, "continues")]
    for topic, word, other in ((this, "Continues", last), (last, "Continued in", this)):
        shown = read(client, f"{topic.get_absolute_url()}?from=1")
        assert shown.says(f'<li>{word} <a href="{other.get_absolute_url()}">')
        assert other.get_absolute_url() in shown.links()
    assert Event.objects.filter(name="entry.linked", entry=this.entry).count() == 1


def test_links_cost_the_page_nothing(cast, client, pair):
    this, last = pair
    client.force_login(cast.leaver)
    client.get(this.get_absolute_url())
    for expected in (0, 1, 3):
        while Link.objects.count() < expected:
            link(client, this, make_topic(cast), kind="related")
        with CaptureQueriesContext(connection) as captured:
            page = client.get(f"{this.get_absolute_url()}?from=1").content.decode()
        assert (page.count("<li>See also "), len(captured)) == (expected, 6)
    assert last.get_absolute_url() not in page


def test_a_link_is_seen_only_by_those_who_read_both_ends(cast, client):
    open_topic = make_topic(cast, title="For all of us")
    closed = make_topic(cast, by="colleague", title="Among officers", audience_id=cast.cfos.officers_audience_id)
    client.force_login(cast.colleague)
    assert link(client, open_topic, closed).status_code == 303
    assert read(client, open_topic.get_absolute_url()).says("Among officers")
    client.force_login(cast.peer)
    for noun in ("", "links/"):
        text = read(client, f"/topics/{open_topic.pk}/{noun}").text
        assert "Among officers" not in text
        assert f"/topics/{closed.pk}/" not in text
    assert client.post(f"/topics/{open_topic.pk}/links/{closed.pk}/removal/").status_code == 404
    assert Link.objects.count() == 1


@pytest.mark.parametrize("part", ["peer", "colleague"])
def test_a_topic_one_cannot_see_is_refused_as_one_that_is_not_there(cast, client, part):
    own, unseen = make_topic(cast), make_topic(cast, by="two_seats", group=cast.membership)
    client.force_login(getattr(cast, part))
    answers = []
    for target in (unseen.pk, 987654):
        with CaptureQueriesContext(connection) as captured:
            answer = client.post(f"/topics/{own.pk}/links/", {"to": str(target), "kind": "related"})
        token = answer.content.decode().partition('name="csrfmiddlewaretoken" value="')[2][:64]
        text = answer.content.decode().replace(str(target), "").replace(token, "")
        answers.append((answer.status_code, "There is no such topic" in text, len(captured)))
    assert answers == [(422, True, answers[0][2])] * 2
    assert Link.objects.count() == 0


@pytest.mark.parametrize(
    ("to", "kind", "reason"),
    [
        ("", "related", "This field is required."),
        ("not an address", "related", "This is not the address of a topic: it ends like /topics/12/."),
        ("https://elsewhere.example/groups/12/", "related", "This is not the address of a topic"),
        ("1" * 40, "related", "This is not the address of a topic"),
        ("x" * 100_000, "related", "This is not the address of a topic"),
        ("be\x00fore", "related", "This is not the address of a topic"),
        ("<script>", "related", "This is not the address of a topic"),
        ("itself", "related", "An entry cannot be linked to itself."),
        ("987654", "decree", "Select a valid choice."),
    ],
    ids=["empty", "words", "elsewhere", "long", "100000", "nul", "script", "itself", "kind"],
)
def test_a_refused_link_says_why_and_keeps_what_was_typed(cast, client, pair, to, kind, reason):
    this, _last = pair
    client.force_login(cast.peer)
    typed = str(this.pk) if to == "itself" else to
    answer = client.post(f"/topics/{this.pk}/links/", {"to": typed, "kind": kind})
    text = answer.content.decode()
    assert (answer.status_code, Link.objects.count(), reason in text) == (422, 0, True)
    assert typed == "" or f'value="{typed.replace("<", "&lt;").replace(">", "&gt;")}"' in text
    assert "<script>alert" not in text


def test_the_same_link_is_made_once(cast, client, pair):
    this, last = pair
    client.force_login(cast.peer)
    assert [link(client, this, last, "related").status_code for _time in range(2)] == [303, 422]
    assert link(client, last, this, "related").status_code == 422
    assert Link.objects.count() == 1


def test_a_link_is_taken_away_from_either_end(cast, client, pair):
    this, last = pair
    client.force_login(cast.peer)
    link(client, this, last)
    page = read(client, f"/topics/{last.pk}/links/").press("Remove the link")
    assert page.says("The two topics are no longer linked.")
    assert Link.objects.count() == 0
    assert Event.objects.filter(name="entry.unlinked").count() == 1
    assert client.post(f"/topics/{last.pk}/links/{this.pk}/removal/").status_code == 404
    assert client.get(f"/topics/{last.pk}/links/{this.pk}/removal/").status_code == 405
