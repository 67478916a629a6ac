"""The access table's rows of addresses from which letters come back."""

from __future__ import annotations

from .account import PEER, own_address
from .table import AWAY, Row, nothing

RECOVERY = [
    Row("account:address_recovery", {AWAY: PEER}, own_address, nothing),
    Row("account:address_recovery", {}, lambda w: {"pk": 999_999}, nothing, state="unknown"),
]
