"""The access table's rows of confirming by one list."""

from __future__ import annotations

from .table import DONE, PAGE, REFUSED, Row, group, nothing
from .world import OFFICE

RUN_CEOS = OFFICE | {"chair"}

CONFIRMING = [
    Row("groups:confirm_together", {PAGE: RUN_CEOS}, group("ceos")),
    Row("groups:confirm_together", {PAGE: OFFICE}, group("board"), state="hidden"),
    Row("groups:confirm_together", {}, group("cfos"), state="open"),
    Row("groups:confirm_together", {REFUSED: RUN_CEOS}, group("ceos"), nothing, state="empty"),
    Row(
        "groups:confirm_together",
        {DONE: RUN_CEOS},
        group("ceos"),
        lambda w: {"chosen": [f"tenure-{w.made['new_ceo'].pk}"], "count": "1"},
        state="one",
    ),
]
