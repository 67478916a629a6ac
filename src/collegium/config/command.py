"""The `collegium` command: its words and what each may be told. What they do is in `commands/`."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import click
import django
from django.conf import settings
from django.core.management.base import CommandError
from django.db import OperationalError
from django.utils.module_loading import import_string

from collegium.config import embedded, environment, lease
from collegium.config.binaries import DatabaseTrouble

FOLDER = click.Path(file_okay=False, path_type=Path)


class Words(click.Group):
    """Says what went wrong with the surroundings in a sentence, without a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        signal.signal(signal.SIGTERM, _leave)
        try:
            return super().invoke(ctx)
        except (environment.Misconfigured, DatabaseTrouble, lease.AlreadyServed, CommandError) as trouble:
            raise click.ClickException(str(trouble)) from None
        except OperationalError as trouble:
            raise click.ClickException(f"the database cannot be reached: {str(trouble).strip()}") from None


def _leave(_number: int, _frame: Any) -> None:
    """End as by Ctrl-C, so that what was opened is closed again."""
    sys.exit(128 + signal.SIGTERM)


def carry_out(deed: str, *, as_owner: bool = False, **arguments: Any) -> None:
    """Set Django up in the right role, hold the database open, and do the deed named `module.function`."""
    os.environ["COLLEGIUM_ROLE"] = "owner" if as_owner else "serve"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "collegium.config.settings")
    django.setup()
    holding = lease.in_use(embedded.cluster(settings.DATA)) if settings.EMBEDDED else nullcontext()
    with holding:
        import_string(f"collegium.config.commands.{deed}")(**arguments)


@click.group(cls=Words)
def main() -> None:
    """Run and keep a council's platform."""


@main.command()
@click.option("--demo", is_flag=True, help="Load the demo council first, where it is not loaded yet.")
def serve(demo: bool) -> None:
    """Serve: database, web and worker, until Ctrl-C."""
    # The supervisor stays small: what needs Django runs in processes of its own.
    supervise = import_string("collegium.config.supervisor.supervise")
    sys.exit(supervise(environment.read(os.environ), load_demo=demo))


@main.command()
def migrate() -> None:
    """Bring the database's tables up to date."""
    carry_out("upkeep.migrate", as_owner=True)


@main.command()
def check() -> None:
    """Check settings, database, jobs and the invariants; exit with 1 where something is wrong."""
    carry_out("upkeep.check")


@main.command()
def demo() -> None:
    """Load the demo council, once."""
    carry_out("council.load_demo")


@main.command()
@click.option("--preset", required=True, help="Which preset, such as medical-specialties.")
@click.option("--name", default="", help="The council's name; asked for where there is no council yet.")
@click.option("--acronym", default="", help="What the council is called for short.")
def seed(preset: str, name: str, acronym: str) -> None:
    """Set up a council with the functions, groups and related bodies of a preset."""
    carry_out("council.seed", preset=preset, name=name, acronym=acronym)


@main.command("create-staff")
@click.option("--name", prompt="Name")
@click.option("--email", prompt="E-mail address")
def create_staff(name: str, email: str) -> None:
    """Make a person of the council's team, who can then let in the others."""
    carry_out("council.create_staff", name=name, email=email)


@main.command("import-roster")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Carry it out without asking.")
@click.option("--encoding", default="", help="How the text is written, such as utf-8 or cp1252; else it is found out.")
def import_roster(file: Path, yes: bool, encoding: str) -> None:
    """Compare a roster (CSV, XLSX, ODS, XLS) with who holds which seat, show what it would change, and do that."""
    carry_out("rosters.import_roster", file=file, yes=yes, encoding=encoding)


@main.command("import-mbox")
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--group", required=True, help="The short name of the group, as in the address of its page.")
def import_mbox(file: Path, group: str) -> None:
    """Bring in the archive of a mailing list (mbox, Maildir, Mailman, Groups.io), sealed; run again, it goes on."""
    carry_out("archives.import_mbox", file=file, group=group)


@main.command("export-group")
@click.argument("group")
@click.option("--to", type=click.Path(dir_okay=False, path_type=Path), help="The file to write; else named by the day.")
def export_group(group: str, to: Path | None) -> None:
    """Give back all that was said in a group: a mailbox, its files and JSON, in a ZIP file."""
    carry_out("archives.export_group", group=group, to=to)


@main.command()
@click.argument("folder", type=FOLDER)
def backup(folder: Path) -> None:
    """Write database and files into a new folder."""
    carry_out("keeping.back_up", as_owner=True, folder=folder)


@main.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Replace what the database holds.")
def restore(folder: Path, replace: bool) -> None:
    """Bring database and files back from a backup's folder."""
    carry_out("keeping.restore", as_owner=True, folder=folder, replace=replace)


@main.command()
def shell() -> None:
    """Open Python with the models at hand."""
    carry_out("developing.shell")


@main.command(context_settings={"ignore_unknown_options": True}, add_help_option=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def bench(arguments: tuple[str, ...]) -> None:
    """Measure speed and size on a large invented corpus."""
    measure = import_string("collegium.config.bench.main")
    measure(list(arguments))


@main.command("django", context_settings={"ignore_unknown_options": True}, add_help_option=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def django_command(arguments: tuple[str, ...]) -> None:
    """Run one of Django's own commands, such as makemigrations, as the owner of the tables."""
    carry_out("developing.django_command", as_owner=True, arguments=arguments)


@main.command(hidden=True)
def prepare() -> None:
    """What `serve` does before it serves."""
    carry_out("serving.prepare", as_owner=True)


@main.command(hidden=True)
def web() -> None:
    """The web process of `serve`."""
    serve_web = import_string("collegium.config.web.serve")
    serve_web(environment.read(os.environ))


@main.command(hidden=True)
def worker() -> None:
    """The worker process of `serve`."""
    carry_out("serving.work")


@main.command(hidden=True)
def letters() -> None:
    """The process of `serve` for letters."""
    carry_out("posting.post")
