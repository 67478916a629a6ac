"""What becomes of calls' columns when two accounts are joined."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from collegium.core.people.registry import Held, leave

HELD = (
    # Asked twice as two members: the row of the account that is closed stays, and nobody can answer it any more.
    Held("calls.RollRow.person", gettext_lazy("Calls to answer"), once=("call",), twin=leave),
    Held("calls.RollRow.taken_by"),
    Held("calls.Entitlement.person", once=("row",), apart="the roll stays as it was taken, and so does its hash"),
    Held("calls.Ruling.by"),
    Held("calls.Reminder.by"),
    Held("calls.Extension.by"),
    Held("calls.Answer.by", gettext_lazy("Answers to calls")),
    Held("calls.Draft.by"),
    Held("calls.DraftVersion.by"),
    Held("calls.DraftNote.by", gettext_lazy("Notes on drafts")),
    Held("calls.Entitlement.tenure"),
    Held("calls.Answer.tenure"),
)
