"""What is settled of a letter before societies are asked: they sign under these terms."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from .models import Letter


@dataclass(frozen=True, slots=True)
class Terms:
    """Delivery, policies, signatures needed; `grounds` is the id of the entry of a position it follows from."""

    ask: str
    delivers_on: date
    time_zone: str
    grounds: int | None = None
    is_advocacy: bool = True
    edits: str = Letter.Edits.ALL
    publication: str = Letter.Publication.PUBLIC
    dissent: str = Letter.Dissent.SILENT
    reservations: str = Letter.Reservations.LISTED
    minimum: int = 1
    late_until: datetime | None = None

    def columns(self) -> dict[str, Any]:
        """As they stand in a letter's row."""
        return {"grounds_id" if name == "grounds" else name: value for name, value in asdict(self).items()}


@dataclass(frozen=True, slots=True)
class Wording:
    """All that stands above the names."""

    addressee: str
    subject: str
    raw: str
    office: str = ""
    address: str = ""
