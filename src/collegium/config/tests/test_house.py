"""The house as one runs it, by commands: made, seeded, served, broken, backed up, restored."""

import json
import os
import queue
import re
import signal
import subprocess
import threading
import time
import urllib.request
from pathlib import Path

import pytest

from collegium.config import embedded
from collegium.config.bench.surroundings import free_port
from collegium.config.tests.conftest import PRESET, Installation, new_council
from collegium.config.tests.test_environment import PRODUCTION


@pytest.fixture(scope="module")
def house():
    """A demo installation with its tables, a council and one of its team."""
    with new_council() as data:
        house = Installation(data, PORT=str(free_port()))
        house.says("create-staff", "--name", "Ada Quist", "--email", "ada@council.example")
        yield house


class Served:
    """A running `collegium serve` and what it says, line by line."""

    def __init__(self, house):
        self.house = house
        self.process = subprocess.Popen(
            house.command("serve"), env=house.environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.lines = queue.Queue()
        self.heard = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        for line in self.process.stdout:
            self.lines.put(line)
        self.lines.put(None)

    def until(self, words):
        """Wait until it says the words."""
        while not (self.heard and words in self.heard[-1]):
            line = self.lines.get(timeout=120)
            assert line is not None, f"It ended and never said {words!r}: {''.join(self.heard)}"
            self.heard.append(line)

    def child(self, word):
        for pid in children(self.process.pid):
            if word in Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0"):
                return pid
        pytest.fail(f"There is no {word}.")

    def health(self):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.house.environ['PORT']}/healthz", timeout=30) as answer:
            return json.load(answer)


@pytest.fixture
def served(house):
    served = Served(house)
    served.until("Collegium is open at")
    yield served
    served.process.kill()
    served.process.wait()
    served.process.stdout.close()


def children(pid):
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_there(pid):
    try:
        return Path(f"/proc/{pid}/exe").exists()
    except ProcessLookupError:  # it ended while we looked
        return False


def wait_until_gone(*pids):
    """Wait for processes that are no children of ours to end."""
    deadline = time.monotonic() + 30
    while left := [pid for pid in pids if is_there(pid)]:
        assert time.monotonic() < deadline, f"These outlived their parent: {left}"
        os.sched_yield()


def running(house):
    return embedded.cluster(house.data).running()


def test_a_fresh_installation_is_well(house):
    due, *rest = house.says("check").splitlines()
    # What the preset's groups ask of their members is told once there are members and a worker.
    assert re.fullmatch(r"Note: \d+ jobs are due\.", due)
    assert rest == ["Note: No worker is running.", "All is well."]
    assert not running(house)


def test_a_second_seeding_changes_nothing(house):
    assert house.says("seed", *PRESET) == "The council is set up from medical-specialties.\n"


def test_an_unknown_preset_is_refused(house):
    result = house.run("seed", "--preset", "astronomy")
    assert (result.returncode, "astronomy" in result.stdout, "Traceback" in result.stdout) == (1, True, False)


def test_the_other_mode_is_refused(house):
    for word in ("serve", "migrate"):
        result = house.run(word, **PRODUCTION)
        assert result.returncode == 1
        assert "This database is a demo installation and COLLEGIUM_MODE is production" in result.stdout
        assert "Traceback" not in result.stdout


def test_production_does_not_serve_with_migrations_unapplied(data_folder):
    result = Installation(data_folder, **PRODUCTION, PORT=str(free_port())).run("serve")
    assert result.returncode == 1
    assert "migrations are not applied" in result.stdout
    assert "run `collegium migrate` first." in result.stdout


def test_settings_that_lack_something_say_what(data_folder):
    result = Installation(data_folder, COLLEGIUM_MODE="production").run("check")
    assert result.returncode == 1
    assert [line.split(" ")[3] for line in result.stdout.splitlines()[1:]] == ["BASE_URL", "SECRET_KEY", "SMTP_URL"]


def test_it_serves_and_stops(house, served):
    health = served.health()
    assert (health["database"], health["healthy"]) == ("reachable", True)
    assert "is being served from" in house.run("serve", PORT=str(free_port())).stdout
    assert "cannot be used" in house.run("serve").stdout
    assert house.says("check").splitlines()[-1] == "All is well."
    assert served.health()["database"] == "reachable"
    everybody = [served.child("web"), served.child("worker"), *children(served.child("web"))]
    served.process.send_signal(signal.SIGINT)
    assert served.process.wait(timeout=60) == 0
    wait_until_gone(*everybody)
    assert not running(house)


def test_what_is_killed_comes_back(house, served):
    worker, web = served.child("worker"), served.child("web")
    one_of_two = children(web)[0]
    os.kill(one_of_two, signal.SIGKILL)
    os.kill(worker, signal.SIGKILL)
    served.until("The worker ended (-9) and starts again")
    os.kill(web, signal.SIGKILL)
    served.until("The web ended (-9) and starts again")
    wait_until_gone(one_of_two, *children_of_the_dead(web))
    cluster = embedded.cluster(house.data)
    os.kill(int((cluster.folder / "postmaster.pid").read_text().splitlines()[0]), signal.SIGKILL)
    served.until("The database had stopped and was started again")
    served.process.send_signal(signal.SIGTERM)
    assert served.process.wait(timeout=60) == 0
    assert not running(house)


def children_of_the_dead(pid):
    """Web processes whose parent is gone; they were asked to end with it."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.append(int(status.parent.name))
    return found


def test_nothing_outlives_a_killed_supervisor(house, served):
    left = [served.child(word) for word in ("web", "worker", "letters")]
    left += children(served.child("web"))
    served.process.kill()
    served.process.wait()
    wait_until_gone(*left)
    # Whichever was the last to need the database stopped it.
    assert not running(house)
    assert house.says("check").splitlines()[-1] == "All is well."
