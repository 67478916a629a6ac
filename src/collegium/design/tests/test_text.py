"""Text in and out: what Markdown becomes, what is refused, what is read back."""

from __future__ import annotations

import pytest
from django.utils.safestring import SafeString
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.design.text import MAX_BYTES, Mention, clean_text, excerpt, handles_in, plain_text, render_markdown


@pytest.mark.parametrize(
    ("raw", "html"),
    [
        ("*em* **strong** ~~gone~~ `code`", "<p><em>em</em> <strong>strong</strong> <s>gone</s> <code>code</code></p>"),
        ("one\ntwo\r\nthree", "<p>one<br>\ntwo<br>\nthree</p>"),
        ("3. c\n4. d", '<ol start="3">\n<li>c</li>\n<li>d</li>\n</ol>'),
        ("> said\n\n---", "<blockquote>\n<p>said</p>\n</blockquote>\n<hr>"),
        ("```sql\nSELECT '<b>';\n```", "<pre><code>SELECT '&lt;b&gt;';\n</code></pre>"),
        ("a <b>bold</b> & co", "<p>a &lt;b&gt;bold&lt;/b&gt; &amp; co</p>"),
        ("", ""),
    ],
)
def test_markdown_is_commonmark_with_breaks_and_no_html(raw, html):
    assert render_markdown(raw) == html


def test_a_rendering_is_marked_as_safe_to_show():
    assert isinstance(render_markdown("x"), SafeString)


@pytest.mark.parametrize(
    ("raw", "levels"),
    [
        ("# a", ["h3"]),
        ("# a\n## b\n### c\n#### d\n##### e", ["h3", "h4", "h5", "h6", "h6"]),
        ("#### deep first\n## then this\n## and this", ["h3", "h3", "h3"]),
        ("# a\n#### jumped\n# b", ["h3", "h4", "h3"]),
        ("Title\n=====\nSub\n---", ["h3", "h4"]),
    ],
)
def test_headings_come_below_the_pages_own_and_never_jump(raw, levels):
    html = render_markdown(raw)
    assert [part[:2] for part in html.split("<")[1:] if part[0] == "h"] == levels


def test_tables_scroll_in_a_box_and_align_without_a_style():
    html = render_markdown("| a | b | c |\n| - | -: | :-: |\n| 1 | 2 | 3 |")
    assert html.replace("\n", "") == (
        '<div class="scroll" tabindex="0"><table><thead><tr><th>a</th><th class="right">b</th><th class="center">c</th>'
        '</tr></thead><tbody><tr><td>1</td><td class="right">2</td><td class="center">3</td></tr></tbody></table></div>'
    )


REL = 'rel="nofollow ugc noopener"'


@pytest.mark.parametrize(
    ("raw", "html"),
    [
        ("[a](https://x.org/?q=1&b)", f'<a href="https://x.org/?q=1&amp;b" class="external" {REL}>a</a>'),
        ("[a](/groups/3/)", f'<a href="/groups/3/" {REL}>a</a>'),
        ("[a](mailto:x@y.org)", f'<a href="mailto:x@y.org" {REL}>a</a>'),
        ("https://x.org/a_b_c", f'<a href="https://x.org/a_b_c" class="external" {REL}>https://x.org/a_b_c</a>'),
        ("ines@lagoon.org", f'<a href="mailto:ines@lagoon.org" {REL}>ines@lagoon.org</a>'),
        ("[a](javascript:alert(1))", "[a](javascript:alert(1))"),
        ("[a](JaVaScRiPt&colon;alert(1))", "[a](JaVaScRiPt:alert(1))"),
        ("[a](data:text/html,x)", "[a](data:text/html,x)"),
        ("[a](vbscript:x)", "[a](vbscript:x)"),
        ("<javascript:x>", "&lt;javascript:x&gt;"),
        ("[a](ftp://x.org)", f"<a {REL}>a</a>"),
        ("[a](https://x.org/" + "x" * 2000 + ")", "[a](https://x.org/" + "x" * 2000 + ")"),
    ],
)
def test_links_are_external_followed_by_nobody_and_never_scripts(raw, html):
    got = render_markdown(raw)
    if "x" * 2000 in raw:
        assert "<a" not in got.partition("https")[0]
    else:
        assert got == f"<p>{html}</p>"


@pytest.mark.parametrize(
    ("raw", "html"),
    [
        (
            "![a chart](https://x.org/a.png)",
            f'<a href="https://x.org/a.png" class="external picture" {REL}>a chart</a>',
        ),
        ("![](/a.png)", f'<a href="/a.png" class="external picture" {REL}>/a.png</a>'),
        ("[![alt](a.png)](https://x.org)", f'<a href="https://x.org" class="external" {REL}>alt</a>'),
        ("![x](javascript:alert(1))", "![x](javascript:alert(1))"),
        ("![x]()", "x"),
    ],
)
def test_pictures_are_links_so_that_nothing_is_fetched(raw, html):
    assert render_markdown(raw) == f"<p>{html}</p>"


def known(handle):
    people = {"ines": Mention("/people/ines/", "Ines Okafor <CFO>"), "bo.li": "/people/bo.li/"}
    return people.get(handle)


@pytest.mark.parametrize(
    ("raw", "html"),
    [
        ("@ines!", f'<a href="/people/ines/" class="mention" {REL}>Ines Okafor &lt;CFO&gt;</a>!'),
        ("(@bo.li).", f'(<a href="/people/bo.li/" class="mention" {REL}>@bo.li</a>).'),
        ("ask @bo.li.", f'ask <a href="/people/bo.li/" class="mention" {REL}>@bo.li</a>.'),
        ("@nobody and @", "@nobody and @"),
        ("`@ines`", "<code>@ines</code>"),
        ("a@ines", "a@ines"),
        ("@@ines /@ines", "@@ines /@ines"),
        ("[@ines](/x)", f'<a href="/x" {REL}>@ines</a>'),
        ("*@ines*", f'<em><a href="/people/ines/" class="mention" {REL}>Ines Okafor &lt;CFO&gt;</a></em>'),
    ],
)
def test_mentions_are_linked_outside_code_and_links(raw, html):
    assert render_markdown(raw, link_mention=known) == f"<p>{html}</p>"


def test_a_mention_cannot_smuggle_a_script_in_its_address():
    html = render_markdown("@ines", link_mention=lambda handle: "javascript:alert(1)")
    assert html == f'<p><a class="mention" {REL}>@ines</a></p>'


def test_handles_are_found_once_each_to_be_looked_up_together():
    assert handles_in("@ines, @bo.li. and @ines; not a@b.org") == ["ines", "bo.li"]


def test_a_text_that_is_too_long_to_render_is_refused():
    assert render_markdown("é" * (MAX_BYTES // 2)).startswith("<p>é")
    with pytest.raises(ValueError, match="too long"):
        render_markdown("é" * (MAX_BYTES // 2) + "a")


def test_cleaned_text_is_in_one_spelling():
    assert clean_text("  Cafe\u0301\r\nb\rc\td \n", max_length=20) == "Café\nb\nc\td"
    assert clean_text(" a\tb\u2068c\u2069 ", max_length=20, multiline=False) == "a bc"
    assert clean_text("\u2068c\u2069", max_length=20) == "\u2068c\u2069"
    assert clean_text("👩‍⚕️ שלום مرحبا", max_length=20) == "👩‍⚕️ שלום مرحبا"


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("a\x00b", "NUL character"),
        ("a\x1bb", r"U\+001B"),
        ("a\x7fb", r"U\+007F"),
        ("a\x9fb", r"U\+009F"),
        ("a\u202eb", r"U\+202E"),
        ("a\ud800b", "broken character"),
        ("a" * 10**5, "100,000 characters, and there is room for 300"),
        ("\ufb2c" * 150, "too long"),
    ],
)
def test_cleaning_refuses_what_cannot_be_kept_or_seen(value, reason):
    with pytest.raises(ValueError, match=reason):
        clean_text(value, max_length=300)


def test_a_line_has_no_line_breaks():
    with pytest.raises(ValueError, match="single line"):
        clean_text("a\nb", max_length=9, multiline=False)


def test_plain_text_has_a_line_for_each_block_and_no_markup():
    html = render_markdown(
        "# Title\n\nOne *two*\nthree & <b>\n\n- a\n- b\n\n| x | y |\n| - | - |\n| 1 | 2 |\n\n@ines", link_mention=known
    )
    lines = ["Title", "One two", "three & <b>", "a", "b", "", "x y", "1 2", "", "Ines Okafor <CFO>"]
    assert plain_text(html).split("\n") == lines
    assert plain_text(render_markdown("```\na\n\nb\n```")) == "a\n\nb"
    assert plain_text("a<script>bad()</script><style>x</style>b") == "ab"
    assert plain_text("<hr>") == ""


def test_an_excerpt_is_one_line_cut_between_words():
    html = render_markdown("The registry is owned by the society,\n\nfunded by the foundation.")
    assert excerpt(html) == "The registry is owned by the society, funded by the foundation."
    assert excerpt(html, length=40) == "The registry is owned by the society…"
    assert excerpt("<p>" + "x" * 300 + "</p>", length=10) == "xxxxxxxxx…"


@settings(deadline=None)
@given(st.text(max_size=400))
def test_cleaning_either_refuses_or_gives_what_it_would_leave_alone(value):
    try:
        cleaned = clean_text(value, max_length=300)
    except ValueError:
        return
    assert clean_text(cleaned, max_length=300) == cleaned
    assert "\x00" not in cleaned
    cleaned.encode()
