"""Connections are shared by the processes of the web: of eight, none has six for long."""

import http.client
import socket
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager

import pytest

from collegium.config import connections
from collegium.config.bench.surroundings import free_ports
from collegium.config.connections import EvenConnections, silences
from collegium.config.neighbours import Neighbours
from collegium.config.tests.conftest import SOURCE
from collegium.config.tests.neighbouring import LONG, neighbour

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Only Linux tells when data last came.")

PAGE = """
import os
from pathlib import Path
from collegium.config.connections import EvenConnections
from collegium.config.neighbours import Neighbours

def who_answers(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(os.getpid()).encode()]

place = Path(__file__).parent
application = EvenConnections(who_answers, Neighbours(place, 2), int((place / "port").read_text()), often=0.01)
"""


@contextmanager
def connected(count):
    """So many connections to a port of ours; gives the port, and those who ask."""
    with ExitStack() as stack:
        listening = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        port = listening.getsockname()[1]
        asking = [stack.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in range(count)]
        for _ in range(count):
            stack.enter_context(listening.accept()[0])
        yield port, asking


def answered(application, times):
    """Whether each of so many answers ends its connection."""
    heads = []
    for _ in range(times):
        assert application({}, lambda *head: heads.append(head)) == [b"page"]
    return [("Connection", "close") in headers for _status, headers, *_exc_info in heads]


def page(_environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")], None)
    return [b"page"]


@pytest.mark.parametrize(
    ("ours", "theirs", "ends"), [(5, 1, 2), (4, 1, 1), (4, 4, 0), (5, 4, 0), (2, 6, 0), (4, 0, 2), (1, 0, 0)]
)
def test_half_of_what_a_process_has_more_than_its_neighbour_is_ended(tmp_path, ours, theirs, ends):
    with (
        connected(ours) as (port, _asking),
        neighbour(tmp_path) as (told, _process),
        closing(Neighbours(tmp_path, 2)) as neighbours,
    ):
        told("tell_connections", theirs)
        application = EvenConnections(page, neighbours, port, often=LONG, recent=LONG * 1000)
        assert answered(application, 4) == [True] * ends + [False] * (4 - ends)
        assert told("fewest_connections") == ours


def test_a_process_has_to_do_until_the_last_of_its_requests_is_answered(tmp_path):
    with neighbour(tmp_path) as (told, _process), closing(Neighbours(tmp_path, 2)) as neighbours:

        def within(environ, _start_response):
            if environ["more"]:
                application({"more": environ["more"] - 1}, None)
            return told("are_idle")

        application = EvenConnections(within, neighbours, 0)
        assert told("are_idle") is True
        assert application({"more": 2}, None) is False
        assert told("are_idle") is True
        with pytest.raises(KeyError):
            application({}, None)
        assert told("are_idle") is True


def test_what_is_silent_asks_for_nothing_and_does_not_count(tmp_path):
    with (
        connected(5) as (port, _asking),
        neighbour(tmp_path) as (told, _process),
        closing(Neighbours(tmp_path, 2)) as neighbours,
    ):
        told("tell_connections", 0)
        assert answered(EvenConnections(page, neighbours, port, recent=0), 2) == [False, False]
        assert told("fewest_connections") == 0


def test_who_is_alone_ends_no_connection(tmp_path):
    with connected(5) as (port, _asking), closing(Neighbours(tmp_path, 2)) as neighbours:
        assert answered(EvenConnections(page, neighbours, port), 2) == [False, False]


def test_only_connections_to_our_port_are_looked_at_and_none_of_them_is_closed():
    with connected(3) as (port, asking), connected(2):
        asking[0].sendall(b"?")
        assert len(silences(port)) == 3
        assert all(0 <= silent < LONG * 1000 for silent in silences(port))
        asking[1].close()
        deadline = time.monotonic() + LONG
        while len(silences(port)) > 2:  # the system takes a moment to say so
            assert time.monotonic() < deadline
        asking[2].sendall(b"still open")


def test_a_system_that_does_not_tell_is_left_as_it_is(monkeypatch, tmp_path):
    monkeypatch.setattr(connections, "OPEN_FILES", tmp_path / "none")
    with connected(3) as (port, _asking):
        assert silences(port) == []


@contextmanager
def serving(folder):
    """The port at which two processes of the web server say which of them answers."""
    (port,) = free_ports(1)
    (folder / "port").write_text(str(port))
    (folder / "page.py").write_text(PAGE)
    options = "--interface wsgi --http 1 --workers 2 --blocking-threads 2 --log-level warning --host 127.0.0.1 --port"
    server = subprocess.Popen(
        [sys.executable, "-m", "granian", "page:application", *options.split(), str(port)],
        env={"PYTHONPATH": f"{SOURCE}:{folder}", "DJANGO_SETTINGS_MODULE": "collegium.config.settings"},
    )
    try:
        deadline = time.monotonic() + LONG
        while not is_open(port):
            assert time.monotonic() < deadline
            assert server.poll() is None
        yield port
    finally:
        server.terminate()
        server.wait(LONG)


def is_open(port):
    with closing(socket.socket()) as door:
        return door.connect_ex(("127.0.0.1", port)) == 0


def test_no_request_fails_where_the_connections_cannot_be_counted(tmp_path, monkeypatch):
    def too_many(_port):
        raise OSError(24, "Too many open files")

    with neighbour(tmp_path) as (told, _process), closing(Neighbours(tmp_path, 2)) as neighbours:
        told("tell_connections", 0)
        application = EvenConnections(page, neighbours, 0, often=0)
        monkeypatch.setattr(connections, "silences", lambda _port: [0] * 9)
        assert answered(application, 1) == [True]
        monkeypatch.setattr(connections, "silences", too_many)
        application._next_count = 0.0
        assert answered(application, 2) == [False, False]


def test_eight_who_ask_again_and_again_come_to_be_shared_evenly(tmp_path):
    def ask(connection):
        connection.request("GET", "/")
        return connection.getresponse().read()

    with serving(tmp_path) as port, ThreadPoolExecutor(8) as threads:
        # By chance eight are shared evenly in one of four times.
        for _ in range(4):
            deadline, shares = time.monotonic() + LONG, Counter()
            with ExitStack() as stack:
                eight = [stack.enter_context(closing(http.client.HTTPConnection("127.0.0.1", port))) for _ in range(8)]
                while sorted(shares.values()) != [4, 4]:
                    assert time.monotonic() < deadline, shares
                    shares = Counter(threads.map(ask, eight))
