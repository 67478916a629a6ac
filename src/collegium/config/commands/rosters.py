"""Bringing in a roster: `import-roster`. Ends with 1 where lines were refused, so that a script notices."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click
from django.utils import timezone

from collegium.config import installation
from collegium.core.access.errors import Refused
from collegium.core.people import actions
from collegium.core.people.models import RosterImport
from collegium.core.people.roster.columns import heading_of
from collegium.core.people.roster.planning import Outcome
from collegium.core.people.roster.reading import read


def import_roster(*, file: Path, yes: bool, encoding: str) -> None:
    """Show what each line comes to, ask, and carry it out; addresses of people already known are left alone."""
    installation.current()
    at = timezone.now()
    try:
        content = file.read_bytes()
        sheet = read(content, encoding=encoding)
        roster = actions.receive_roster(sheet, name=file.name, content=content, by=None, at=at)
        roster = actions.look_through_roster(roster, at=at)
        refused = _tell(roster)
        if _wanted(roster, yes=yes):
            refused += _carry_out(roster, at=at)
    except Refused as refusal:
        raise click.ClickException(str(refusal.reason)) from None
    if refused:
        sys.exit(1)


def _tell(roster: RosterImport) -> int:
    """Every refused line with its reason, and how many come to what."""
    for line in roster.lines.filter(outcome=Outcome.REFUSED):
        where = f", {heading_of(line.column)}" if line.column else ""
        click.echo(f"line {line.number}{where}: {line.reason}", err=True)
    counts = {outcome: roster.lines.filter(outcome=outcome.value).count() for outcome in Outcome}
    click.echo(", ".join(f"{number} {outcome.value}" for outcome, number in counts.items()))
    return counts[Outcome.REFUSED]


def _wanted(roster: RosterImport, *, yes: bool) -> bool:
    changing = roster.lines.filter(outcome__in=[Outcome.NEW, Outcome.CHANGED]).count()
    if not changing:
        click.echo("There is nothing to change.")
    elif yes or click.confirm(f"Carry out {changing} lines?"):
        return True
    actions.abandon_roster(roster, by=None, at=timezone.now())
    return False


def _carry_out(roster: RosterImport, *, at: datetime) -> int:
    roster = actions.confirm_roster(roster, by=None, at=at)
    with click.progressbar(length=roster.total, label="Carrying out") as bar:
        while done := actions.carry_out_part(roster, at=at):
            bar.update(done)
    roster.refresh_from_db()
    late = roster.lines.filter(outcome=Outcome.REFUSED, carried_out_at__isnull=False).count()
    click.echo(f"{roster.done - late} lines were carried out.")
    if roster.state == RosterImport.State.ABANDONED:
        raise click.ClickException("The rest was abandoned in the office.")
    return late
