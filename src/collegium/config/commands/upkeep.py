"""Keeping the database up to date and telling what is wrong: `migrate`, `check`."""

from __future__ import annotations

from collections.abc import Iterator

import click
from django.conf import settings
from django.core import checks as django_checks
from django.core.management import call_command
from django.db import DatabaseError, connection

from collegium.config import embedded, health, installation, roles
from collegium.config.binaries import DatabaseTrouble
from collegium.core.access.registry import checks

ONE_AT_A_TIME = 3_260_941  # the advisory lock of whoever changes tables; any number of our own


def migrate(*, verbosity: int = 1) -> None:
    """Bring tables, shared cache and the serving role's rights up to date. One process does it at a time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        try:
            installation.refuse_other_mode()
            call_command("migrate", interactive=False, verbosity=verbosity)
            call_command("createcachetable", verbosity=0)
            installation.claim()
            role = serving_role()
            if role:
                roles.grant(role)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])


def serving_role() -> str | None:
    """The database role the pages come as; `None` where it is the owner's own."""
    if settings.EMBEDDED:
        return embedded.SERVE
    serving, owning = settings.ENVIRONMENT.database, settings.ENVIRONMENT.owner_database
    if not serving or not owning or serving["USER"] == owning["USER"]:
        return None
    return str(serving["USER"])


def check() -> None:
    """Print every problem there is; exit with 1 where there is one."""
    complaints = django_checks.run_checks(include_deployment_checks=settings.MODE == "production")
    found = [str(complaint) for complaint in complaints if complaint.is_serious()]
    found.extend(problems())
    for problem in found:
        click.echo(f"Problem: {problem}")
    for hint in [*(str(complaint) for complaint in complaints if not complaint.is_serious()), *hints()]:
        click.echo(f"Note: {hint}")
    if found:
        raise SystemExit(1)
    click.echo("All is well.")


def problems() -> Iterator[str]:
    """What is wrong with database, jobs and the house's invariants."""
    try:
        installation.current()
    except DatabaseTrouble as trouble:
        yield str(trouble)
        return
    except DatabaseError as trouble:
        yield f"the database cannot be reached: {str(trouble).strip()}"
        return
    waiting = installation.unapplied()
    if waiting:
        yield f"{len(waiting)} migrations are not applied ({waiting[0]}, …): {installation.MIGRATE}."
        return
    yield from _problems_of_jobs()
    for name in checks.names():
        yield from checks.get(name)()


def _problems_of_jobs() -> Iterator[str]:
    state = health.measure()
    if state["queue_oldest_seconds"] > health.OLDEST_JOB:
        yield (
            f"{state['queue_due']} jobs are due and the oldest has waited {state['queue_oldest_seconds']:.0f} s: "
            "is `collegium serve` running?"
        )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name, count(*) FROM procrastinate_jobs WHERE status = 'failed' GROUP BY 1 ORDER BY 1"
        )
        for task, number in cursor.fetchall():
            yield f"{number} jobs of the kind {task} failed for good; the log says why."


def hints() -> Iterator[str]:
    """What is not wrong, and yet worth knowing."""
    try:
        state = health.measure()
        rewritable = roles.may_change_the_trail()
    except DatabaseError:
        return
    if rewritable:
        yield (
            f"The role the pages come as may rewrite {' and '.join(rewritable)}: make a second role, "
            "put it into DATABASE_URL and the tables' owner into DATABASE_OWNER_URL, and run `collegium migrate`."
        )
    yield f"{state['queue_due']} jobs are due."
    heartbeat = state["worker_heartbeat_seconds"]
    yield (
        "No worker is running." if heartbeat is None else f"The worker last gave a sign of life {heartbeat:.0f} s ago."
    )
