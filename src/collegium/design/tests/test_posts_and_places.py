"""Posts, heads, sections and notices, each drawn once in full."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from .drawing import drawn, same_html, without_icons

AT = datetime(2026, 11, 21, 14, 30, tzinfo=UTC)
PLACES = [{"label": "All", "url": "/a", "current": True, "count": 1204}, {"label": "One", "url": "/o"}]


@pytest.fixture(autouse=True)
def new_york():
    with timezone.override("America/New_York"):
        yield


def test_post_shows_who_wrote_it_as_what_and_when():
    html = drawn(
        '{% component "post" anchor="p1" name="Ines Okafor" url="/p" title="CFO" place="Lagoon" at=at '
        'edited=at edited_url="/e" kind="answer" level="3" %}{% slot "eyebrow" %}E{% endslot %}{% slot '
        '"meta" %}<span>M</span>{% endslot %}<p>B</p>{% slot "files" %}F{% endslot %}{% slot "actions" '
        "%}A{% endslot %}{% endcomponent %}",
        at=AT,
    )
    same_html(
        without_icons(html),
        """
        <article class="post answer" id="p1" aria-labelledby="p1-by">
        <span class="face" aria-hidden="true">IO</span>
        <div class="post-main"><p class="eyebrow">E</p>
        <header><h3 class="by" id="p1-by"><a href="/p">Ines Okafor</a></h3><p class="as"><span>CFO</span>
        <span>Lagoon</span></p>
        <p class="when"><span>M</span><a href="#p1">
        <time datetime="2026-11-21T14:30:00Z" data-form="j M Y, H:i T" data-stored>21 Nov 2026, 14:30 UTC</time>
        </a> <span><a href="/e">edited</a></span></p></header>
        <div class="prose"><p>B</p></div><div class="files">F</div><footer>A</footer></div></article>
        """,
    )


def test_tombstone_says_that_something_was_here():
    html = drawn('{% c "tombstone" anchor="p4" sentence="Gone." at=at %}', at=AT)
    same_html(
        without_icons(html),
        """
        <article class="post tombstone" id="p4"><p><svg></svg>Gone. <span class="quiet">
        <time datetime="2026-11-21T14:30:00Z" data-form="j M Y, H:i T" data-stored>21 Nov 2026, 14:30 UTC</time>
        </span></p></article>
        """,
    )


def test_since_is_a_line_one_can_jump_to():
    html = drawn(
        '{% c "since" label="new" %}',
    )
    same_html(
        without_icons(html),
        """
        <p class="since" id="since"><span>new</span></p>
        """,
    )


def test_page_head_has_the_only_first_heading():
    html = drawn(
        '{% component "page-head" title="T" initials="AB" %}L{% slot "eyebrow" %}E{% endslot %}{% slot '
        '"actions" %}A{% endslot %}{% slot "tabs" %}N{% endslot %}{% endcomponent %}',
    )
    same_html(
        without_icons(html),
        """
        <header class="page-head"><span class="face large" aria-hidden="true">AB</span>
        <div class="page-head-main"><div class="eyebrow">E</div>
        <h1>T</h1><div class="lede">L</div></div>
        <div class="actions">A</div><div class="page-head-tabs">N</div></header>
        """,
    )


def test_section_has_a_title_a_count_and_something_to_do():
    html = drawn(
        '{% component "section" title="T" anchor="t" count=1200 %}B{% slot "actions" %}A{% endslot %}{% '
        "endcomponent %}",
    )
    same_html(
        without_icons(html),
        """
        <section class="section" id="t"><div class="section-head"><h2>T <span class="n num">1,200</span></h2>
        <div class="actions">A</div></div>
        B</section>
        """,
    )


def test_card_can_be_picked_up():
    html = drawn(
        '{% component "card" title="T" url="/c" eyebrow="E" level="4" id="x" %}B{% slot "footer" %}F{% '
        "endslot %}{% endcomponent %}",
    )
    same_html(
        without_icons(html),
        """
        <article class="card" id="x"><p class="eyebrow">E</p>
        <h4><a href="/c">T</a></h4>
        <div class="card-body">B</div><footer>F</footer></article>
        """,
    )


def test_crumbs_lead_back():
    html = drawn('{% c "crumbs" items=items %}', items=PLACES)
    same_html(
        without_icons(html),
        """
        <nav class="crumbs" aria-label="You are here"><ol><li><a href="/a">All</a></li><li><a href="/o">One</a>
        </li></ol></nav>
        """,
    )


def test_empty_says_what_to_do_first():
    html = drawn(
        '{% component "empty" title="T" icon="x" %}<p>B</p>{% slot "actions" %}A{% endslot %}{% endcomponent %}',
    )
    same_html(
        without_icons(html),
        """
        <div class="empty"><svg></svg><h3>T</h3><p>B</p><div class="actions">A</div></div>
        """,
    )


def test_banner_of_a_refusal_is_an_alert_with_a_word():
    html = drawn(
        '{% component "banner" kind="refusal" title="T" live=True anchor="b" %}B{% slot "actions" %}A{% '
        "endslot %}{% endcomponent %}",
    )
    same_html(
        without_icons(html),
        """
        <div class="banner refusal" id="b" role="alert"><svg></svg><div><p class="banner-title">
        <span class="aloud">Refused: </span>T</p><div>B</div><div class="actions">A</div></div></div>
        """,
    )


def test_banner_is_quiet_unless_live():
    html = drawn(
        '{% component "banner" %}B{% endcomponent %}',
    )
    same_html(
        without_icons(html),
        """
        <div class="banner info"><svg></svg><div><p><span class="aloud">Note: </span>B</p></div></div>
        """,
    )


def test_margin_section_may_lead_on():
    html = drawn(
        '{% component "margin-section" title="T" more_url="/m" more_label="M" %}<p>B</p>{% endcomponent %}',
    )
    same_html(
        without_icons(html),
        """
        <section class="margin-section"><h2>T</h2><p>B</p><p><a href="/m">M</a></p></section>
        """,
    )


def test_disclosure_opens_without_a_script():
    html = drawn(
        '{% component "disclosure" summary="S" note="n" open=True data-x="1" %}B{% endcomponent %}',
    )
    same_html(
        without_icons(html),
        """
        <details class="disclosure" open data-x="1"><summary><svg></svg><span>S <span class="quiet">n</span></span>
        </summary><div class="disclosed">B</div></details>
        """,
    )
