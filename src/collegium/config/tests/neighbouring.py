"""Another process of the web that says and answers what the test asks of it."""

import json
import subprocess
import sys
from contextlib import contextmanager

from collegium.config.tests.conftest import SOURCE

LONG = 30.0  # seconds: nobody waits as long, only what would hang does

NEIGHBOUR = """
import json, sys
from pathlib import Path
from collegium.config.neighbours import Neighbours
neighbours = Neighbours(Path(sys.argv[1]), 2)
for line in sys.stdin:
    name, *given = json.loads(line)
    print(json.dumps(getattr(neighbours, name)(*given)), flush=True)
"""


@contextmanager
def neighbour(folder):
    """Another process, as a function that tells it what to do and gives what it answers, and the process itself."""
    process = subprocess.Popen(
        [sys.executable, "-c", NEIGHBOUR, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": str(SOURCE), "DJANGO_SETTINGS_MODULE": "collegium.config.settings"},
    )

    def told(name, *given):
        process.stdin.write(json.dumps([name, *given]) + "\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())

    try:
        yield told, process
    finally:
        process.kill()
        process.communicate()
