"""The tests' surroundings: a database cluster of their own, no outside network, nothing left undefined."""

from __future__ import annotations

import atexit
import fcntl
import gc
import ipaddress
import os
import random
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

FOLDER = "COLLEGIUM_TEST_FOLDER"
SETTINGS = "DATABASE_OWNER_URL SECRET_KEY ALLOWED_HOSTS BASE_URL FILES_URL SMTP_URL TRUSTED_PROXIES PORT BIND DEBUG"
TABLES = "tables_of_this_run"
OURS = str(Path(__file__).parent / "src" / "collegium")
# The files that take longest, the longest first: begun last, one would keep one process at work alone.
LONGEST = (
    "tests/access/test_crawl.py",
    "src/collegium/config/tests/test_house.py",
    "tests/access/test_table.py",
    "tests/access/test_search.py",
    "src/collegium/config/tests/test_keeping.py",
    "src/collegium/config/tests/test_external_database.py",
    "src/collegium/design/tests/test_in_browser.py",
    "src/collegium/core/groups/tests/test_admissions_follow_the_naive_model.py",
    "src/collegium/config/tests/test_embedded.py",
    "src/collegium/rooms/discussions/tests/test_demo.py",
    "src/collegium/rooms/discussions/tests/test_pages_answering.py",
    "src/collegium/core/groups/tests/test_two_at_once.py",
)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Start the cluster before Django reads its settings; all processes of one run share it."""
    if FOLDER not in os.environ:
        _start_cluster()
    os.environ["DJANGO_SETTINGS_MODULE"] = "collegium.config.settings"
    import django
    from django.conf import settings

    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    options: dict[str, Any] = settings.TEMPLATES[0]["OPTIONS"]  # type: ignore[assignment]  # settings are typed by their literal
    options["string_if_invalid"] = Undefined()
    django.setup()
    _shuffle_what_has_no_order()
    _take_no_time()
    _leave_what_stays_alone()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first; the others, and the tests within each, stay as they were."""
    place = {name: number for number, name in enumerate(LONGEST)}
    assert [name for name in place if not (Path(__file__).parent / name).exists()] == []
    items.sort(key=lambda item: place.get(item.nodeid.partition("::")[0], len(LONGEST)))


def _start_cluster() -> None:
    from collegium.config import binaries, embedded

    _remove_what_killed_runs_left()
    folder = Path(tempfile.mkdtemp(prefix=f"collegium-tests-{os.getpid()}-"))
    folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
    version = os.environ.get("COLLEGIUM_TEST_PG")
    folder_of_programs = Path(f"/usr/lib/postgresql/{version}/bin" if str(version).isdigit() else str(version))
    programs = binaries.found(folder_of_programs) if version else binaries.embedded()
    cluster = embedded.Cluster(folder / "database", folder, programs, durable=False, owner_rights="CREATEDB")
    atexit.register(_stop_cluster, cluster, folder)
    cluster.make()
    cluster.start()
    for name in SETTINGS.split():
        os.environ.pop(name, None)
    owner = cluster.connection(embedded.OWNER)
    address = f"{owner['USER']}:{owner['PASSWORD']}@/{owner['NAME']}?host={owner['HOST']}&port={owner['PORT']}"
    os.environ.update(COLLEGIUM_MODE="demo", DATABASE_URL=f"postgresql://{address}", COLLEGIUM_DATA=str(folder))
    os.environ[FOLDER] = str(folder)


def _stop_cluster(cluster: Any, folder: Path) -> None:
    cluster.stop("immediate")
    shutil.rmtree(folder, ignore_errors=True)


def _remove_what_killed_runs_left() -> None:
    """Stop the clusters of runs that were killed before they could do it; their folders bear their number."""
    from collegium.config import binaries, embedded

    for folder in Path(tempfile.gettempdir()).glob("collegium-tests-*-*"):
        number = folder.name.split("-")[2]
        if number.isdigit() and not _runs(int(number)) and _is_ours(folder):
            _stop_cluster(embedded.Cluster(folder / "database", folder, binaries.embedded()), folder)


def _is_ours(folder: Path) -> bool:
    try:
        return folder.stat().st_uid == os.geteuid()
    except FileNotFoundError:  # its own run, ending, has removed it
        return False


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


# --- what is blocked, shuffled and refused


@pytest.fixture(autouse=True, scope="session")
def no_outside_network() -> Iterator[None]:
    """Only this machine answers: a test that asks another fails."""
    real = socket.socket.connect, socket.socket.connect_ex
    patch = pytest.MonkeyPatch()
    for name, connect in zip(("connect", "connect_ex"), real, strict=True):
        patch.setattr(
            socket.socket, name, lambda self, address, connect=connect: connect(self, _on_this_machine(address))
        )
    yield
    patch.undo()


def _on_this_machine(address: Any) -> Any:
    if isinstance(address, tuple) and address[0] != "localhost":
        try:
            local = ipaddress.ip_address(address[0]).is_loopback
        except ValueError:
            local = False
        assert local, f"A test reached for the outside network: {address[0]}"
    return address


def _shuffle_what_has_no_order() -> None:
    """Give rows without a declared order in another order than that of their making, the same in every run."""
    from django.db.models.query import ModelIterable

    ordinary = ModelIterable.__iter__

    def shuffled(self: Any) -> Iterator[Any]:
        if self.queryset.ordered or self.chunked_fetch:
            return ordinary(self)
        rows = list(ordinary(self))
        random.Random(len(rows)).shuffle(rows)
        return iter(rows)

    ModelIterable.__iter__ = shuffled  # type: ignore[method-assign]  # the one place that does


def _take_no_time() -> None:
    """How long an example takes says how busy the machine is, and nothing of the code."""
    from hypothesis import HealthCheck, settings

    settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("house")


def _leave_what_stays_alone() -> None:
    """The collector of garbage need not look again and again at what was imported for good, nor so often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


class Undefined(str):
    """Stands for an undefined variable in a template, and fails where the template is ours."""

    __slots__ = ()

    def __contains__(self, text: object) -> bool:
        return text == "%s"

    def __mod__(self, variable: object) -> str:
        frame: FrameType | None = sys._getframe(1)
        while frame and "context" not in frame.f_locals:
            frame = frame.f_back
        template = frame.f_locals["context"].render_context.template if frame else None
        origin = getattr(getattr(template, "origin", None), "name", "")
        assert not origin.startswith(OURS), f"{origin} uses the undefined variable {variable}"
        return ""


@pytest.fixture(autouse=True)
def forgotten_jobs(request: pytest.FixtureRequest) -> Iterator[None]:
    """After a test that commits, empty the queue as well: the framework empties only tables it manages."""
    yield
    marker = request.node.get_closest_marker("django_db")
    commits = marker is not None and marker.kwargs.get("transaction", False)
    if commits or {"transactional_db", "live_server"} & set(request.fixturenames):
        from django.db import connection

        with request.getfixturevalue("django_db_blocker").unblock(), connection.cursor() as cursor:
            cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")


# --- what tests may ask for


@pytest.fixture(scope="session")
def tables() -> Iterator[Any]:
    """What the processes of a run agree by: locked while one makes the tables, and no longer empty when it has."""
    from django.db import connection

    with Path(os.environ[FOLDER], f"{TABLES}.lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if os.fstat(lock.fileno()).st_size:
            connection.settings_dict["TEST"]["TEMPLATE"] = TABLES
        yield lock


@pytest.fixture(scope="session")
def django_db_setup(tables: Any, django_db_setup: None, django_db_blocker: Any) -> None:
    """The framework's own fixture, with the migrations applied once a run: another process copies what they made."""
    from django.db import connection

    if connection.settings_dict["TEST"].get("TEMPLATE") != TABLES:
        with django_db_blocker.unblock():
            connection.close()
            with connection._nodb_cursor() as cursor:
                cursor.execute(f"CREATE DATABASE {TABLES} TEMPLATE {connection.settings_dict['NAME']}")
        tables.write("made")
        tables.flush()
    fcntl.flock(tables, fcntl.LOCK_UN)
    with django_db_blocker.unblock():
        _keep_plans(connection)


def _keep_plans(connection: Any) -> None:
    """As in serving: one plan a statement. A test stands in a transaction, where that can no longer be asked for."""
    from collegium.core.access.statements import keep_plans

    keep_plans()
    # A run asks statements of every room on one connection; psycopg would forget the plans of all but a hundred.
    connection.connection.prepared_max = 1000


@pytest.fixture(scope="session")
def granted(django_db_setup: None, django_db_blocker: Any) -> None:
    """The test database with the serving role's rights, as after `collegium migrate`."""
    from collegium.config import embedded, roles

    with django_db_blocker.unblock():
        roles.grant(embedded.SERVE)


@pytest.fixture
def serving_connection(granted: None, db: None) -> Iterator[Any]:
    """A connection of its own to the test database, in the role the pages come as; rolled back at the end.

    It sees only what is committed: with `transactional_db` what the test made, otherwise what it makes itself.
    """
    import psycopg
    from django.conf import settings
    from django.db import connection

    from collegium.config import embedded, keys

    where = {"host": connection.settings_dict["HOST"], "port": connection.settings_dict["PORT"]}
    password = keys.kept(settings.DATA, embedded.SERVE)
    name = connection.settings_dict["NAME"]
    with psycopg.connect(**where, user=embedded.SERVE, password=password, dbname=name) as serving:
        yield serving
        serving.rollback()
