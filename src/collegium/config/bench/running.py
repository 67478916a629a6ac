"""One run from the corpus to the table. Imported once Django is set up."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.db import connection

from collegium.config import embedded, lease
from collegium.config.bench import (
    archives,
    ballots,
    calls,
    councils,
    digests,
    first,
    letters,
    receiving,
    report,
    signons,
)
from collegium.config.bench.corpus import keeping, loading
from collegium.config.bench.corpus.scale import Scale
from collegium.config.bench.measuring import Run
from collegium.config.bench.serving import Processes, served
from collegium.config.commands import upkeep
from collegium.config.commands.serving import collect_static_files


def run(scale: Scale, path: Path, *, port: int, seconds: float, rounds: int, archive: int) -> None:
    """Measure and print; the figures are kept beside those of other sizes."""
    cluster = embedded.cluster(settings.DATA)
    with lease.in_use(cluster):
        ends = keeping.kept(settings.DATA, scale) or _make(scale)
        loading.put_back(ends)
        # Pages that are made in this process name the files the server would serve.
        collect_static_files()
        try:
            figures = {"letters": letters.measured(tell=click.echo)}
            figures |= {"archives": archives.measured(tell=click.echo, number=archive)}
            figures |= {"digests": digests.measured(tell=click.echo)}
            with councils.council(tell=click.echo):
                figures |= {"calls": calls.measured(tell=click.echo), "ballots": ballots.measured(tell=click.echo)}
                figures |= {"signons": signons.measured(tell=click.echo)}
            loading.put_back(ends)
            figures["incoming"] = receiving.measured(_postmaster(), tell=click.echo)
            loading.put_back(ends)
            figures["first"] = first.measured(port, tell=click.echo, afterwards=lambda: _ready_again(cluster))
            loading.put_back(ends)
            figures |= _measured(port, seconds=seconds, rounds=rounds)
        finally:
            _ready_again(cluster)
            loading.put_back(ends)
            connection.close()
    whole = report.kept(path, figures | {"scale": vars(scale)}, posts=scale.posts)
    click.echo(f"\n{report.table(whole, posts=scale.posts)}\n\nThe figures are in {path}.")


def _ready_again(cluster: embedded.Cluster) -> None:
    """After the server, which took the database down with it."""
    connection.close()
    lease.restart_if_down(cluster)


def _make(scale: Scale) -> dict[str, int]:
    click.echo(f"Making a corpus of {scale.posts:,} posts, once …")
    upkeep.migrate(verbosity=0)
    ends = loading.load(scale, tell=click.echo)
    keeping.keep(settings.DATA, scale, ends)
    return ends


def _measured(port: int, *, seconds: float, rounds: int) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        versions = report.versions(cursor.fetchone()[0])
    click.echo("Starting the server …")
    with served(port, settings.DATA / "serve.log") as supervisor:
        click.echo("Measuring …")
        processes = Processes(supervisor, _postmaster())
        found = Run(port, processes, seconds=seconds, rounds=rounds, tell=click.echo).everything()
    about = {"machine": report.machine(), "versions": versions}
    return found | about | {"at": datetime.now(UTC).isoformat(timespec="seconds"), "seconds": seconds, "rounds": rounds}


def _postmaster() -> int:
    """The database server's process id, as it wrote it down itself."""
    folder = embedded.cluster(settings.DATA).folder
    return int((folder / "postmaster.pid").read_text(encoding="utf-8").splitlines()[0])
