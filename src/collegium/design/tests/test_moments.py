"""Moments as people read them: in their zone, in a form their language sets, with a distance."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import dateformat, timezone, translation

from collegium.design.moments import _written, distance, short_times

from .drawing import drawn

AT = datetime(2026, 11, 21, 2, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("show", "written"),
    [
        ("short", "20 Nov, 21:05"),
        ("moment", "20 Nov 2026, 21:05"),
        ("long", "Friday 20 November 2026, 21:05 EST"),
        ("day", "20 Nov 2026"),
        ("month", "November 2026"),
        ("clock", "21:05"),
        ("stored", "21 Nov 2026, 02:05 UTC"),
    ],
)
def test_time_is_written_in_the_readers_zone_unless_stored(show, written):
    with timezone.override("America/New_York"):
        html = drawn('{% c "time" at=at show=show %}', at=AT, show=show)
    assert html.startswith('<time datetime="2026-11-21T02:05:00Z" data-form="')
    assert html.endswith(f">{written}</time>")
    assert ("data-stored" in html) is (show == "stored")


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize(
    "form", ["j M, H:i", "j M Y, H:i", "l j F Y, H:i T", "F Y", "D j M", "j. E Y", r"\a\t H:i", ""]
)
def test_moments_are_written_as_the_framework_writes_them(form, language):
    with translation.override(language):
        for month in range(1, 13):
            moment = datetime(999 + month, month, month, month, month, tzinfo=UTC)
            assert _written(moment, form) == dateformat.format(moment, form)


def test_a_list_drawn_by_hand_has_the_same_times():
    with timezone.override("America/New_York"):
        assert short_times()(AT) == drawn('{% c "time" at=at %}', at=AT)


def test_time_of_a_day_has_no_zone_to_be_redone_in():
    day = date(2026, 11, 21)
    assert drawn('{% c "time" at=at %}', at=day) == '<time datetime="2026-11-21">21 Nov 2026</time>'
    assert drawn('{% c "time" at=at show="month" %}', at=day) == '<time datetime="2026-11-21">November 2026</time>'


def test_time_is_kept_apart_by_zone():
    with timezone.override("America/New_York"):
        here = drawn('{% c "time" at=at show="clock" %}', at=AT)
    with timezone.override("Europe/Berlin"):
        there = drawn('{% c "time" at=at show="clock" %}', at=AT)
    assert (here[-12:-7], there[-12:-7]) == ("21:05", "03:05")


def test_time_is_only_made_of_times():
    with pytest.raises(TypeError, match="not from 'soon'"):
        drawn('{% c "time" at=at %}', at="soon")


@pytest.mark.parametrize(
    ("apart", "words"),
    [
        (timedelta(seconds=20), "now"),
        (timedelta(minutes=1), "in 1 minute"),
        (timedelta(minutes=59, seconds=59), "in 59 minutes"),
        (timedelta(hours=5), "in 5 hours"),
        (timedelta(days=1, hours=23), "in 1 day"),
        (timedelta(days=12), "in 12 days"),
        (timedelta(minutes=-2), "2 minutes ago"),
        (timedelta(hours=-1), "1 hour ago"),
        (timedelta(days=-40), "40 days ago"),
    ],
)
def test_a_distance_is_one_unit_rounded_down(apart, words):
    assert distance(AT + apart, AT) == words


def test_deadline_is_soon_for_three_days_and_then_past():
    def classes(days):
        html = drawn('{% c "deadline" at=at now=now %}', at=AT + timedelta(days=days), now=AT)
        return html.partition('"')[2].partition('"')[0]

    assert [classes(days) for days in (4, 3, -1)] == ["deadline", "deadline soon", "deadline past"]
    assert "closed 1 day ago" in drawn('{% c "deadline" at=at now=now %}', at=AT - timedelta(days=1), now=AT)
