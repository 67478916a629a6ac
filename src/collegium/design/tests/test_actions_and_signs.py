"""Buttons, menus and small signs, each drawn once in full."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from .drawing import drawn, same_html, without_icons

AT = datetime(2026, 11, 21, 14, 30, tzinfo=UTC)
SOON = AT + timedelta(days=2, hours=7)
PLACES = [{"label": "All", "url": "/a", "current": True, "count": 1204}, {"label": "One", "url": "/o"}]
FACES = [{"initials": letter} for letter in "ABCDEFG"]
SOCIETIES = [("Lagoon", 6), ("Reef", 3)]


@pytest.fixture(autouse=True)
def new_york():
    with timezone.override("America/New_York"):
        yield


def test_button_has_a_kind_an_icon_and_a_value():
    html = drawn(
        '{% c "button" label="Send" kind="plain" small=True icon="check" name="go" value="1" disabled=True %}',
    )
    same_html(
        without_icons(html),
        """
        <button class="button plain small" type="submit" name="go" value="1" disabled><svg></svg><span>Send</span>
        </button>
        """,
    )


def test_button_with_only_an_icon_says_its_label_aloud():
    html = drawn(
        '{% c "button" label="More" icon="x" icon_only=True type="button" %}',
    )
    same_html(
        without_icons(html),
        """
        <button class="button primary bare" type="button"><svg></svg><span class="aloud">More</span></button>
        """,
    )


def test_link_button_leads_somewhere_and_passes_attributes():
    html = drawn(
        '{% c "link-button" label="All" url="/a?b=1&c=2" kind="quiet" icon="plus" rel="next" %}',
    )
    same_html(
        without_icons(html),
        """
        <a class="button quiet" href="/a?b=1&c=2" rel="next"><svg></svg><span>All</span></a>
        """,
    )


def test_menu_lists_links_and_marks_the_current_one():
    html = drawn('{% c "menu" label="More" items=items align="start" %}', items=PLACES)
    same_html(
        without_icons(html),
        """
        <details class="menu start" data-menu>
        <summary class="button quiet small"><span>More</span><svg></svg></summary>
        <div class="sheetlet"><ul>
        <li><a href="/a" aria-current="page">All</a></li>
        <li><a href="/o">One</a></li>
        </ul></div>
        </details>
        """,
    )


def test_confirm_asks_before_a_deed_without_a_script():
    html = drawn(
        '{% component "confirm" label="Delete" question="Sure?" %}<form></form>{% endcomponent %}',
    )
    same_html(
        without_icons(html),
        """
        <details class="confirm" data-menu>
        <summary class="button quiet"><span>Delete</span></summary>
        <div class="sheetlet"><p>Sure?</p><form></form></div>
        </details>
        """,
    )


def test_icon_is_drawn_in_a_size():
    html = drawn(
        '{% c "icon" name="check" size="large" label="yes" %}',
    )
    same_html(
        without_icons(html),
        """
        <span class="icon-large"><svg></svg></span>
        """,
    )


def test_state_is_a_shape_and_a_word():
    html = drawn(
        '{% c "state" kind="done" word="answered" %}',
    )
    same_html(
        without_icons(html),
        """
        <span class="state done">answered</span>
        """,
    )


def test_tag_may_lead_somewhere():
    html = drawn(
        '{% c "tag" label="new" kind="accent" icon="clock" url="/n" %}',
    )
    same_html(
        without_icons(html),
        """
        <a class="tag accent" href="/n"><svg></svg>new</a>
        """,
    )


def test_count_stops_at_999_for_the_eye_and_says_all_aloud():
    html = drawn(
        '{% c "count" n=1204 label="unread" %}',
    )
    same_html(
        without_icons(html),
        """
        <span class="count loud"><span aria-hidden="true">999+</span><span class="aloud">1,204 unread</span></span>
        """,
    )


def test_face_shows_initials_and_may_have_a_label():
    html = drawn(
        '{% c "face" initials="IO" size="small" label="Ines" %}',
    )
    same_html(
        without_icons(html),
        """
        <span class="face small" role="img" aria-label="Ines">IO</span>
        """,
    )


def test_face_stack_shows_five_and_the_rest():
    html = drawn('{% c "face-stack" people=people more=27 label="34 people" %}', people=FACES)
    same_html(
        without_icons(html),
        """
        <span class="face-stack" role="img" aria-label="34 people"><span class="face small">A</span>
        <span class="face small">B</span><span class="face small">C</span><span class="face small">D</span>
        <span class="face small">E</span><span class="face small rest">+29</span></span>
        """,
    )


def test_progress_says_what_it_draws():
    html = drawn(
        '{% c "progress" value=38 max=51 label="answered" %}',
    )
    same_html(
        without_icons(html),
        """
        <div class="progress"><span class="num"><b>38 of 51</b> answered</span>
        <progress max="51" value="38" aria-label="answered"></progress></div>
        """,
    )


def test_coverage_draws_bars_without_a_style_and_folds_the_rest():
    html = drawn(
        '{% component "coverage" items=pairs label="L" shown=1 %}{% slot "note" %}closed{% endslot %}{% '
        "endcomponent %}",
        pairs=SOCIETIES,
    )
    same_html(
        without_icons(html),
        """
        <div class="coverage"><p class="coverage-label">L</p>
        <ul><li><span class="who">Lagoon</span><span class="num">6</span>
        <svg class="bar" aria-hidden="true" focusable="false"><rect width="100%" height="100%" rx="2"/></svg></li>
        </ul>
        <details><summary>1 more</summary>
        <ul><li><span class="who">Reef</span><span class="num">3</span>
        <svg class="bar" aria-hidden="true" focusable="false"><rect width="50%" height="100%" rx="2"/></svg></li>
        </ul></details>
        <p class="coverage-note">closed</p></div>
        """,
    )


def test_deadline_has_weekday_zone_and_distance():
    html = drawn('{% c "deadline" at=soon now=at %}', at=AT, soon=SOON)
    same_html(
        without_icons(html),
        """
        <span class="deadline soon"><time datetime="2026-11-23T21:30:00Z"><b>Mon 23 Nov</b> <span>16:30 EST</span>
        </time> <span class="distance">in 2 days</span></span>
        """,
    )
