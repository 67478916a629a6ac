"""The embedded database: made, started, broken down, found again, and never open to anybody else."""

import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from collegium.config import binaries, embedded, lease
from collegium.config.binaries import DatabaseTrouble

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root makes a user for the database")


def connect(cluster, role, database=embedded.DATABASE, **other):
    settings = cluster.connection(role)
    address = {"host": settings["HOST"], "port": settings["PORT"], "user": role, "password": settings["PASSWORD"]}
    return psycopg.connect(**(address | other), dbname=database, autocommit=True)


def postmaster(cluster):
    return int((cluster.folder / "postmaster.pid").read_text().splitlines()[0])


def test_a_cluster_is_made_started_and_stopped(cluster):
    with lease.in_use(cluster):
        assert cluster.running()
        with connect(cluster, embedded.SERVE) as connection:
            [(provider, locale, encoding)] = connection.execute(
                "SELECT datlocprovider::text, datlocale, pg_encoding_to_char(encoding) FROM pg_database "
                "WHERE datname = current_database()"
            )
            assert (provider, locale, encoding) == ("b", "C.UTF-8", "UTF8")
            assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
            assert connection.execute("SHOW io_method").fetchone() == ("sync",)
    assert not cluster.running()


def test_nobody_gets_in_without_the_password(cluster):
    with lease.in_use(cluster):
        for role in (embedded.OWNER, embedded.SERVE):
            with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
                connect(cluster, role, password="guessed")
        with pytest.raises(psycopg.OperationalError, match="not currently accepting connections"):
            connect(cluster, embedded.SERVE, database="template0")


def test_what_is_written_is_ours_alone(cluster):
    with lease.in_use(cluster):
        account = cluster.programs.account
        uid = account.pw_uid if account else os.geteuid()
        for folder in (cluster.folder, cluster.socket_folder(), cluster.home / "log"):
            assert (folder.stat().st_uid, stat.S_IMODE(folder.stat().st_mode)) == (uid, 0o700)
        assert (cluster.home / "pg_hba.conf").stat().st_uid == os.geteuid()


def test_the_last_to_leave_stops_the_database(cluster):
    with lease.in_use(cluster):
        with lease.in_use(cluster):
            pass
        assert cluster.running()
    assert not cluster.running()


def test_serve_stops_the_database_in_any_case(cluster):
    with lease.in_use(cluster):
        with lease.in_use(cluster, serving=True):
            pass
        assert not cluster.running()


def test_a_killed_server_is_started_again_with_all_that_was_committed(data_folder):
    cluster = embedded.cluster(data_folder)
    with lease.in_use(cluster):
        with connect(cluster, embedded.OWNER) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
        os.kill(postmaster(cluster), signal.SIGKILL)
        cluster_is_down(cluster)
        assert lease.restart_if_down(cluster)
        assert not lease.restart_if_down(cluster)
        with connect(cluster, embedded.OWNER) as connection:
            assert connection.execute("SELECT number FROM kept").fetchone() == (7,)


def cluster_is_down(cluster):
    """Wait until the system has cleared away the killed process; it has no parent of ours to tell."""
    deadline = time.monotonic() + 30
    while cluster.running():
        assert time.monotonic() < deadline
        os.sched_yield()


def test_a_number_given_to_another_program_is_not_taken_for_the_server(cluster):
    with lease.in_use(cluster):
        note = (cluster.folder / "postmaster.pid").read_text().splitlines()
    (cluster.folder / "postmaster.pid").write_text("\n".join([str(os.getpid()), *note[1:]]) + "\n")
    assert not cluster.running()
    with lease.in_use(cluster):
        assert cluster.running()


def test_a_user_that_was_killed_leaves_no_lock(cluster):
    holding = (
        "import sys; from pathlib import Path; from collegium.config import binaries, embedded, lease\n"
        "data = Path(sys.argv[1])\n"
        "cluster = embedded.Cluster(data / 'database', data, binaries.embedded(), durable=False)\n"
        "with lease.in_use(cluster): print('open', flush=True); sys.stdin.read()"
    )
    environ = os.environ | {"PYTHONPATH": str(Path(embedded.__file__).parents[2])}
    command = [sys.executable, "-c", holding, str(cluster.data)]
    with subprocess.Popen(command, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "open\n"
        with lease.in_use(cluster):
            pass
        assert cluster.running()
        other.kill()
    with lease.in_use(cluster):
        pass
    assert not cluster.running()


def test_there_is_one_server_of_a_data_folder(data_folder):
    with lease.the_only_server(data_folder), pytest.raises(lease.AlreadyServed), lease.the_only_server(data_folder):
        pass


def test_a_cluster_broken_off_while_being_made_is_made_anew(cluster):
    (cluster.home / "cluster.new").mkdir(parents=True)
    (cluster.home / "cluster.new" / "PG_VERSION").write_text("18\n")
    with lease.in_use(cluster):
        assert cluster.running()


def test_a_cluster_of_another_version_is_refused_with_what_to_do(data_folder):
    folder = data_folder / "database" / "cluster"
    folder.mkdir(parents=True)
    (folder / "PG_VERSION").write_text("12\n")
    with pytest.raises(DatabaseTrouble, match="made by PostgreSQL 12"):
        embedded.cluster(data_folder)
    shutil.rmtree(data_folder / "database")


def test_a_long_path_has_its_socket_in_a_short_folder_nobody_else_enters(data_folder):
    home = data_folder / ("long" * 30) / "database"
    cluster = embedded.Cluster(home, data_folder, binaries.embedded(), durable=False)
    home.parent.mkdir(mode=0o711)
    socket = cluster.socket_folder()
    assert len(str(socket / ".s.PGSQL.5432")) < embedded.LONGEST_SOCKET
    with lease.in_use(cluster):
        assert stat.S_IMODE(socket.stat().st_mode) == 0o700
        connect(cluster, embedded.SERVE).close()
    socket.rmdir()


def test_a_short_folder_that_is_somebody_elses_is_refused(data_folder):
    home = data_folder / ("long" * 30) / "database"
    cluster = embedded.Cluster(home, data_folder, binaries.embedded(), durable=False)
    home.parent.mkdir(mode=0o711)
    cluster.make()
    socket = cluster.socket_folder()
    socket.symlink_to(data_folder)
    with pytest.raises(DatabaseTrouble, match="belongs to somebody else"):
        cluster.start()
    socket.unlink()


@as_root
def test_root_keeps_the_database_where_its_user_can_reach_it(data_folder):
    shut = data_folder / "shut"
    shut.mkdir(mode=0o700)
    home = embedded.locate(shut)
    assert home.parent.parent == binaries.SHARED
    assert embedded.locate(data_folder) == data_folder / "database"
    with lease.in_use(embedded.cluster(shut)):
        connect(embedded.cluster(shut), embedded.SERVE).close()
    assert stat.S_IMODE(shut.stat().st_mode) == 0o700
    shutil.rmtree(home.parent)


@as_root
def test_programs_the_database_user_cannot_reach_are_copied_to_where_it_can(data_folder, monkeypatch):
    monkeypatch.setattr(binaries, "SHARED", data_folder / "shared")
    ours = binaries.installed()
    copy = binaries.Binaries(binaries.copied(ours.folder), ours.major, binaries.database_account())
    assert copy.run("postgres", "--version").stdout == ours.run("postgres", "--version").stdout
    assert copy.run("psql", "--version").stdout == ours.run("psql", "--version").stdout
    assert binaries.copied(ours.folder) == copy.folder


def test_a_folder_is_reachable_if_all_above_it_are(data_folder):
    nobody = pwd.getpwnam("nobody")
    open_folder, shut = data_folder / "open", data_folder / "shut"
    data_folder.chmod(0o711)
    open_folder.mkdir()
    open_folder.chmod(0o755)
    shut.mkdir(mode=0o700)
    assert binaries.reachable(open_folder, nobody)
    assert not binaries.reachable(shut, nobody)
    data_folder.chmod(0o700)
    assert not binaries.reachable(open_folder, nobody)
