"""Instances made of columns that a statement written by hand has read; what was not read stays deferred."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, models


class Columns:
    """Some columns of a model as they stand in a statement under an alias, and the instance they make."""

    def __init__(self, model: type[models.Model], alias: str, *names: str) -> None:
        fields = [field for field in model._meta.concrete_fields if not names or field.attname in names]
        self.model = model
        # The framework's connections leave JSON as text, which its own queries then read.
        self._json = [place for place, field in enumerate(fields) if isinstance(field, models.JSONField)]
        self.names = [str(field.attname) for field in fields]
        self.sql = ", ".join(f"{alias}.{field.column}" for field in fields)

    def take(self, row: Sequence[Any], start: int) -> tuple[Any, int]:
        """The instance whose columns begin at `start`, and where the next ones begin."""
        end = start + len(self.names)
        values = row[start:end]
        if self._json:
            values = [
                json.loads(value) if place in self._json and isinstance(value, str) else value
                for place, value in enumerate(values)
            ]
        return self.model.from_db(DEFAULT_DB_ALIAS, self.names, values), end
