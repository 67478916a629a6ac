"""`python -m collegium.config.tests.forking posting.post`: on each line it hears it forks, and then says what became.

First it says the number of the process that does the deed; at the next line how that ended, as `subprocess` says it.
"""

from __future__ import annotations

import os
import sys
import traceback

import click
import django
from django.utils.module_loading import import_string


def main(deed: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "collegium.config.settings")
    django.setup()
    do = import_string(f"collegium.config.commands.{deed}")
    for _line in sys.stdin:
        process = os.fork()
        if not process:
            _be(do)
        click.echo(process)
        sys.stdin.readline()
        click.echo(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))


def _be(do: object) -> None:
    """The child: it does the deed and nothing that its parent has open."""
    try:
        sys.stdout = sys.stderr
        do()  # type: ignore[operator]  # found by its name
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])
