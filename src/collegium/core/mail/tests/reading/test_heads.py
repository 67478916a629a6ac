"""Fields, encoded words, parameters, addresses, message numbers and moments."""

from datetime import UTC, datetime

import pytest

from collegium.core.mail.reading.addresses import address_of, mailboxes_of
from collegium.core.mail.reading.headers import one_line, read_head, unbase64, value_and_parameters
from collegium.core.mail.reading.threads import date_of, ids_in


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("=?utf-8?q?Stra=C3=9Fe?=", "Straße"),
        ("=?utf-8?b?U3RyYcOfZQ==?=", "Straße"),
        ("=?UTF-8*de?Q?Stra=C3=9Fe?=", "Straße"),
        ("=?utf-8?q?Stra=C3?= =?utf-8?q?=9Fe?=", "Straße"),
        ("=?iso-8859-1?q?a_b?= c =?utf-8?q?d?=", "a b c d"),
        ("=?utf-8?q?a?= =?iso-8859-1?q?=E4?=", "aä"),
        ("=?gb2312?B?u+G30Q==?=", "会费"),
        ("=?unknown?q?plain?=", "plain"),
        ("=?utf-8?b?broken", "=?utf-8?b?broken"),
        ("a\tb\r\n c", "a b c"),
        ("a\x00b\u202ec", "abc"),
    ],
)
def test_a_value_is_read_as_people_read_it(value, meant):
    assert one_line(value) == meant


def test_a_line_is_no_longer_than_a_line_may_be():
    assert len(one_line("x" * 2_000)) == 998


def test_fields_are_unfolded_and_what_is_none_is_passed_over():
    head = read_head(b"Subject: a\r\n b\r\nnonsense\r\nX-Y:c\r\n : d\r\nsubject: e")
    assert head.fields == [("subject", b"a b"), ("x-y", b"c : d"), ("subject", b"e")]
    assert head.all("subject") == ["a b", "e"]
    assert head.first("missing") == ""


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ('attachment; filename="a b.pdf"', "a b.pdf"),
        ("attachment; filename=a.pdf; size=3", "a.pdf"),
        ("attachment; filename*=UTF-8''Gr%C3%B6%C3%9Fe.pdf", "Größe.pdf"),
        ("attachment; filename=G.pdf; filename*=UTF-8''Gr%C3%B6%C3%9Fe.pdf", "Größe.pdf"),
        ("attachment; filename*1=b.pdf; filename*0=a", "ab.pdf"),
        ("attachment; filename*0*=iso-8859-1'de'Gr%F6; filename*1=sse", "Grösse"),
        ('attachment; filename="a\\"b;c.pdf"', 'a"b;c.pdf'),
        ('attachment; filename="unclosed', "unclosed"),
    ],
)
def test_parameters_are_put_together(value, name):
    assert value_and_parameters(value) == ("attachment", value_and_parameters(value)[1])
    assert value_and_parameters(value)[1]["filename"] == name


@pytest.mark.parametrize("content", [b"QUJD", b"QU JD\r\n", b"QUJD====", b"QUJDR", b"*QUJD*"])
def test_base64_is_forgiven_much(content):
    assert unbase64(content) == b"ABC"


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("a@b.example", [("", "a@b.example")]),
        ("Ann <a@b.example>", [("Ann", "a@b.example")]),
        ('"Ann, B. (x)" <a@b.example>', [("Ann, B. (x)", "a@b.example")]),
        ("a@b.example (Ann (of b))", [("Ann (of b)", "a@b.example")]),
        ("a@b.example, Bob <b@b.example>", [("", "a@b.example"), ("Bob", "b@b.example")]),
        ("friends: a@b.example, b@b.example;", [("", "a@b.example"), ("", "b@b.example")]),
        ("undisclosed-recipients:;", []),
        ("a @ b.example", [("", "a@b.example")]),
        ("", []),
        (",,;", []),
    ],
)
def test_mailboxes_are_told_apart(value, found):
    assert mailboxes_of(value) == found


@pytest.mark.parametrize(
    ("written", "address"),
    [
        (" Ann@B.Example. ", "ann@b.example"),
        ("ann@bücher.example", "ann@xn--bcher-kva.example"),
        ("änne@b.example", "änne@b.example"),
        ('"ann b"@b.example', '"ann b"@b.example'),
        ("<@relay.example:ann@b.example>".strip("<>"), "ann@b.example"),
    ],
)
def test_an_address_has_one_spelling(written, address):
    assert address_of(written) == address


@pytest.mark.parametrize(
    "written",
    ["", "ann", "@b.example", "ann@", "ann@b", "a b@c.example", "a@b@c.example", "a@-b.example", "a..b@c.example", ".a@b.example", "a@b..example", "a\x00@b.example", "x" * 65 + "@b.example", "a@" + "b" * 300 + ".example", "a@[192.0.2.1]", "a@ä\u202e.example"],
)  # fmt: skip
def test_what_is_no_address_is_none(written):
    assert address_of(written) is None


def test_message_numbers_are_kept_once_and_in_order():
    assert ids_in("<1@x> noise <2@x><1@x>") == ("1@x", "2@x")
    assert ids_in("bare@x.example") == ("bare@x.example",)
    assert ids_in("no number") == ()
    many = ids_in("".join(f"<{number}@x>" for number in range(200)))
    assert (len(many), many[0], many[-1]) == (50, "0@x", "199@x")


RECEIVED = datetime(2026, 11, 3, 11, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("Tue, 03 Nov 2026 11:45:28 +0100", ""),
        ("Tue, 03 Nov 2026 10:45:28 -0000", ""),
        ("3 Nov 26 10:45", ""),
        ("Thu, 05 Nov 2026 10:00:00 +0000", ""),
        ("Fri, 06 Nov 2026 10:00:00 +0000", "date-absurd"),
        ("Thu, 01 Jan 1970 00:00:00 +0000", "date-absurd"),
        ("Mon, 31 Feb 2026 00:00:00 +0000", "date-absurd"),
        ("Fri, 31 Dec 9999 23:59:59 -2359", "date-absurd"),
        ("yesterday", "date-absurd"),
        ("", "date-missing"),
    ],
)
def test_a_moment_is_one_that_can_be(written, problem):
    date, told = date_of(read_head(b"Date: " + written.encode()), RECEIVED)
    assert told == problem
    assert (date is None) == bool(problem)
    assert date is None or date.utcoffset() is not None


def test_without_a_clock_the_server_that_received_it_says_when():
    head = read_head(b"Received: by x; Tue, 03 Nov 2026 10:45:31 +0000\r\nDate: Fri, 03 Nov 2056 11:45:28 +0100")
    assert date_of(head, None) == (None, "date-absurd")
