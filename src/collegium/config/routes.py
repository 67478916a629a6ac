"""What may stand in an address beside words."""

from __future__ import annotations


class Number:
    """An id or another whole number that the database can hold; any other address does not exist.

    Django's own `int` takes numbers of any length, which a statement of our own would hand to the database.
    """

    regex = "[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)
