"""How letters are found and shown among results."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy

from collegium.core.search.kinds import Kind, Row, Shown, address

from .course import STATES

_LETTERS = """
SELECT e.id, e.title, e.state, v.addressee FROM signons_letter l JOIN entries_entry e ON e.id = l.entry_id
JOIN signons_version v ON v.id = l.current_id
WHERE e.id = ANY(%s::bigint[]) AND {visible}"""


def show_letter(row: Row, at: datetime) -> Shown:
    return Shown(
        row["title"], address("signons:letter", row["id"]), (row["addressee"], str(STATES[row["state"]].label)), at
    )


LETTER = Kind(
    gettext_lazy("Sign-on letters"),
    gettext_lazy("Sign-on letter"),
    "mail",
    (("signon", "title"), ("signon", "text")),
    _LETTERS,
    show_letter,
)
