"""A backup's folder: the database's dump, the files, and a manifest by which both are verified."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.core.files.storage import Storage
from django.db import connection
from psycopg.conninfo import make_conninfo

from collegium import __version__
from collegium.config import binaries
from collegium.config.binaries import DatabaseTrouble

FORMAT = 1
DUMP = "database.dump"
FILES = "files"
MANIFEST = "manifest.json"

# Our programs write this line; servers older than they do not know the setting.
NOT_FOR_OLDER_SERVERS = b"SET transaction_timeout = 0;\n"


class BadBackup(Exception):
    """A backup's folder is incomplete, damaged or of another kind; the message says which."""


@dataclass(frozen=True)
class Manifest:
    """What a backup holds: `contents` maps each file's name to its SHA-256, `migrations` are those applied."""

    format: int
    version: str
    mode: str
    made_at: str
    migrations: list[str]
    contents: dict[str, str]

    def write(self, folder: Path) -> None:
        (folder / MANIFEST).write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")


def sealed(folder: Path, *, mode: str, made_at: str, migrations: list[str]) -> Manifest:
    """Write the manifest of what now lies in the folder; it comes last, so a backup without one is not finished."""
    contents = {str(path.relative_to(folder)): _digest(path) for path in sorted(folder.rglob("*")) if path.is_file()}
    manifest = Manifest(FORMAT, __version__, mode, made_at, migrations, contents)
    manifest.write(folder)
    return manifest


def verified(folder: Path) -> Manifest:
    """The manifest of a whole and undamaged backup. Raises BadBackup."""
    try:
        manifest = Manifest(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise BadBackup(f"{folder} is not a finished backup: it has no {MANIFEST}.") from None
    except (ValueError, TypeError) as error:
        raise BadBackup(f"{folder / MANIFEST} cannot be read: {error}.") from None
    if manifest.format != FORMAT:
        raise BadBackup(f"{folder} has format {manifest.format}, and this Collegium reads {FORMAT}.")
    for name, digest in manifest.contents.items():
        path = folder / name
        if not path.resolve().is_relative_to(folder.resolve()):
            raise BadBackup(f"The backup names a file outside its folder: {name}.")
        if not path.is_file():
            raise BadBackup(f"The backup lacks {name}.")
        if _digest(path) != digest:
            raise BadBackup(f"{name} is not what was backed up: its checksum differs.")
    return manifest


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def dump_database(folder: Path) -> None:
    """Write the database, as of one moment, into the folder."""
    arguments = ["--format=custom", "--no-owner", "--no-privileges", f"--file={folder / DUMP}"]
    address, environ = _address()
    _programs().run("pg_dump", *arguments, f"--dbname={address}", environ=environ, ours=True)


def load_database(folder: Path) -> None:
    """Put the dump in the place of all the database holds, in one transaction: all of it or, on any error, nothing."""
    address, environ = _address()
    programs = _programs()
    connection.close()
    script = [str(programs.folder / "pg_restore"), "--no-owner", "--no-privileges", "--file=-", str(folder / DUMP)]
    restore = [str(programs.folder / "psql"), "--no-psqlrc", "--quiet", "--output=/dev/null", f"--dbname={address}"]
    restore += ["--single-transaction", "--set=ON_ERROR_STOP=1"]
    restore += ["--command=SET client_min_messages = warning", "--command=DROP SCHEMA IF EXISTS public CASCADE"]
    restore += ["--command=CREATE SCHEMA public", "--file=-"]
    with (
        subprocess.Popen(script, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as reader,  # noqa: S603 - our programs
        subprocess.Popen(restore, stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=environ) as writer,  # noqa: S603 - ours too
    ):
        assert reader.stdout
        assert reader.stderr
        assert writer.stdin
        assert writer.stderr
        with suppress(BrokenPipeError):  # psql stopped at an error, and says which
            writer.stdin.writelines(line for line in reader.stdout if line != NOT_FOR_OLDER_SERVERS)
            writer.stdin.flush()
        reader.stdout.close()
        with suppress(BrokenPipeError):
            writer.stdin.close()
        complaints = reader.stderr.read() + writer.stderr.read()
    if reader.returncode or writer.returncode:
        raise DatabaseTrouble(f"The database was not restored and is as it was: {complaints.decode(errors='replace')}")


def _programs() -> binaries.Binaries:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
        return binaries.for_server(cursor.fetchone()[0])


def _address() -> tuple[str, dict[str, str]]:
    """The connection's address without its password, and an environment that holds that."""
    parameters: dict[str, Any] = connection.get_connection_params()
    known = {"dbname", "user", "host", "port", "sslmode", "sslrootcert", "sslcert", "sslkey", "channel_binding"}
    address = {name: value for name, value in parameters.items() if name in known}
    return make_conninfo(**address), {"PGPASSWORD": str(parameters.get("password", ""))}


def holds_anything() -> bool:
    """Whether the database has tables."""
    return bool(connection.introspection.table_names())


def copy_out(storage: Storage, folder: Path) -> None:
    """Copy every stored file into the folder."""
    for name in names(storage):
        target = folder / FILES / name
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with storage.open(name) as source, target.open("wb") as file:
            shutil.copyfileobj(source, file)


def copy_in(folder: Path, storage: Storage) -> None:
    """Make the storage hold the backup's files and no others."""
    kept = {str(path.relative_to(folder / FILES)) for path in (folder / FILES).rglob("*") if path.is_file()}
    for name in sorted(names(storage)):
        storage.delete(name)
    for name in sorted(kept):
        with (folder / FILES / name).open("rb") as file:
            saved = storage.save(name, file)
        if saved != name:
            raise BadBackup(f"The file {name} could not be put back under its name.")


def names(storage: Storage, folder: str = "") -> Iterator[str]:
    """The names of all stored files."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in files:
        yield f"{folder}{name}"
    for name in folders:
        yield from names(storage, f"{folder}{name}/")
