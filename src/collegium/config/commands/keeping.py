"""Keeping a council's memory safe: `backup`, `restore`."""

from __future__ import annotations

from pathlib import Path

import click
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from collegium.config import archive, installation, lease
from collegium.config.archive import BadBackup
from collegium.config.commands import upkeep
from collegium.core.trail.actions import begin_era


def back_up(*, folder: Path) -> None:
    """Write the database and then the files: a file may lack its row, a row never its file."""
    installation.current()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise click.ClickException(f"{folder} is not empty: name a new folder.")
    archive.dump_database(folder)
    archive.copy_out(default_storage, folder)
    applied = sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())
    manifest = archive.sealed(folder, mode=settings.MODE, made_at=timezone.now().isoformat(), migrations=applied)
    click.echo(f"Backed up into {folder}: the database and {len(manifest.contents) - 1} files.")


def restore(*, folder: Path, replace: bool) -> None:
    """Verify the backup, put its database and files in place, and begin a new era of the trail."""
    try:
        manifest = archive.verified(folder)
        _refuse_what_does_not_fit(manifest)
    except BadBackup as trouble:
        raise click.ClickException(str(trouble)) from None
    with lease.the_only_server(settings.DATA):
        _refuse_to_overwrite(replace)
        archive.load_database(folder)
        archive.copy_in(folder, default_storage)
        upkeep.migrate(verbosity=0)
        # Transaction ids, by which the trail orders events, start anew in another cluster.
        begin_era(at=timezone.now())
    click.echo(f"Restored the backup of {manifest.made_at}: the database and {len(manifest.contents) - 1} files.")


def _refuse_what_does_not_fit(manifest: archive.Manifest) -> None:
    if manifest.mode != settings.MODE:
        raise BadBackup(f"This is the backup of a {manifest.mode} installation: set COLLEGIUM_MODE={manifest.mode}.")
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    newer = sorted(set(manifest.migrations) - known)
    if newer:
        raise BadBackup(
            f"The backup was made by a newer Collegium, {manifest.version} (it has {newer[0]}): install that."
        )


def _refuse_to_overwrite(replace: bool) -> None:
    if replace:
        installation.refuse_other_mode()
        return
    if archive.holds_anything() or any(True for _name in archive.names(default_storage)):
        raise click.ClickException("The database or the files are not empty: add --replace to lose what they hold.")
