"""Bytes to text: the charset a letter names where that can be true, another where it cannot; never an error."""

from __future__ import annotations

import codecs
import re
import unicodedata
from functools import lru_cache

from charset_normalizer import from_bytes

LOOKED_AT = 20_000
"""So many bytes are enough to tell one charset from another."""

# What a name means where letters come from: each the larger charset that its users write under the smaller one's name
# (as browsers read them, WHATWG Encoding), and names that are none.
MEANT = {
    "ascii": "utf-8",
    "us-ascii": "utf-8",
    "ansi_x3.4-1968": "utf-8",
    "utf8mb4": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "iso_8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "l1": "cp1252",
    "ansi": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "x-gbk": "gb18030",
    "hz-gb-2312": "hz",
    "big5": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "iso-2022-jp": "iso2022_jp_ext",
    "cp50220": "iso2022_jp_ext",
    "koi8-ru": "koi8_u",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "windows-874": "cp874",
}
SEVERAL_BYTES = ("utf", "gb", "big5", "cp932", "cp949", "euc", "iso2022", "hz", "johab")
NOT_FOR_LETTERS = {"unicode_escape", "raw_unicode_escape", "undefined", "idna", "punycode", "mbcs", "oem", "charmap"}
CYRILLIC = ("cp1251", "koi8_r", "cp866", "iso8859_5")
GUESSES = (
    "cp1252",
    "cp1250",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "big5",
    "gb18030",
    "shift_jis",
    "euc_jp",
    "cp949",
)
HIGH = re.compile(rb"[\x80-\xff]")
ACCENTED = re.compile(rb"[\xc0-\xff]")
JAPANESE_SHIFT = re.compile(rb"\x1b\$[@B]|\x1b\([BJ]")
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Control characters, broken halves, marks that reverse the reading, and the three characters that never are text.
UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202d\u202e\ufeff\ufdd0-\ufdef\ufffe\uffff]")


def cleaned(text: str) -> str:
    """One spelling (NFC), plain newlines, and no character that nobody can see."""
    text = BREAKS.sub("\n", text)
    # Composing is quick for text and slow for heaps of accents; UNSEEN once more, as composing makes no such character.
    return unicodedata.normalize("NFC", UNSEEN.sub("", text))


def decoded(content: bytes, label: str = "") -> tuple[str, bool]:
    """The text, cleaned, and whether its charset had to be guessed."""
    text, guessed = _decoded(content, label)
    return cleaned(text), guessed


def _decoded(content: bytes, label: str) -> tuple[str, bool]:
    for mark, codec in MARKS:
        if content.startswith(mark):
            return content.decode(codec, "replace"), False
    codec = codec_of(label)
    if content.isascii() and not codec.startswith(("utf-16", "utf-32", "utf-7", "iso2022", "hz", "cp037")):
        if JAPANESE_SHIFT.search(content):
            return content.decode("iso2022_jp_ext", "replace"), codec != "iso2022_jp_ext"
        return content.decode("ascii"), False
    if not codec.startswith(SEVERAL_BYTES) and (text := strict(content, "utf-8")) is not None:
        return text, bool(label)
    if codec and (text := strict(content, codec)) is not None and not _improbable(content, codec):
        return text, False
    return _guessed(content, codec)


@lru_cache(maxsize=256)
def codec_of(label: str) -> str:
    """Python's name of the charset, or nothing where there is no such charset."""
    name = label.strip().strip("\"'").lower()[:40]
    name = MEANT.get(name, name)
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    text_to_text = not getattr(found, "_is_text_encoding", True) or found.name in NOT_FOR_LETTERS
    return "" if text_to_text else MEANT.get(found.name, found.name)


def strict(content: bytes, codec: str) -> str | None:
    """The text if every byte has a place in the charset."""
    try:
        return content.decode(codec)
    except (UnicodeError, ValueError):
        return None


def _improbable(content: bytes, codec: str) -> bool:
    """Whether what is called Western is not: in no Western language half of the letters bear accents."""
    if codec not in ("cp1252", "iso8859-15"):
        return False
    sample = content[:LOOKED_AT]
    high = len(ACCENTED.findall(sample))
    letters = high + sum(map(sample.count, map(bytes, ([one] for one in b"abcdefghijklmnopqrstuvwxyz"))))
    return high > 3 and high * 2 > letters


def _guessed(content: bytes, codec: str) -> tuple[str, bool]:
    if codec.startswith("utf"):
        text = content.decode(codec, "replace")
        # A few bytes were lost on the way: the rest is what it says it is.
        if text.count("\ufffd") * 20 < len(text) and len(text.encode(codec, "replace")) > len(text):
            return text, True
    for one in (_cyrillic(content), _by_statistics(content), codec or "cp1252", "cp1252"):
        if one and (text_or_none := strict(content, one)) is not None:
            return text_or_none, True
    return content.decode(codec or "cp1252", "replace"), True


def _cyrillic(content: bytes) -> str:
    """The Cyrillic charset in which the bytes are mostly small Russian letters, if they are in one."""
    sample = b"".join(HIGH.findall(content[:LOOKED_AT]))
    if not sample:
        return ""
    rated = [(sum("а" <= letter <= "я" for letter in sample.decode(one, "replace")), one) for one in CYRILLIC]
    most, name = max(rated)
    ascii_letters = len(re.findall(rb"[A-Za-z]", content[:LOOKED_AT]))
    return name if most * 10 > len(sample) * 7 and len(sample) > ascii_letters else ""


def _by_statistics(content: bytes) -> str:
    found = from_bytes(content[:LOOKED_AT], cp_isolation=list(GUESSES), enable_fallback=False).best()
    return found.encoding if found else ""
