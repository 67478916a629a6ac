"""`make fuzz`: letters by chance for as long as is asked (`ARGS='--seconds 60'`), each run with another seed."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click
from hypothesis import HealthCheck, given, seed, settings

from . import trees

SECONDS = 300
FOUND = Path("var/fuzz")


@click.command()
@click.option("--seconds", default=SECONDS, show_default=True, help="How long to go on.")
@click.option(
    "--first", default=0, show_default=True, help="The first seed; each run of a thousand letters takes the next."
)
def main(seconds: int, first: int) -> None:
    """Read letters by chance until the time is over; what breaks the reading is kept below var/fuzz and shown."""
    from .test_reading_of_anything import check

    until, read, number = time.monotonic() + seconds, 0, first
    quiet = settings(max_examples=1_000, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    while time.monotonic() < until:
        last = b""

        @seed(number)
        @quiet
        @given(trees.anything)
        def run(letter: bytes) -> None:
            nonlocal last, read
            if time.monotonic() < until:
                last, read = letter, read + 1
                check(letter)

        try:
            run()
        except Exception:
            _keep(last, number)
            raise
        number += 1
    click.echo(f"{read} letters read, seeds {first} to {number - 1}, nothing found.")


def _keep(letter: bytes, number: int) -> None:
    FOUND.mkdir(parents=True, exist_ok=True)
    path = FOUND / f"seed-{number}.eml"
    path.write_bytes(letter)
    click.echo(f"The reading broke; the letter is kept in {path}", err=True)


if __name__ == "__main__":
    sys.exit(main())
