"""Working on Collegium itself: `shell`, `django`."""

from __future__ import annotations

from django.core.management import call_command, execute_from_command_line

from collegium.config import installation


def shell() -> None:
    """Open Python with every model imported."""
    installation.current()
    call_command("shell")


def django_command(*, arguments: tuple[str, ...]) -> None:
    """Hand the words over to Django as they are."""
    execute_from_command_line(["collegium django", *arguments])
