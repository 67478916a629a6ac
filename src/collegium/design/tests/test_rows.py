"""Rows, lists and tables, each drawn once in full."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from .drawing import drawn, same_html, without_icons

AT = datetime(2026, 11, 21, 14, 30, tzinfo=UTC)
PLACES = [{"label": "All", "url": "/a", "current": True, "count": 1204}, {"label": "One", "url": "/o"}]
TRACE = [
    {"at": AT, "who": "Ines", "what": "asked", "note": "as chair"},
    {"at": AT, "who": "Tomasz", "what": "answered"},
]
WAY = [
    {"label": "Draft", "state": "done"},
    {"label": "Comment", "state": "now", "note": "n"},
    {"label": "Vote", "state": "todo"},
]
STORY = [{"at": date(2026, 3, 4), "text": "Raised", "url": "/r"}, {"at": AT, "text": "Adopted", "note": "n"}]
TERMS = [("Cite", "<c>")]


@pytest.fixture(autouse=True)
def new_york():
    with timezone.override("America/New_York"):
        yield


def test_search_keeps_what_was_asked():
    html = drawn(
        '{% c "search" url="/s" query="a\'b" label="Find" hx-get="/s" %}',
    )
    same_html(
        without_icons(html),
        """
        <form class="search" role="search" action="/s" method="get" hx-get="/s">
        <label><svg></svg><span class="aloud">Find</span>
        <input type="search" name="q" value="a'b" placeholder="Find" maxlength="200" enterkeyhint="search"></label>
        </form>
        """,
    )


def test_topic_row_marks_what_is_unread():
    html = drawn(
        '{% c "topic-row" title=title url="/t" kind="question" kind_word="question" by="Ines" '
        'place="Lagoon" answers=1 unread=2 at=at new=True pinned=True %}',
        at=AT,
        title="<T>",
    )
    same_html(
        without_icons(html),
        """
        <article class="row topic-row fresh">
        <div class="row-main"><h3><svg></svg><a href="/t">&lt;T&gt;</a></h3>
        <p class="row-line"><span class="state wait">open</span><span class="kind question">question</span>
        <span>Ines, Lagoon</span></p></div>
        <p class="row-side"><span class="num">1 answer</span>
        <time datetime="2026-11-21T14:30:00Z" data-form="j M, H:i">21 Nov, 09:30</time></p>
        <span class="count loud"><span aria-hidden="true">2</span><span class="aloud">2 unread</span></span>
        </article>
        """,
    )


def test_topic_row_says_when_it_is_solved_and_closed():
    html = drawn(
        '{% component "topic-row" title="T" url="/t" level="2" solved=True closed=True %}{% slot "note" '
        "%}<span>n</span>{% endslot %}{% endcomponent %}",
    )
    same_html(
        without_icons(html),
        """
        <article class="row topic-row">
        <div class="row-main"><h2><a href="/t">T</a></h2>
        <p class="row-line"><span class="state done">answered</span><span class="state off">closed</span>
        <span>n</span></p></div>
        <p class="row-side"></p>
        </article>
        """,
    )


def test_person_row_has_initials_of_the_name():
    html = drawn(
        '{% component "person-row" name="Tomasz Halloran, CPA" url="/p" title="CFO" place="Harbour" '
        'place_url="/h" %}{% slot "actions" %}go{% endslot %}{% endcomponent %}',
    )
    same_html(
        without_icons(html),
        """
        <div class="row person-row"><span class="face" aria-hidden="true">TH</span>
        <div class="row-main"><p class="name"><a href="/p">Tomasz Halloran, CPA</a></p>
        <p class="row-line"><span>CFO</span><span><a href="/h">Harbour</a></span></p></div>
        <div class="row-side">go</div></div>
        """,
    )


def test_file_item_says_its_size():
    html = drawn(
        '{% c "file-item" name="a.pdf" url="/f" size=284511 kind="paper" note="new" %}',
    )
    same_html(
        without_icons(html),
        """
        <div class="file-item paper"><svg></svg><span class="file-name"><a href="/f">a.pdf</a></span>
        <span class="quiet num">277.8 KB</span><span class="quiet">new</span></div>
        """,
    )


def test_history_says_who_did_what_when():
    html = drawn('{% c "history" items=trace label="History" %}', trace=TRACE)
    same_html(
        without_icons(html),
        """
        <ol class="history" aria-label="History">
        <li><time datetime="2026-11-21T14:30:00Z" data-form="j M Y, H:i">21 Nov 2026, 09:30</time><span>
        <b>Ines</b> asked<span class="quiet"> — as chair</span></span></li>
        <li><time datetime="2026-11-21T14:30:00Z" data-form="j M Y, H:i">21 Nov 2026, 09:30</time><span>
        <b>Tomasz</b> answered</span></li>
        </ol>
        """,
    )


def test_steps_mark_the_one_that_is_now():
    html = drawn('{% c "steps" items=way label="Way" %}', way=WAY)
    same_html(
        without_icons(html),
        """
        <ol class="steps" aria-label="Way">
        <li class="done"><svg></svg><span>Draft</span></li>
        <li class="now" aria-current="step"><span class="dot" aria-hidden="true"></span>
        <span>Comment <span class="quiet">n</span></span></li>
        <li class="todo"><span class="dot" aria-hidden="true"></span><span>Vote</span></li>
        </ol>
        """,
    )


def test_timeline_takes_days_and_moments():
    html = drawn('{% c "timeline" items=story %}', story=STORY)
    same_html(
        without_icons(html),
        """
        <ol class="timeline">
        <li><time datetime="2026-03-04">4 Mar 2026</time><div><a href="/r">Raised</a></div></li>
        <li><time datetime="2026-11-21T14:30:00Z" data-form="j M Y">21 Nov 2026</time>
        <div>Adopted<p class="quiet">n</p></div></li>
        </ol>
        """,
    )


def test_facts_escape_what_they_tell():
    html = drawn('{% c "facts" items=terms %}', terms=TERMS)
    same_html(
        without_icons(html),
        """
        <dl class="facts"><div><dt>Cite</dt><dd>&lt;c&gt;</dd></div></dl>
        """,
    )


def test_table_scrolls_in_a_box_the_keyboard_reaches():
    html = drawn(
        '{% component "table" caption="C" kind="roster" hide_caption=True %}{% slot "head" %}<tr><th '
        'scope="col">h</th></tr>{% endslot %}<tr><td>b</td></tr>{% endcomponent %}',
    )
    same_html(
        without_icons(html),
        """
        <div class="scroll" tabindex="0" role="region" aria-label="C"><table class="table roster">
        <caption class="aloud">C</caption>
        <thead><tr><th scope="col">h</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table></div>
        """,
    )


def test_pager_offers_only_what_there_is():
    html = drawn(
        '{% c "pager" older_url="/o" first_url="/f" position="1–50" %}',
    )
    same_html(
        without_icons(html),
        """
        <nav class="pager" aria-label="Pages">
        <span class="pager-side"><a href="/f"><svg></svg>Newest</a></span>
        <span class="quiet num">1–50</span>
        <span class="pager-side end"><a href="/o" rel="next">Older<svg></svg></a></span></nav>
        """,
    )


def test_sections_are_links_with_the_present_one_marked():
    pages = [{"label": "Front", "url": "/f", "current": True}, {"label": "Requests", "url": "/r"}]
    sections = [
        {"label": "Today", "url": "/f", "current": True, "places": pages},
        {"label": "Machine", "url": "/h", "places": [{"label": "Health", "url": "/h"}]},
    ]
    same_html(
        drawn('{% c "sections" items=items label="The office" %}', items=sections),
        """
        <nav class="sections" aria-label="The office"><ul>
        <li class="current"><a class="sections-name" href="/f" aria-current="true">Today</a>
        <ul><li><a href="/f" aria-current="page">Front</a></li><li><a href="/r">Requests</a></li></ul></li>
        <li><a class="sections-name" href="/h">Machine</a><ul><li><a href="/h">Health</a></li></ul></li>
        </ul></nav>
        """,
    )


def test_tabs_are_links():
    html = drawn('{% c "tabs" items=items label="Views" kind="filters" %}', items=PLACES)
    same_html(
        without_icons(html),
        """
        <nav class="filters" aria-label="Views"><ul>
        <li><a href="/a" aria-current="page">All <span class="n num">1,204</span></a></li>
        <li><a href="/o">One</a></li>
        </ul></nav>
        """,
    )
