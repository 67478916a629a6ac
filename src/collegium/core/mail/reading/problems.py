"""What was odd about a letter, for the office: a code for the books, and its sentence."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

PROBLEMS = {
    "too-large": _("It was so large that only its beginning was read."),
    "head-cut": _("Its head was so long that the rest of it was not read."),
    "parts-left-out": _("It had so many parts, or parts in parts, that some were not read."),
    "text-cut": _("Its text was so long that the end was left out."),
    "charset-guessed": _("It did not say truly how its letters are encoded; they were guessed."),
    "from-missing": _("It names no sender."),
    "from-several": _("It names several senders."),
    "from-malformed": _("The address of its sender is none."),
    "message-id-missing": _("It has no message number of its own."),
    "message-id-malformed": _("Its own message number is none."),
    "message-id-several": _("It has several message numbers; the first counts."),
    "date-missing": _("It does not say when it was written."),
    "date-absurd": _("It says it was written at a time that cannot be."),
    "winmail-opened": _("It came as a winmail.dat, which was opened."),
    "winmail-unreadable": _("It came with a winmail.dat that could not be opened."),
    "encrypted": _("It is encrypted and cannot be read here."),
    "sealed-unreadable": _("It is wrapped in a signature that could not be opened."),
    "nothing-written": _("Nothing was written but what it quotes."),
    "failed-parts": _("Its parts could not be told apart."),
    "failed-head": _("Its head could not be read."),
    "failed-text": _("Its text could not be read."),
    "failed-report": _("The report it brings could not be read."),
}
"""Each code a `Reading` may bear. A `failed-…` is a fault of ours: it is told, and the rest of the letter is read."""
