"""What walks try: it is done, or refused and then nothing has changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction

from collegium.core.access.errors import Refused


def did(deed: Callable[[], Any], whole: Callable[[], Any]) -> bool:
    """Whether the deed was done; where it was refused, `whole` is as it was before."""
    before = whole()
    try:
        with transaction.atomic():
            deed()
    except Refused:
        assert whole() == before
        return False
    return True
