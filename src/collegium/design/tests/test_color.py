"""The accent colour passes on every ground, whichever a council chose."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.design.color import (
    GROUNDS_DARK,
    GROUNDS_LIGHT,
    AccentError,
    accent_from,
    contrast,
    from_oklab,
    to_oklab,
)

COLORS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@settings(deadline=None)
@given(COLORS)
def test_any_accent_is_readable_on_paper_cards_and_its_own_wash(color):
    accent = accent_from(color)
    assert min(contrast(accent.light, ground) for ground in (*GROUNDS_LIGHT, accent.light_wash)) >= 5
    assert min(contrast(accent.dark, ground) for ground in (*GROUNDS_DARK, accent.dark_wash)) >= 5
    assert contrast("#ffffff", accent.light) >= 4.5
    assert contrast("#15171b", accent.dark) >= 4.5


@settings(deadline=None)
@given(COLORS)
def test_text_is_readable_on_the_wash_of_any_accent(color):
    accent = accent_from(color)
    assert min(contrast(ink, accent.light_wash) for ink in ("#1c1e24", "#5a5e67", "#2a6546", "#8a2b2b")) >= 4.5
    assert min(contrast(ink, accent.dark_wash) for ink in ("#e9e7e1", "#a8abb3", "#8fcdaa", "#eca39b")) >= 4.5


def test_a_readable_accent_stays_as_it_was_chosen():
    assert accent_from("#1f4e79").light == "#1f4e79"


def test_a_light_yellow_is_darkened_and_a_dark_blue_lightened():
    assert contrast(accent_from("#ffe600").light, "#ffffff") > 5 > contrast("#ffe600", "#ffffff")
    assert contrast(accent_from("#000080").dark, "#15171b") > 5 > contrast("#000080", "#15171b")


def test_three_digits_are_a_color():
    assert accent_from(" #00f ") == accent_from("#0000ff")


@pytest.mark.parametrize("setting", ["blue", "#12", "#12345g", "red;}body{display:none", "", None, "#1f4e79ff"])
def test_anything_else_is_refused_with_what_to_write(setting):
    with pytest.raises(AccentError, match="such as #1f4e79"):
        accent_from(setting)


@settings(deadline=None)
@given(COLORS)
def test_the_conversion_comes_back(color):
    assert from_oklab(to_oklab(color)) == color


def test_black_on_white_is_the_greatest_contrast():
    assert round(contrast("#000", "#fff"), 2) == 21
    assert contrast("#777", "#777") == 1


def test_shades_are_colors_a_stylesheet_takes():
    accent = accent_from("#c0ffee")
    shades = (accent.light, accent.dark, accent.light_wash, accent.dark_wash)
    assert all(re.fullmatch(r"#[0-9a-f]{6}", shade) for shade in shades)
