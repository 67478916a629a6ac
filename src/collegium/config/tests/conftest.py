"""What the configuration's tests share: data folders, and commands as one types them."""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from collegium.config import binaries, embedded

SOURCE = Path(__file__).parents[3]


@pytest.fixture
def data_folder():
    """An empty data folder of an installation of its own; its database is stopped at the end, whatever happened."""
    with new_data_folder() as folder:
        yield folder


@contextmanager
def new_data_folder():
    folder = Path(tempfile.mkdtemp(prefix="collegium-data-"))
    folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
    try:
        yield folder
    finally:
        embedded.cluster(folder).stop("immediate")
        shutil.rmtree(folder)


@pytest.fixture
def cluster(data_folder):
    """A cluster that is neither made nor started."""
    return embedded.Cluster(data_folder / "database", data_folder, binaries.embedded(), durable=False)


class Installation:
    """A demo installation on a data folder, run by commands as one types them."""

    def __init__(self, data, **environ):
        self.data = data
        self.environ = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(SOURCE),
            "COLLEGIUM_MODE": "demo",
            "COLLEGIUM_DATA": str(data),
            **environ,
        }

    def command(self, *words):
        return [sys.executable, "-m", "collegium", *words]

    def run(self, *words, **environ):
        """Run a command to its end; standard error is part of what it said."""
        return subprocess.run(
            self.command(*words),
            env=self.environ | environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
            check=False,
        )

    def says(self, *words, **environ):
        """What a command said that went well."""
        result = self.run(*words, **environ)
        assert result.returncode == 0, result.stdout
        return result.stdout


# Nobody serves it: by the time the last test looks at it, what waits has waited for too long.
FORGET_WHAT_WAITS = """
from django.db import connection
connection.cursor().execute("DELETE FROM procrastinate_jobs")
"""
PRESET = ("--preset", "medical-specialties")


@contextmanager
def new_council():
    """A data folder with a council set up in it: made once a run, by the commands themselves, and copied as it lay."""
    kept = Path(os.environ["COLLEGIUM_TEST_FOLDER"]) / "council"
    with (kept.parent / "council.lock").open("w") as lock, new_data_folder() as folder:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            made = Installation(folder)
            made.says("migrate")
            made.says("seed", *PRESET, "--name", "Council of Trials")
            made.says("django", "shell", "--no-imports", "--command", FORGET_WHAT_WAITS)
            _copy(folder, kept)
        fcntl.flock(lock, fcntl.LOCK_UN)
        _copy(kept, folder)
        yield folder


def _copy(source, target):
    """Copy a data folder with its owners; its database is at rest, for no command is running."""
    assert not embedded.cluster(source).running()
    shutil.rmtree(target, ignore_errors=True)
    draft = target.with_name(f"{target.name}.new")
    subprocess.run(["cp", "-a", str(source), str(draft)], check=True)
    draft.rename(target)
