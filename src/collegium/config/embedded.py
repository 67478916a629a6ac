"""The embedded PostgreSQL cluster: where it lies, how it is made, started, prepared and stopped."""

from __future__ import annotations

import hashlib
import os
import pwd
import shlex
import shutil
import stat
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from collegium.config import binaries, keys
from collegium.config.binaries import Binaries, DatabaseTrouble

KEEPER = "collegium_keeper"
OWNER = "collegium_owner"
SERVE = "collegium_serve"
DATABASE = "collegium"
PORT = "5432"
LONGEST_SOCKET = 107  # bytes in a Unix socket's path, on Linux

SETTINGS = {
    "listen_addresses": "''",
    "unix_socket_permissions": "0700",
    "password_encryption": "'scram-sha-256'",
    "max_connections": "60",
    "shared_buffers": "'256MB'",
    "work_mem": "'8MB'",
    "maintenance_work_mem": "'64MB'",
    "effective_cache_size": "'1GB'",
    "random_page_cost": "1.1",
    "jit": "off",
    "wal_level": "replica",
    "max_wal_size": "'1GB'",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
    "lc_messages": "'C'",
    "default_text_search_config": "'pg_catalog.english'",
    # The server's own log rolls over within a week and holds no statement, value or key: they may be personal.
    "logging_collector": "on",
    "log_filename": "'server-%a.log'",
    "log_rotation_age": "'1d'",
    "log_truncate_on_rotation": "on",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}

# What only some versions know: a setting a server does not know keeps it from starting.
SINCE = {
    # Pages are nearly always in the machine's memory: to have another process read them takes longer than to read them.
    18: {"io_method": "'sync'"},
}

# For a cluster that need not survive a power failure, and on which several crowds meet at the same time.
IN_A_HURRY = {
    "max_connections": "200",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    "shared_buffers": "'64MB'",
}


@dataclass(frozen=True)
class Cluster:
    """One PostgreSQL cluster of our own: `home` holds it, `data` is the data folder whose keys open it.

    Tests do without `durable`, and give the owner the right to make databases.
    """

    home: Path
    data: Path
    programs: Binaries
    durable: bool = True
    owner_rights: str = ""

    @property
    def folder(self) -> Path:
        return self.home / "cluster"

    @property
    def made(self) -> bool:
        return (self.folder / "PG_VERSION").exists()

    def connection(self, role: str, database: str = DATABASE) -> dict[str, Any]:
        """Django's settings for a connection in that role, over the Unix socket."""
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": database,
            "USER": role,
            "PASSWORD": keys.kept(self.data, role),
            "HOST": str(self.socket_folder()),
            "PORT": PORT,
            "OPTIONS": {},
        }

    def socket_folder(self) -> Path:
        """Where the socket is, or will be: beside the cluster, or in a short folder where that path is too long."""
        lines = self._postmaster_lines()
        if len(lines) > 4 and lines[4]:
            return Path(lines[4])
        beside = self.home / "socket"
        if len(os.fsencode(beside / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET:
            return beside
        mark = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"collegium-{mark}"

    def running(self) -> bool:
        """Whether this cluster's server is up; a file left behind by a killed one does not count."""
        lines = self._postmaster_lines()
        return bool(lines) and lines[0].isdigit() and _serves(int(lines[0]), self.folder)

    def make(self) -> None:
        """Make the cluster where there is none; broken off in the middle, the next attempt begins anew."""
        if self.made:
            return
        self._folder(self.home, 0o711 if self.programs.account else 0o700, own=True)
        draft = self.home / "cluster.new"
        shutil.rmtree(draft, ignore_errors=True)
        self._folder(draft, 0o700)
        locale = ["--locale=C.UTF-8"]
        if self.programs.major >= 17:
            locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        arguments = ["--username", KEEPER, "--auth=peer", "--encoding=UTF8", "--no-instructions", *locale]
        arguments += [] if self.durable else ["--no-sync"]
        self.programs.run("initdb", "--pgdata", str(draft), *arguments)
        draft.rename(self.folder)

    def start(self) -> None:
        """Start the server and prepare its roles and database. Raises DatabaseTrouble where it does not come up."""
        self._check_version()
        socket = self._folder(self.socket_folder(), 0o700)
        log = self._folder(self.home / "log", 0o700)
        configuration = self._write_settings(socket, log)
        self._forget_dead_server()
        options = f"-c config_file={shlex.quote(str(configuration))}"
        arguments = ["--pgdata", str(self.folder), "--log", str(log / "start.log"), "--options", options]
        for attempt in range(20):
            try:
                self.programs.run("pg_ctl", "start", "-w", "-s", "-t", "300", *arguments)
                break
            except DatabaseTrouble as trouble:
                # After a killed server its last processes hold on to its memory for a moment.
                if attempt == 19:
                    raise DatabaseTrouble(f"{trouble}\n{_last_lines(log / 'start.log')}") from None
                time.sleep(0.25)
        self._prepare()

    def stop(self, how: str = "fast") -> None:
        """Stop the server and wait for it; nothing happens where it is not up."""
        if self.running():
            self.programs.run("pg_ctl", "stop", "-w", "-s", "-t", "300", "-m", how, "--pgdata", str(self.folder))

    def _check_version(self) -> None:
        major = (self.folder / "PG_VERSION").read_text(encoding="ascii").strip()
        if major != str(self.programs.major):
            raise DatabaseTrouble(
                f"The cluster in {self.folder} was made by PostgreSQL {major}, not {self.programs.major}."
            )

    def _folder(self, path: Path, mode: int, *, own: bool = False) -> Path:
        """A folder for the server's account alone (`own`: for us); one that is already there must be safe to use."""
        account = None if own else self.programs.account
        try:
            path.mkdir(mode=mode)
        except FileExistsError:
            there = path.lstat()
            if not stat.S_ISDIR(there.st_mode) or there.st_uid not in {os.geteuid(), account and account.pw_uid}:
                raise DatabaseTrouble(f"{path} belongs to somebody else: remove it, or run as its owner.") from None
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.mkdir(mode=mode)
        path.chmod(mode)
        if account:
            os.chown(path, account.pw_uid, account.pw_gid)
        return path

    def _write_settings(self, socket: Path, log: Path) -> Path:
        """Write the server's settings where only we can write them, and return the main file."""
        account = self.programs.account
        us = {pwd.getpwuid(os.geteuid()).pw_name, *([account.pw_name] if account else [])}
        identities = "".join(f"keeper {name} {KEEPER}\n" for name in sorted(us))
        access = f"local all {KEEPER} peer map=keeper\nlocal all all scram-sha-256\n"
        settings = SETTINGS | {
            "data_directory": _quoted(self.folder),
            "hba_file": _quoted(self.home / "pg_hba.conf"),
            "ident_file": _quoted(self.home / "pg_ident.conf"),
            "unix_socket_directories": _quoted(socket),
            "port": PORT,
            "log_directory": _quoted(log),
            **{name: value for major in SINCE if self.programs.major >= major for name, value in SINCE[major].items()},
            **({} if self.durable else IN_A_HURRY),
        }
        lines = "".join(f"{name} = {value}\n" for name, value in settings.items())
        for name, text in [("pg_ident.conf", identities), ("pg_hba.conf", access), ("postgresql.conf", lines)]:
            (self.home / name).write_text(text, encoding="utf-8")
            (self.home / name).chmod(0o644)
        return self.home / "postgresql.conf"

    def _prepare(self) -> None:
        """Give both roles their passwords and the owner its database. What is already so stays so."""
        address = make_conninfo(host=str(self.socket_folder()), port=PORT, user=KEEPER, dbname="postgres")
        with psycopg.connect(address, autocommit=True) as connection:
            known = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
            for role, rights in [(OWNER, self.owner_rights), (SERVE, "")]:
                verb = sql.SQL("ALTER" if role in known else "CREATE")
                password = connection.pgconn.encrypt_password(
                    keys.kept(self.data, role).encode(), role.encode(), b"scram-sha-256"
                ).decode()
                statement = sql.SQL("{} ROLE {} LOGIN {} PASSWORD {}")
                connection.execute(statement.format(verb, sql.Identifier(role), sql.SQL(rights), sql.Literal(password)))
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
                connection.execute(f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC")
                connection.execute(f"GRANT CONNECT ON DATABASE {DATABASE} TO {SERVE}")

    def _postmaster_lines(self) -> list[str]:
        try:
            return (self.folder / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return []
        except PermissionError:
            raise DatabaseTrouble(f"{self.folder} belongs to somebody else: run as the user who made it.") from None

    def _forget_dead_server(self) -> None:
        """Remove the note of a killed server whose number another program has since been given."""
        lines = self._postmaster_lines()
        if lines and not self.running():
            (self.folder / "postmaster.pid").unlink(missing_ok=True)


def locate(data: Path) -> Path:
    """The home of the data folder's cluster.

    It is the folder `database` in it, except where we are root and PostgreSQL's own user cannot reach that: then it
    is a folder under /var/lib/collegium named after the data folder, because no parent folder is ever opened up.
    """
    beside = data / "database"
    if os.geteuid() != 0 or (beside / "cluster").exists():
        return beside
    apart = binaries.SHARED / hashlib.sha256(os.fsencode(data.resolve())).hexdigest()[:16] / "database"
    account = binaries.database_account()
    if apart.exists() or (account and not binaries.reachable(data, account)):
        return apart
    return beside


def cluster(data: Path) -> Cluster:
    """The data folder's cluster, made or not. The data folder is made where it is missing."""
    if not data.exists():
        data.mkdir(parents=True, exist_ok=True)
        data.chmod(0o711 if os.geteuid() == 0 else 0o700)
    home = locate(data)
    version = home / "cluster" / "PG_VERSION"
    major = int(version.read_text(encoding="ascii")) if version.exists() else None
    return Cluster(home, data, binaries.embedded(major))


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _serves(pid: int, folder: Path) -> bool:
    """Whether the process is that folder's PostgreSQL server, and not another that was given its number."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    if Path("/proc/self/cwd").exists():
        try:
            return Path(f"/proc/{pid}/cwd").samefile(folder)
        except OSError:
            return False
    ps = subprocess.run(["/bin/ps", "-o", "comm=", "-p", str(pid)], capture_output=True, text=True, check=False)  # noqa: S603 - only a number is put in
    return "postgres" in ps.stdout


def _last_lines(path: Path) -> str:
    if not path.exists():
        return ""
    return "\n".join(path.read_text(encoding="utf-8", errors="replace").splitlines()[-5:])
