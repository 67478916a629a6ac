"""One stylesheet from many pieces: joined, layered, tight, small, and served to be kept."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import brotli
import pytest
from django.test import RequestFactory

from collegium.design import stylesheet, views
from collegium.design.catalogue import CATALOGUE
from collegium.design.color import AccentError, contrast

STYLES = Path(stylesheet.__file__).parent / "styles"


@pytest.fixture
def sheet():
    return stylesheet.joined_stylesheet("#1f4e79")


def get(accept="", fingerprint=None):
    request = RequestFactory().get("/", headers={"Accept-Encoding": accept})
    return views.stylesheet(request, fingerprint=fingerprint or stylesheet.the_stylesheet().fingerprint)


def test_every_piece_is_in_its_layer_and_nothing_else_is(sheet):
    ours = [piece for layer in stylesheet.LAYERS for piece in stylesheet.pieces_of(layer) if STYLES in piece.parents]
    assert sorted(ours) == sorted(STYLES.rglob("*.css"))
    assert sheet.text.startswith(
        "@layer tokens,base,layout,components,media;@layer tokens{:root{--accent-light:#1f4e79;"
    )
    assert re.findall(r"@layer (\w+)\{", sheet.text) == ["tokens", *stylesheet.LAYERS]


def test_pieces_say_no_layer_import_or_important_of_their_own():
    for piece in STYLES.rglob("*.css"):
        css = piece.read_text()
        assert not re.search(r"@layer|@import|url\(|https?:(?!\")", css), piece
        assert css.count("{") == css.count("}"), piece


def test_braces_match_and_comments_are_gone(sheet):
    assert sheet.text.count("{") == sheet.text.count("}")
    assert "/*" not in sheet.text
    assert "\n" not in sheet.text


def test_tightening_keeps_what_matters():
    css = '/* x */\n.a > .b { content: " · "; margin: calc(1px + 2px) auto; }\n@media (min-width: 1px) { a { b: c; } }'
    assert stylesheet.tightened(css) == (
        '.a > .b{content: " · ";margin: calc(1px + 2px) auto}@media (min-width: 1px){a{b: c}}'
    )


def test_it_is_small_in_each_encoding(sheet):
    assert gzip.decompress(sheet.gzipped) == brotli.decompress(sheet.brotlied) == sheet.plain == sheet.text.encode()
    assert len(sheet.gzipped) < 14_000


def test_its_address_changes_with_the_accent_and_only_then(sheet):
    assert stylesheet.joined_stylesheet("#1f4e79").fingerprint == sheet.fingerprint
    assert stylesheet.joined_stylesheet("#7a1f1f").fingerprint != sheet.fingerprint


def test_an_accent_that_is_no_color_is_refused():
    with pytest.raises(AccentError):
        stylesheet.joined_stylesheet("red}body{display:none")


@pytest.mark.parametrize(
    ("accept", "encoding"), [("gzip, deflate, br", "br"), ("gzip;q=1.0", "gzip"), ("", None), ("identity", None)]
)
def test_it_is_sent_in_the_shortest_form_a_browser_takes(accept, encoding):
    response = get(accept)
    assert response.get("Content-Encoding") == encoding
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert response["Vary"] == "Accept-Encoding"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"


def test_an_old_address_gets_the_present_sheet_but_only_for_now():
    response = get(fingerprint="0123456789ab")
    assert response.content == stylesheet.the_stylesheet().plain
    assert response["Cache-Control"] == "public, max-age=60"


def test_with_debug_it_follows_the_files(settings):
    settings.DEBUG = True
    first = stylesheet.the_stylesheet()
    assert stylesheet.the_stylesheet() is not first
    settings.DEBUG = False
    assert stylesheet.the_stylesheet() is stylesheet.the_stylesheet()


def test_the_default_accent_stands_in_for_none(settings):
    settings.ACCENT_COLOR = ""
    assert stylesheet.the_stylesheet().text == stylesheet.joined_stylesheet(stylesheet.DEFAULT_ACCENT).text


def test_fixed_colors_are_readable_in_both_themes():
    css = (STYLES / "tokens" / "tokens.css").read_text()
    pairs = dict(re.findall(r"--([a-z-]+): light-dark\((#\w+, #\w+)\)", css))
    for theme in (0, 1):
        of = {name: pair.split(", ")[theme] for name, pair in pairs.items()}
        grounds = [of[name] for name in ("paper", "card", "wash")]
        for ink in ("ink", "quiet", "seal", "moss", "amber"):
            assert min(contrast(of[ink], ground) for ground in grounds) >= 4.5, (theme, ink)
        for name in ("seal", "moss", "amber"):
            assert min(contrast(of[ink], of[f"{name}-wash"]) for ink in (name, "ink")) >= 4.5, (theme, name)
        assert min(contrast(of["edge"], of[name]) for name in ("paper", "card")) >= 3


def test_no_rule_is_for_a_component_that_is_gone():
    pieces = {piece.stem for piece in (STYLES / "components").glob("*.css")}
    shared = {"sign", "row", "list", "place", "prose", "gallery"}
    assert pieces - shared <= set(CATALOGUE)
