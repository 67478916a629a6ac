"""What every action's story is told with: what it recorded, what a refusal left alone, what a rollback takes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction

from collegium.core.access.errors import Refused
from collegium.core.trail.models import Event

_APPS = ("access_", "account_", "entries_", "groups_", "notices_", "people_", "procrastinate_jobs", "trail_")


def books() -> dict[str, str]:
    """A digest of every table the core keeps."""
    with connection.cursor() as cursor:
        tables = [name for name in sorted(connection.introspection.table_names(cursor)) if name.startswith(_APPS)]
        parts = [
            f"SELECT '{t}', md5(COALESCE(string_agg(t::text, ',' ORDER BY t::text), '')) FROM {t} t" for t in tables
        ]
        cursor.execute(" UNION ALL ".join(parts))
        return dict(cursor.fetchall())


@contextmanager
def refuses(reason: str) -> Iterator[None]:
    """The deed is refused with this reason and nothing has changed."""
    before = books()
    with pytest.raises(Refused) as caught:
        yield
    assert str(caught.value) == reason
    assert books() == before


class Recorded(list):
    """What was recorded: name -> the rest of each event."""


@contextmanager
def recorded() -> Iterator[Recorded]:
    """Collects the events of the block: `(name, actor, acting for, entry, thing, audience, facts)`, ids all of them."""
    newest = Event.objects.order_by("-id").values_list("id", flat=True).first() or 0
    found = Recorded()
    yield found
    fields = ("name", "actor", "acting_for", "entry", "thing", "audience", "facts")
    found.extend(Event.objects.filter(id__gt=newest).order_by("id").values_list(*fields))


def is_taken_back(deed: Callable[[], Any]) -> bool:
    """Whether a deed that changed something leaves nothing once its transaction fails."""
    before = books()
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012 - done and failed together
        deed()
        assert books() != before
        raise RuntimeError
    return books() == before
