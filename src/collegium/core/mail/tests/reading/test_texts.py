"""Charsets, flowed text, plain text as Markdown, and HTML as Markdown."""

import pytest

from collegium.core.mail.reading import charsets
from collegium.core.mail.reading.flowed import unflowed
from collegium.core.mail.reading.html import markdown_of
from collegium.core.mail.reading.plain import as_markdown
from collegium.design.text import plain_text, render_markdown


@pytest.mark.parametrize(
    ("content", "label", "text", "guessed"),
    [
        (b"plain", "", "plain", False),
        ("Größe".encode(), "utf-8", "Größe", False),
        ("Größe".encode(), "iso-8859-1", "Größe", True),
        ("Größe".encode("cp1252"), "", "Größe", True),
        ("“Größe”".encode("cp1252"), "iso-8859-1", "“Größe”", False),
        ("\ufeffGröße".encode(), "", "Größe", False),
        ("Größe".encode("utf-16"), "utf-8", "Größe", False),
        ("会費".encode("iso-2022-jp"), "us-ascii", "会費", True),
        ("会费".encode("gb18030"), "gb2312", "会费", False),
        ("①会費".encode("cp932"), "shift_jis", "①会費", False),
        (b"a\x00b\x07c\r\nd\re", "", "abc\nd\ne", False),
        (b"a", "no-such-charset", "a", False),
        (b"a", "rot13", "a", False),
        (b"a\xffb", "utf-8", "aÿb", True),
    ],
)
def test_bytes_become_the_letters_they_were(content, label, text, guessed):
    assert charsets.decoded(content, label) == (text, guessed)


def test_a_byte_lost_in_a_long_text_does_not_change_its_charset():
    text, guessed = charsets.decoded("Größe zählt nicht. ".encode() * 20 + b"\xc3", "utf-8")
    assert text.startswith("Größe zählt nicht. ")
    assert guessed


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("a \nb\nc", "a b\nc"),
        ("> a \n> b\n>> c \n>> d", "> a b\n>> c d"),
        ("a \n> b", "a\n> b"),
        ("-- \nClara \nBlotter", "-- \nClara Blotter"),
        (" stuffed\n  two", "stuffed\n two"),
        ("a \n-- \nb", "a\n-- \nb"),
    ],
)
def test_lines_that_a_program_broke_are_joined(text, joined):
    assert unflowed(text, delsp=False) == joined


def test_in_scripts_without_blanks_the_blank_at_the_break_goes():
    assert unflowed("会费 \n人数", delsp=True) == "会费人数"


WRITTEN = [
    "# no heading", "1986. A year.", "    indented", "a\n===", "a\n---", "+ 5 per cent", "* * *", "2 * 3 * 4", "__init__", "a*b*c", "`tick", "[1]: https://x.example", "[a](b) c", "&copy; &amp;", "a\\*b \\\\server",
    "~~gone~~", "~~~", "```", "![a](b)", "> not quoted? yes", "https://x.example/a_b_c", "<clara@x.example>", "<b>bold</b>", "3) x\n4) y", "12. x\n13. y", "#hashtag", "$a_1$ * $b_2$",
]  # fmt: skip


@pytest.mark.parametrize("written", WRITTEN)
def test_what_was_typed_is_what_is_seen(written):
    shown = plain_text(render_markdown("\n".join(as_markdown(written.split("\n")))))
    if written.startswith(">"):
        written = written.removeprefix("> ")
    assert shown.split() == written.replace("<clara@x.example>", "clara@x.example").split() or shown.split() == [
        word for word in written.split() if word not in ("3)", "4)")
    ]


def test_a_list_is_one_and_ends_where_it_ends():
    lines = ["Two:", "- spring", "- autumn", "  still autumn", "Done."]
    html = render_markdown("\n".join(as_markdown(lines)))
    assert html.replace("\n", "") == "<p>Two:</p><ul><li>spring</li><li>autumn<br>still autumn</li></ul><p>Done.</p>"


def test_an_answer_is_no_part_of_the_quote_above_it():
    html = render_markdown("\n".join(as_markdown(["> asked", "answered", ">> deep", "> less"])))
    assert html.replace("\n", "") == (
        "<blockquote><p>asked</p></blockquote><p>answered</p><blockquote><blockquote><p>deep</p></blockquote><p>less</p></blockquote>"
    )


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("", ""),
        ("<div>a</div><div>b</div><div><br></div><div>c</div>", "a\nb\n\nc"),
        ("a<div>b</div>c", "a\nb\nc"),
        ("<p>a</p><p>b</p>", "a\n\nb"),
        ('<p class="MsoNormal">a</p><p class="MsoNormal">b</p>', "a\nb"),
        ("<b>a</b> <i>b</i> <u>c</u> <s>d</s>", "**a** *b* c ~~d~~"),
        ('<a href="mailto:a@b.example">a@b.example</a>', "<a@b.example>"),
        ('<a href="data:text/html,x">a</a> <a name="x">b</a>', "a b"),
        ('<a href="https://x.example"><img alt="Map" src="m.png"></a>', "[Map](https://x.example)"),
        ('<img src="https://x.example/p.gif" alt="pixel">a', "a"),
        ('<p style="display:none">secret</p>a<script>b</script>', "a"),
        ("<h1>Dues</h1><p>a</p>", "# Dues\n\na"),
        ("<ol><li>a<ol><li>b</li></ol></li></ol>", "1. a\n   1. b"),
        ("<blockquote>a</blockquote>b", "> a\n\nb"),
        ("1986. A year", "1986\\. A year"),
        ("2 * 3 _x_", "2 \\* 3 \\_x\\_"),
        ("<table><tr><td>a</td></tr></table>", "a"),
        ("a&#xfdd1;b&#x202e;c", "abc"),
    ],
)
def test_html_is_what_is_seen_of_it(html, markdown):
    assert charsets.cleaned(markdown_of(html)).strip() == markdown
