"""Asking: whatever stands in the address is answered, what was typed stays, suggestions come as one types."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collegium.core.search import candidates

from .test_search_page import reply, say

BAD = [
    "\x00",
    "\ud800x",
    "x" * 100_000,
    "x " * 50_000,
    '"',
    "-",
    "-quorum",
    '-"quorum',
    "or",
    "&|!()<->:*",
    "'\\'",
    "%s %%",
    "🦀" * 200,
]
WARNING = 'class="banner warning"'


def ask(client, **more):
    return client.get("/search/", more)


@pytest.mark.parametrize("typed", BAD)
def test_whatever_is_typed_is_answered_and_stays_in_its_field(cast, client, typed):
    client.force_login(cast.peer)
    answer = ask(client, q=typed.encode(errors="surrogatepass"))
    assert answer.status_code in (200, 422)
    page = answer.content.decode()
    assert (answer.status_code == 422) == ("There is no word" in page or "too m" in page or "not only what" in page)
    assert 'class="row result-row"' not in page
    assert client.get("/search/suggestions/", {"q": typed.encode(errors="surrogatepass")}).status_code == 200


def test_what_cannot_be_searched_for_is_shown_again_with_the_reason(cast, client):
    answer = ask(client, q='-dues <b>"x"')
    assert answer.status_code == 200
    answer = ask(client, q="-<b>dues")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="-&lt;b&gt;dues"' in page
    assert "Say what to look for as well" in page


@pytest.mark.parametrize("name", ["group", "society", "function", "period", "kind", "order", "page"])
@pytest.mark.parametrize("value", ["", "0", "-1", "abc", "99999999999999999999", "x" * 10_000, "\x00", "1e5", "²"])
def test_a_filter_that_is_none_narrows_by_nothing(cast, client, name, value):
    topic = say(cast, "Quorum", "How many?")
    client.force_login(cast.peer)
    answer = ask(client, q="quorum", **{name: value})
    assert answer.status_code == 200
    assert f'href="/topics/{topic.pk}/"' in answer.content.decode()


@pytest.mark.parametrize("name", ["group", "society", "function"])
def test_a_filter_one_cannot_choose_finds_nothing(cast, client, name):
    say(cast, "Quorum", "How many?")
    client.force_login(cast.peer)
    assert "Nothing that you may read fits" in ask(client, q="quorum", **{name: 2**62}).content.decode()


def test_what_takes_too_long_is_said_and_what_was_typed_stays(cast, client, monkeypatch):
    def too_long(*_arguments):
        raise candidates.TooLong("That search takes too long. Add a word, or narrow it.")

    monkeypatch.setattr(candidates, "_in_time", too_long)
    answer = ask(client, q="quorum", thorough="yes")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "That search takes too long. Add a word, or narrow it." in page
    assert 'value="quorum"' in page
    assert client.get("/search/suggestions/?q=quorum").content.strip() == b""


def test_everything_can_be_looked_through(cast, client):
    topic = say(cast, "Quorum", "How many?")
    client.force_login(cast.peer)
    page = ask(client, q="quorum").content.decode()
    assert "?q=quorum&amp;thorough=yes" in page
    page = ask(client, q="quorum", thorough="yes").content.decode()
    assert f'href="/topics/{topic.pk}/"' in page
    assert "Look through everything" not in page


# --- suggestions


def suggested(client, person, typed):
    client.logout()
    if person:
        client.force_login(person)
    return client.get("/search/suggestions/", {"q": typed}).content.decode()


def test_names_and_titles_are_suggested_as_one_types_and_texts_are_not(cast, client):
    topic = say(cast, "Quorum rule", "It takes a plurality.")
    assert f'href="/topics/{topic.pk}/"' in suggested(client, cast.peer, "quo")
    assert "<mark>Quorum</mark> rule" in suggested(client, cast.peer, "quo")
    assert f'href="/people/{cast.colleague.handle}/"' in suggested(client, cast.peer, "tom")
    assert 'href="/groups/cfos/"' in suggested(client, cast.peer, "chief fin")
    assert 'href="/societies/reef/"' in suggested(client, cast.peer, "ree")
    assert suggested(client, cast.peer, "plural").strip() == ""


@pytest.mark.parametrize("typed", ["", "q", '"quorum"', "quorum -rule", "!"])
def test_nothing_is_suggested_where_no_word_is_begun(cast, client, typed):
    say(cast, "Quorum rule", "It takes a plurality.")
    assert suggested(client, cast.peer, typed).strip() == ""


def test_nothing_is_suggested_of_what_one_does_not_see(cast, client):
    say(cast, "Quorum rule", "It takes a plurality.")
    for person in (None, cast.outsider, cast.chair):
        assert suggested(client, person, "quo").strip() == ""
    assert suggested(client, None, "tom").strip() == suggested(client, cast.outsider, "tom").strip() == ""


def test_at_most_eight_are_suggested_with_as_many_queries_as_one(cast, client):
    counts = []
    for wanted in (1, 3, 8):
        while len(counts) < 3 and suggested(client, cast.leaver, "quo").count("<li>") < wanted:
            say(cast, f"Quorum {len(counts)}", "It takes a plurality.")
        with CaptureQueriesContext(connection) as queries:
            client.get("/search/suggestions/?q=quo")
        counts.append(len(queries))
    assert len(set(counts)) == 1
    say(cast, "Quorum of nine", "It takes a plurality.")
    assert suggested(client, cast.leaver, "quo").count("<li>") == 8
    assert "8 suggestions" in suggested(client, cast.leaver, "quo")


def test_the_field_in_the_masthead_asks_for_suggestions_and_works_without_script(cast, client):
    page = client.get("/groups/").content.decode()
    assert 'hx-get="/search/suggestions/"' in page
    assert '<form class="search" role="search" action="/search/" method="get">' in page


def test_results_alone_are_answered_to_the_page_itself(cast, client):
    topic = say(cast, "Quorum", "How many?")
    reply(cast, topic, "It takes a quorum.")
    client.force_login(cast.peer)
    answer = client.get("/search/?q=quorum&order=date", headers={"HX-Request": "true", "HX-Target": "found"})
    page = answer.content.decode()
    assert page.lstrip().startswith('<div id="found"')
    assert page.index("/posts/2/") < page.index("Newest first") + 2_000
    assert "<html" not in page


def test_results_alone_do_not_ask_for_what_stands_around_them(cast, client):
    say(cast, "Quorum", "How many?")
    client.force_login(cast.peer)
    alone = {"HX-Request": "true", "HX-Target": "found"}
    with CaptureQueriesContext(connection) as whole:
        page = client.get("/search/?q=quorum").content.decode()
    with CaptureQueriesContext(connection) as part:
        found = client.get("/search/?q=quorum", headers=alone).content.decode()
        nothing = client.get("/search/?q=", headers=alone)
    asked = [any("people_function" in query["sql"] for query in queries) for queries in (whole, part)]
    assert asked == [True, False]
    rows = [text[text.index('<div class="rows">') : text.index("</article>")] for text in (page, found)]
    assert rows[0] == rows[1]
    assert (nothing.status_code, "What are you looking for?" in nothing.content.decode()) == (200, True)
