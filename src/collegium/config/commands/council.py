"""Filling a council: `demo`, `seed`, `create-staff`."""

from __future__ import annotations

import click
from django.conf import settings
from django.utils import timezone

from collegium.config import demo, installation
from collegium.core.access.errors import Refused
from collegium.core.groups import preset as presets
from collegium.core.people.actions import create_staff as register_staff
from collegium.core.people.models import Organization


def load_demo() -> None:
    """Load the demo council where it is not loaded yet, and say as whom one can look around."""
    installation.current()
    if demo.load(at=timezone.now(), tell=click.echo):
        click.echo("The demo council is loaded.")
    click.echo("\nIn the demo you can be:")
    for line in demo.personas():
        click.echo(f"  {line}")


def seed(*, preset: str, name: str, acronym: str) -> None:
    """Set up the council, functions, groups and related bodies; run again, it adds what the preset gained."""
    installation.current()
    if not name and not Organization.objects.filter(kind=Organization.Kind.COUNCIL).exists():
        name = click.prompt("Name of the council")
    council = {"name": name, "acronym": acronym, "time_zone": settings.COUNCIL_TIME_ZONE}
    try:
        presets.seed(preset, council=council, at=timezone.now())
    except (Refused, ValueError) as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo(f"The council is set up from {preset}.")


def create_staff(*, name: str, email: str) -> None:
    """Make a person of the council's team."""
    installation.current()
    try:
        register_staff(name, email=email, on=timezone.localdate(), at=timezone.now())
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo(f"{name} belongs to the council's team and signs in with a code sent to {email}.")
