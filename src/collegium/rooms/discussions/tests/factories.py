"""Topics and posts for tests, made through the actions, and what a test looks at afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from collegium.core.access.errors import Refused
from collegium.core.files import actions as files
from collegium.core.files.models import Attachment
from collegium.core.groups.models import Group
from collegium.core.groups.tests.cast import Cast
from collegium.core.notices.jobs import wake
from collegium.core.notices.models import Notification
from collegium.core.trail.models import Event
from collegium.rooms.discussions import actions
from collegium.rooms.discussions.models import Post, Topic

_numbers = count(1)

_LOOKED_AT = (
    "entries.Entry",
    "discussions.Topic",
    "discussions.Post",
    "discussions.Revision",
    "discussions.ReadMark",
    "discussions.ReadAll",
    "discussions.Report",
    "discussions.HeldPost",
    "discussions.Continuation",
    "access.Audience",
    "groups.Group",
    "entries.Passage",
    "files.Attachment",
    "notices.Follow",
    "notices.Notification",
    "trail.Event",
)


def make_topic(cast: Cast, *, by: str = "peer", group: Group | None = None, **facts: Any) -> Topic:
    """A question of the peer to the CFOs, unless said otherwise."""
    number = next(_numbers)
    facts.setdefault("kind", "question")
    facts.setdefault("title", f"Question {number}?")
    facts.setdefault("raw", f"What do you think of number {number}?")
    facts.setdefault("tenure", cast.tenures[by])
    facts.setdefault("at", cast.at)
    return actions.open_topic(group or cast.cfos, viewer=cast.viewer(by), **facts)


def make_answer(cast: Cast, topic: Topic, *, by: str = "colleague", **facts: Any) -> Post:
    """An answer of the colleague, unless said otherwise."""
    facts.setdefault("raw", f"Answer {next(_numbers)}.")
    facts.setdefault("tenure", cast.tenures[by])
    facts.setdefault("at", cast.at)
    return actions.answer_topic(topic, viewer=cast.viewer(by), **facts)


def make_upload(cast: Cast, name: str = "keys.csv", *, by: str = "colleague", text: str = "pool,key\n") -> Attachment:
    """A file that waits for its post."""
    return files.upload(SimpleUploadedFile(name, text.encode()), by=getattr(cast, by), at=cast.at)


def first_post(topic: Topic) -> Post:
    return Post.objects.get(topic=topic, number=1)


def everything() -> dict[str, list[Any]]:
    """All rows an action here could change, to compare before and after."""
    rows = {name: list(apps.get_model(name).objects.order_by("pk").values()) for name in _LOOKED_AT}
    return rows | {"jobs": list(ProcrastinateJob.objects.order_by("pk").values("pk", "args"))}


@contextmanager
def refused(reason: str) -> Iterator[None]:
    """What happens inside is refused with exactly this reason, and changes nothing."""
    before = everything()
    with pytest.raises(Refused) as refusal:
        yield
    assert str(refusal.value) == reason
    assert everything() == before


class _FailedLater(Exception):
    pass


def fail_after(deed: Callable[[], Any]) -> None:
    """Do a deed in a transaction that fails afterwards: nothing of it may be left."""
    before = everything()
    with pytest.raises(_FailedLater), transaction.atomic():
        _do_and_fail(deed)
    assert everything() == before


def _do_and_fail(deed: Callable[[], Any]) -> None:
    deed()
    raise _FailedLater


def last_event() -> dict[str, Any]:
    """The newest event without the numbers the database gave it."""
    event = Event.objects.latest("pk")
    fields = [field for field in Event._meta.fields if field.attname not in ("id", "transaction_id")]
    return {field.attname: field.value_from_object(event) for field in fields}


def tell() -> list[tuple[str, str]]:
    """Run the jobs that wait, as the worker would; who was told what of conversations, as (handle, notice)."""
    known = set(Notification.objects.values_list("pk", flat=True))
    for job in list(ProcrastinateJob.objects.filter(task_name=wake.name).order_by("pk")):
        wake(**job.args)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    new = Notification.objects.exclude(pk__in=known).filter(notice__startswith="discussions.")
    rows = new.select_related("person").order_by("pk")
    return [(row.person.handle, row.notice.removeprefix("discussions.")) for row in rows]
