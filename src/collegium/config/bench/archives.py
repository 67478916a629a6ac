"""How fast the archive of a mailing list comes in, beside a plain loop that only parses its letters."""

from __future__ import annotations

import mailbox
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils import timezone

from collegium.config.bench.crowds import Work
from collegium.core.groups.models import Group
from collegium.rooms.archives.carrying import bring_archive

LETTERS = 4_000
_WORDS = (
    "reserve audit society foundation registry budget policy board member delegate meeting grant overhead cost journal "
    "insurance contract question answer agree propose vote share report committee draft review deadline budget staff"
).split()
# What a run leaves, rows that others refer to last; events and their seals are put back with those of other runs.
_GONE = (
    "DELETE FROM archives_pastletter",
    "DELETE FROM archives_intake",
    "DELETE FROM archives_pastauthor",
    "DELETE FROM archives_archive",
    "DELETE FROM entries_passage p USING discussions_topic t WHERE t.entry_id = p.entry_id AND t.imported > 0",
    "DELETE FROM discussions_post p USING discussions_topic t WHERE t.entry_id = p.topic_id AND t.imported > 0",
    "WITH gone AS (DELETE FROM discussions_topic WHERE imported > 0 RETURNING entry_id) "
    "DELETE FROM entries_entry e USING gone WHERE e.id = gone.entry_id",
)


def measured(tell: Callable[[str], object], *, number: int = LETTERS) -> dict[str, Any]:
    """So many letters into a group; letters a second and processor time of each, all processes counted."""
    tell("Bringing in an archive …")
    group = Group.objects.order_by("pk")[0]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.mbox"
        with path.open("wb") as file:
            file.writelines(_letters(number))
        try:
            return _brought(group, path) | {"naive": _loop(path)}
        finally:
            with connection.cursor() as cursor:
                for statement in _GONE:
                    cursor.execute(statement)


def _brought(group: Group, path: Path) -> dict[str, float]:
    others = resource.getrusage(resource.RUSAGE_CHILDREN)
    before = Work()
    result = bring_archive(group, path, at=timezone.now())
    spent = before.since()
    now = resource.getrusage(resource.RUSAGE_CHILDREN)
    reading = now.ru_utime + now.ru_stime - others.ru_utime - others.ru_stime
    return {
        "letters": result.posts,
        "per_second": result.posts / spent.clock,
        "cpu": (spent.own + spent.database + reading) / result.posts * 1000,
        "cpu_reading": reading / result.posts * 1000,
        "cpu_database": spent.database / result.posts * 1000,
    }


def _loop(path: Path) -> dict[str, float]:
    """What the language's own library needs to look at each letter: nothing is kept, drawn or found afterwards."""
    begun, clock = time.process_time(), time.monotonic()
    number = 0
    with closing(mailbox.mbox(path)) as letters:
        for key in letters.iterkeys():
            letter = message_from_bytes(letters.get_bytes(key), policy=policy.default)
            body = letter.get_body()
            _seen = (
                letter["from"],
                letter["subject"],
                letter["date"],
                letter["references"],
                body and body.get_content(),
            )
            number += 1
    cpu, spent = time.process_time() - begun, time.monotonic() - clock
    return {"per_second": number / spent, "cpu": cpu / number * 1000}


def _letters(number: int) -> Iterator[bytes]:
    """Threads of two to nine letters by two hundred people, with quotes and signatures as people leave them."""
    chance, at, last = random.Random(7), datetime(2009, 1, 5, 8, tzinfo=UTC), ""  # noqa: S311 - an invented corpus
    left, subject, said = 0, "", ""
    for n in range(number):
        if not left:
            left, subject, last, said = chance.randint(2, 9), " ".join(chance.sample(_WORDS, 4)), "", ""
        at += timedelta(minutes=chance.randint(3, 600))
        text = "\n\n".join(
            " ".join(chance.choices(_WORDS, k=chance.randint(20, 90))) for _one in range(chance.randint(1, 4))
        )
        quoted = "".join(f"> {line}\n" for line in said.splitlines())
        head = [
            f"From bench-{n % 200}@measured.example {at:%a %b %e %H:%M:%S %Y}",
            f"From: Bench {n % 200} Person <bench-{n % 200}@measured.example>",
            f"Subject: {'Re: ' if last else ''}[bench] {subject}",
            f"Date: {format_datetime(at)}",
            f"Message-ID: <bench-{n}@measured.example>",
            *([f"In-Reply-To: {last}", f"References: {last}"] if last else []),
            "List-Id: <bench.measured.example>",
            "Precedence: list",
            "Content-Type: text/plain; charset=utf-8",
        ]
        body = (
            f"{text}\n\nOn Monday Bench {n % 200} wrote:\n{quoted}\n-- \nBench {n % 200}\n" if quoted else f"{text}\n"
        )
        yield ("\n".join(head) + f"\n\n{body}\n").encode()
        last, said, left = f"<bench-{n}@measured.example>", text[:400], left - 1
