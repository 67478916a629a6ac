"""How ballots are found and shown among results."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy

from collegium.core.search.kinds import Kind, Row, Shown, address

_BALLOTS = """
SELECT e.id, e.title, g.short AS group_short
FROM ballots_ballot b JOIN entries_entry e ON e.id = b.entry_id JOIN groups_group g ON g.entry_id = b.body_id
WHERE e.id = ANY(%s::bigint[]) AND {visible}"""


def show_ballot(row: Row, at: datetime) -> Shown:
    return Shown(row["title"], address("ballots:ballot", row["id"]), (row["group_short"],), at)


BALLOT = Kind(
    gettext_lazy("Ballots"),
    gettext_lazy("Ballot"),
    "vote",
    (("ballot", "title"), ("ballot", "words")),
    _BALLOTS,
    show_ballot,
)
