"""What the checks of the places do alike: statements that name what contradicts itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import connection

# Of what one statement finds so many are told: they mostly have one cause.
_MOST = 20


def sentences(statements: Iterable[str], told: Mapping[str, Any] | None = None) -> Iterator[str]:
    """What each statement of (id, sentence) finds, in the order of the ids; at most twenty of each."""
    for sql in statements:
        with connection.cursor() as cursor:
            cursor.execute(f"{sql} ORDER BY 1 LIMIT {_MOST}", told)
            found = cursor.fetchall()
        for _thing, sentence in found:
            yield sentence
