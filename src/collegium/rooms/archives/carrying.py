"""A whole archive brought in: looked through, put into threads, read, and written a part at a time."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import connection
from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.groups.models import Group

from .actions import begin_intake, bring_in, end_intake
from .course import Arrived, Course
from .models import Intake, PastLetter
from .processes import number_here
from .reading import Brought, Place, brought_in
from .scanning import Scanned, dated, scanned
from .sources import opened
from .threads import tag_of, threads_of

# One of the house's advisory locks, with the group: one run at a time.
BRINGING = 0xA7C1
# Letters, and bytes of what they say and bring along, that are written at once.
PART, PART_BYTES = 250, 32_000_000
# With fewer letters it takes longer to begin other processes than to read them.
WORTH_PROCESSES = 600

Tell = Callable[[int], object]


@dataclass(slots=True)
class Result:
    """What a run came to; `intake` is None where nothing was new."""

    intake: Intake | None
    found: int
    known: int
    posts: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    redated: int = 0
    files_left_out: int = 0
    passed_over: list[str] = field(default_factory=list)


def bring_archive(
    group: Group, path: Path, *, at: datetime, begun: Tell = int, told: Tell = int, processes: int | None = None
) -> Result:
    """Bring a mailing list's archive into a group; what was brought in before is left alone.

    `begun` is told how many letters are to be read, `told` each time how many more were. Raises Unusable for what is no
    archive, and Refused.
    """
    with tempfile.TemporaryDirectory(prefix="collegium-archive-") as scratch, _alone(group):
        source = opened(path, Path(scratch))
        letters = list(scanned(source.pieces, at))
        dated(letters, at)
        tag = tag_of([letter.subject for letter in letters])
        course = Course(group, tag, threads_of(letters, tag), letters, source.names)
        course.recall()
        wanted = _wanted(course)
        begun(len(wanted))
        paths = [str(piece.path.absolute()) for piece in source.pieces]
        intake = begin_intake(group, name=path.name[:200], at=at)
        _carry(intake, course, wanted, paths, told=told, processes=processes)
        known = len(letters) - len(wanted)
        is_kept = end_intake(intake, found=len(letters), known=known, passed_over=len(source.passed_over), at=at)
    result = Result(intake if is_kept else None, len(letters), known, passed_over=source.passed_over)
    return _counted(result) if is_kept else result


@contextmanager
def _alone(group: Group) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s::bigint::int)", [BRINGING, group.pk % 2**31])
        if not cursor.fetchone()[0]:
            raise Refused(_("An archive is being brought into this group already."))
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s::bigint::int)", [BRINGING, group.pk % 2**31])


def _wanted(course: Course) -> list[tuple[int, int]]:
    """Number and thread of the letters that are not known yet, in the order they are written; each once."""
    seen, wanted = set(course.known), []
    for thread, one in enumerate(course.threads):
        for number in one.letters:
            digest = course.letters[number].digest
            if digest not in seen:
                seen.add(digest)
                wanted.append((number, thread))
    return wanted


def _carry(
    intake: Intake,
    course: Course,
    wanted: list[tuple[int, int]],
    paths: list[str],
    *,
    told: Tell,
    processes: int | None,
) -> None:
    threads = dict(wanted)
    part: list[Arrived] = []
    size = 0
    for brought in _read(course.letters, wanted, paths, processes):
        part.append(Arrived(course.letters[brought.number], brought, threads[brought.number]))
        size += _size(brought)
        if len(part) == PART or size > PART_BYTES:
            bring_in(intake, part, course)
            told(len(part))
            part, size = [], 0
    if part:
        bring_in(intake, part, course)
        told(len(part))


def _read(
    letters: list[Scanned], wanted: list[tuple[int, int]], paths: list[str], processes: int | None
) -> Iterator[Brought]:
    """What the letters say, in their order; of those that are too large nothing is read."""
    if processes is None:
        processes = number_here() if len(wanted) >= WORTH_PROCESSES else 0
    places = (
        Place(number, paths[letters[number].piece], letters[number].start, letters[number].end)
        for number, _thread in wanted
        if not letters[number].is_too_large
    )
    found = brought_in(places, processes=processes)
    for number, _thread in wanted:
        if letters[number].is_too_large:
            yield Brought(number, reason=PastLetter.Reason.TOO_LARGE)
        else:
            yield next(found)


def _size(brought: Brought) -> int:
    return len(brought.markdown) + len(brought.removed) + sum(len(content) for _name, content in brought.files)


def _counted(result: Result) -> Result:
    assert result.intake is not None  # asked by the caller
    letters = PastLetter.objects.filter(intake=result.intake)
    result.posts = letters.filter(post__isnull=False).count()
    result.left_out = Counter(letters.filter(post=None).values_list("reason", flat=True))
    result.redated = letters.filter(post__isnull=False).exclude(dated_by="").count()
    result.files_left_out = sum(letters.filter(files_left_out__gt=0).values_list("files_left_out", flat=True))
    return result
