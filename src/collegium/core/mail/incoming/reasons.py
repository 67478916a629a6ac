"""Why a letter was not done as it asked: codes as they are kept, and what each says to the council's team."""

from django.utils.translation import gettext_lazy as _

REASONS = {
    "automatic": _("A machine wrote it: an out-of-office reply or the like."),
    "own": _("It is a letter of our own that came back."),
    "bounce": _("A mail server says that a letter of ours was not delivered. It counts against the address."),
    "late": _("A mail server says that a letter of ours is late, or arrived: nothing follows from it."),
    "unknown_bounce": _("It says that a letter was not delivered, but not which of ours: it counts for nothing."),
    "complaint": _("A reader's mail provider passes on a complaint. That kind of letter is stopped for the reader."),
    "unknown_complaint": _("It is a complaint about a letter that is not ours, or not known any more."),
    "too_many": _("Its sender wrote too many letters in a short time."),
    "no_sender": _("It has no single sender's address."),
    "stranger": _("Nobody here has its sender's address."),
    "no_such_address": _("There is no such address, or none for its sender."),
    "another_person": _("The address it went to was made for somebody else."),
    "unproved": _("Whether it is from whom it says could not be proved."),
    "encrypted": _("It is encrypted, and cannot be read here."),
    "rule": _("A rule of the place stood against it."),
    "error": _("Something went wrong while it was handled."),
}
