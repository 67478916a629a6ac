"""Words as they are kept: in one spelling, within bounds, or refused with the reason."""

from __future__ import annotations

from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.entries.blocks import MOST_BLOCKS
from collegium.design.text import MAX_BYTES, render_blocks
from collegium.rooms.discussions.rules.topics import cleaned

LONGEST_SUBJECT, LONGEST_NAME, LONGEST_ADDRESS, LONGEST_LINE, LONGEST_REASON = 180, 200, 600, 300, 5_000
# Between text and names there has to be room for a letter.
LONGEST_TEXT = MAX_BYTES // 2


def check_subject(words: str) -> str:
    return cleaned(words, longest=LONGEST_SUBJECT, multiline=False, empty=_("Say what the letter is about."))


def check_addressee(words: str) -> str:
    return cleaned(words, longest=LONGEST_NAME, multiline=False, empty=_("Say to whom it goes."))


def check_name(words: str) -> str:
    return cleaned(words, longest=LONGEST_NAME, multiline=False, empty="")


def check_address(words: str) -> str:
    return cleaned(words, longest=LONGEST_ADDRESS, multiline=True, empty="")


def check_ask(words: str) -> str:
    return cleaned(words, longest=LONGEST_LINE, multiline=False, empty=_("Say in a sentence what it asks."))


def check_line(words: str) -> str:
    return cleaned(words, longest=LONGEST_LINE, multiline=False, empty="")


def check_reason(words: str) -> str:
    return cleaned(words, longest=LONGEST_REASON, multiline=True, empty="")


def check_needed_line(words: str) -> str:
    return cleaned(words, longest=LONGEST_LINE, multiline=False, empty=_("Say it in a line: it is kept."))


def check_text(words: str) -> str:
    """The text as it is kept: at most 50 kB and 400 paragraphs."""
    text = cleaned(words, longest=LONGEST_TEXT, multiline=True, empty=_("Write the text first."))
    if len(text.encode()) > LONGEST_TEXT:
        raise Refused(_("This is too long: a letter has room for %(room)s kB.") % {"room": LONGEST_TEXT // 1000})
    if not 0 < len(render_blocks(text)) <= MOST_BLOCKS:
        raise Refused(_("A text has at most %(most)s paragraphs.") % {"most": MOST_BLOCKS})
    return text
