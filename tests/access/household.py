"""The access table's rows of confirming by one list; canaries in the coverage map, the desks and the health page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import connection
from django.utils import timezone

from collegium.core.access.viewers import Viewer
from collegium.core.files import actions as files
from collegium.core.groups import actions as groups
from collegium.core.mail.models import Letter
from collegium.core.people import actions as people
from collegium.core.people.models import Person
from collegium.core.people.tests.factories import make_person, make_tenure
from collegium.rooms.discussions import actions as discussions
from collegium.web.models import CheckRun

from .table import DONE, PAGE, REFUSED, Row, group, nothing
from .world import CFOS, MEMBERS, NOBODY, OFFICE, World

RUN_CEOS = OFFICE | {"chair"}

CONFIRMING = [
    Row("groups:confirm_together", {PAGE: RUN_CEOS}, group("ceos")),
    Row("groups:confirm_together", {PAGE: OFFICE}, group("board"), state="hidden"),
    Row("groups:confirm_together", {}, group("cfos"), state="open"),
    Row("groups:confirm_together", {REFUSED: RUN_CEOS}, group("ceos"), nothing, state="empty"),
    Row(
        "groups:confirm_together",
        {DONE: RUN_CEOS},
        group("ceos"),
        lambda w: {"chosen": [f"tenure-{w.made['new_ceo'].pk}"], "count": "1"},
        state="one",
    ),
]


def furnish(world: World) -> None:
    _on_the_map(world)
    _at_the_desk(world)
    _of_the_house(world)


def _on_the_map(world: World) -> None:
    """A group that only the council's team knows has a short name, and whoever sits on a seat a title."""
    world.cast.board.short = world.canary("boardshort", OFFICE)
    world.cast.board.save(update_fields=["short"])


def _at_the_desk(world: World) -> None:
    """A deputy of Lagoon leaves: the desk counts what they asked and attached, and never says where else they were."""
    cast, at = world.cast, timezone.now()
    leaver = make_person(f"Sel {world.canary('leavername', MEMBERS).capitalize()}", email="sel@lagoon.example")
    title = f"Deputy for {world.canary('leavertitle', MEMBERS)}"
    tenure = make_tenure(leaver, cast.lagoon, "cfo", capacity="deputy", title=title)
    groups.invite_person(cast.board, tenure=tenure, viewer=world.viewer("staff"), at=at)
    _asks(world, leaver, tenure)
    world.made["handing"] = people.begin_departure(
        leaver, organization=cast.lagoon, last_day=(at + timedelta(days=9)).date(), by=cast.liaison, at=at
    )
    things = {("questions", cast.cfos.pk): cast.peer}
    people.hand_on(world.made["handing"], seats={}, things=things, by=cast.liaison, at=at)


def _asks(world: World, person: Person, tenure: Any) -> None:
    at = timezone.now()
    name, content = world.canary("leaverfile", CFOS), world.canary("leaverbytes", CFOS)
    attached = files.upload(ContentFile(content.encode(), name=f"{name}.txt"), by=person, at=at)
    discussions.open_topic(
        world.cast.cfos,
        kind="question",
        title=f"About {world.canary('leaverasks', CFOS)}",
        raw=f"What of {world.canary('leavertext', CFOS)}?",
        tenure=tenure,
        viewer=Viewer.of(person, at=at),
        at=at,
        attachments=[attached.pk],
    )


_FAILED = """
INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, attempts)
VALUES ('house', 'collegium.core.mail.jobs.send', jsonb_build_object('letter', %s::text), 'failed', 3)"""


def _of_the_house(world: World) -> None:
    """What went wrong, as the team reads it: what a server said, what a check found; not to whom, nor about what."""
    at = timezone.now()
    box, said = world.canary("letterbox", NOBODY), world.canary("refusal", OFFICE)
    Letter.objects.create(
        to=f"{box}@gone.example",
        subject=world.canary("lettersubject", NOBODY),
        text=world.canary("lettertext", NOBODY),
        kind="groups.role_to_confirm",
        written_at=at,
        attempts=1,
        refused=f"550 <{box}@gone.example> {said}",
    )
    CheckRun.objects.create(
        asked_at=at, finished_at=at, total=1, done=1, found=1, findings=[world.canary("finding", OFFICE)]
    )
    with connection.cursor() as cursor:
        cursor.execute(_FAILED, [world.canary("jobargs", NOBODY)])
