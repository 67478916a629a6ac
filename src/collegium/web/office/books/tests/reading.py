"""Reading what the office hands out, and forms filled in well, of which tests spoil a field."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

FACTS = {
    "name": "Society of Kelp Medicine",
    "acronym": "SKM",
    "specialty": "Kelp medicine",
    "about": "We look after kelp.",
    "city": "Atoll City",
    "website": "https://kelp.example",
    "founded": "1907",
    "members": "1200",
    "time_zone": "Pacific/Honolulu",
}
NEW_SOCIETY = FACTS | {"kind": "society", "parent": "", "slug": ""}
TENURE = {
    "function": "cfo",
    "handle": "",
    "name": "Ada Pell",
    "email": "ada@kelp.example",
    "title": "Chief Financial Officer",
    "capacity": "deputy",
    "leadership": "staff",
    "starts_on": "2026-05-01",
    "last_day": "",
}
LONG = "x" * 100_000


def table(response: Any) -> list[dict[str, str]]:
    """The lines of a downloaded table, by the words of its head."""
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))
