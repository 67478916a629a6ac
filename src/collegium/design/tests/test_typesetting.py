"""Rendered texts on paper: every mark comes out, nothing that is written is read as typst, and every text compiles."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import typst
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collegium.design.text import plain_text, render_markdown
from collegium.design.typesetting import DEEPEST, PACKAGE, ZERO, breakable, pieces_of, typeset

SAMPLE = Path(__file__).with_name("sample.typ")
AT = datetime(2026, 5, 3, 9, tzinfo=UTC)
BASE = "https://council.example"


def pieces(raw: str) -> list[dict[str, Any]]:
    return pieces_of(render_markdown(raw), base=BASE)


def paper(raw: str) -> bytes:
    return typeset(SAMPLE, {"pieces": pieces(raw)}, AT)


def found(raw: str, selector: str) -> list[dict[str, Any]]:
    """The elements of the typeset document, as typst itself tells of them."""
    given_words = {"given": json.dumps({"pieces": pieces(raw)})}
    told = typst.query(str(SAMPLE), selector, root=str(PACKAGE), sys_inputs=given_words, ignore_system_fonts=True)
    return json.loads(told)


def words(tree: Any) -> str:
    """All words of pieces, in their order."""
    if isinstance(tree, list):
        return " ".join(words(one) for one in tree)
    if not isinstance(tree, dict):
        return ""
    inner = [words(tree[key]) for key in ("runs", "items", "body", "head", "rows") if key in tree]
    return " ".join([str(tree.get("words", "")), *inner])


def letters(text: str) -> str:
    return "".join(text.replace(ZERO, "").split())


def run(text: str, *marks: str) -> dict[str, Any]:
    return {"words": text, **dict.fromkeys(marks, 1)}


def test_marks_within_a_line():
    assert pieces("A *b* **c *d*** ~~e~~ `f*`") == [
        {
            "kind": "paragraph",
            "runs": [
                run("A "),
                run("b", "em"),
                run(" "),
                run("c ", "strong"),
                run("d", "strong", "em"),
                run(" "),
                run("e", "gone"),
                run(" "),
                run("f*", "code"),
            ],
        }
    ]


def test_headings_keep_their_rank():
    assert [(one["kind"], one["level"]) for one in pieces("# A\n\n### B\n\n# C")] == [
        ("heading", 1),
        ("heading", 2),
        ("heading", 1),
    ]


def test_lists_nest_and_begin_where_they_begin():
    (steps,) = pieces("7. a\n   - b\n\n     c\n8. d")
    assert (steps["kind"], steps["start"], len(steps["items"])) == ("steps", 7, 2)
    inner = steps["items"][0][1]
    assert (inner["kind"], [words(one).split() for one in inner["items"][0]]) == ("list", [["b"], ["c"]])


def test_tables_keep_head_and_columns():
    (table,) = pieces("| a | b |\n|--|--:|\n| c | **d** |\n| e | |")
    assert (table["columns"], words(table["head"]).split()) == (["left", "right"], ["a", "b"])
    assert table["rows"][0][1] == {"body": [run("d", "strong")]}
    assert table["rows"][1][1] == {"body": [run("")]}


def test_a_table_too_wide_for_a_page_is_told_line_by_line():
    many = "|" + "a|" * 20
    told = pieces(f"{many}\n|{'-|' * 20}\n{many.replace('a', 'b')}")
    assert [one["kind"] for one in told] == ["paragraph", "paragraph"]
    assert words(told[1]).count("b") == 20


def test_the_address_of_a_link_is_told_below_unless_its_words_tell_it():
    (line,) = pieces("[here](https://example.org/a) <https://example.org> me@example.org [own](/p/) [x](#b1)")
    links = [(one["to"], one["told"]) for one in line["runs"] if "to" in one]
    assert links == [
        ("https://example.org/a", "https://example.org/a"),
        ("https://example.org", ""),
        ("mailto:me@example.org", ""),
        (f"{BASE}/p/", f"{BASE}/p/"),
    ]
    assert len(found("[here](https://example.org/a) and <https://example.org>", "footnote")) == 1


def test_quotes_code_rules_and_broken_lines():
    told = pieces("> a\n> > b\n\n```\nx  y\n\tz\n```\n\n---\n\nc\nd")
    assert [one["kind"] for one in told] == ["quote", "code", "rule", "paragraph"]
    assert told[0]["body"][1]["kind"] == "quote"
    assert told[1]["words"] == "x  y\n    z"
    assert told[3]["runs"] == [run("c"), {"break": 1}, run("d")]


def test_what_is_deeper_than_a_page_has_room_for_is_drawn_at_that_depth():
    deep = "\n".join(">" * (depth + 1) + f" level{depth}\n" + ">" * (depth + 1) for depth in range(14))
    assert words(pieces(deep)).split() == [f"level{depth}" for depth in range(14)]
    depth, inner = 0, pieces(deep)
    while inner and (quotes := [one for one in inner if one["kind"] == "quote"]):
        depth, inner = depth + 1, quotes[0]["body"]
    assert depth == DEEPEST
    assert paper(deep).startswith(b"%PDF")


def test_long_words_may_break():
    address = "https://example.org/" + "a" * 70
    assert breakable(address).replace(ZERO, "") == address
    assert max(len(part) for part in breakable(address).split(ZERO)) <= 30
    assert breakable("short words stay") == "short words stay"


INJECTIONS = [
    '#panic("read")',
    '#read("/etc/passwd")',
    '#import "@preview/cetz:0.2.2": *',
    '$ sum_(x) $ #eval("1")',
    '= Heading\n\n== Other\n\n@ref <label> #label("x")',
    '"]); #panic("out") //',
    "```typ\n#panic()\n```\n\n`#panic()` /* [ ] */ \\ \\u{1F600} ~ -- ---",
    "| #panic() | $x$ |\n|---|---|\n| #set page(width: 1pt) | *_[]{} |",
]


@pytest.mark.parametrize("raw", INJECTIONS)
def test_nothing_that_is_written_is_read_as_typst(raw):
    assert letters(words(pieces(raw))) == letters(plain_text(render_markdown(raw)))
    assert paper(raw).startswith(b"%PDF")


def test_a_heading_in_typst_is_a_line_of_words():
    assert [one["body"]["text"] for one in found("= Not one\n\n# #panic()", "heading")] == ["A text", "#panic()"]


def test_the_same_text_gives_the_same_bytes_and_claims_the_standard():
    raw = "# A\n\nWords with [a link](https://example.org).\n\n- one\n- two\n\n| a | b |\n|---|---|\n| c | d |"
    assert paper(raw) == paper(raw)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in paper(raw)
    assert b"/Lang (en)" in paper(raw) or b"/Lang(en)" in paper(raw)
    assert b"StructTreeRoot" in paper(raw)


def test_letters_without_a_glyph_do_not_claim_the_standard():
    made = paper("漢字 and words")
    assert made.startswith(b"%PDF")
    assert b"pdfuaid" not in made


MARKED = st.text(alphabet="ab #*_~`[]()<>|!\\-+=>&.$@\"'{};:/%\n\t1\u00e9\u6f22\u200f\U0001f600", max_size=300)
LINES = st.lists(
    st.sampled_from(
        [
            "# h",
            "- a",
            "  - b",
            "1. c",
            "> d",
            "| a | b |",
            "|---|:-:|",
            "```",
            "---",
            "[x](https://e.org)",
            "",
            "t *e*",
        ]
    ),
    max_size=40,
).map("\n".join)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(MARKED, LINES, st.text(max_size=200)))
def test_every_text_keeps_its_words_and_compiles(raw):
    html = render_markdown(raw)
    assert letters(words(pieces_of(html, base=BASE))) == letters(plain_text(html))
    assert typeset(SAMPLE, {"pieces": pieces_of(html, base=BASE)}, AT).startswith(b"%PDF")
