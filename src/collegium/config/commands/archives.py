"""Mailing lists moving in and groups moving out: `import-mbox`, `export-group`."""

from __future__ import annotations

from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import click
from django.utils import timezone

from collegium.config import installation
from collegium.core.access.errors import Refused
from collegium.core.files.zipping import zipped
from collegium.core.groups.models import Group
from collegium.rooms.archives import actions
from collegium.rooms.archives.carrying import Result, bring_archive
from collegium.rooms.archives.giving import files_of_group, name_for
from collegium.rooms.archives.giving.package import steps_of
from collegium.rooms.archives.models import PastLetter
from collegium.rooms.archives.sources import Unusable

# Names of files without letters that are told one by one.
NAMED = 5


def import_mbox(*, file: Path, group: str) -> None:
    """Bring the archive in, sealed, with a bar while it goes on, and say what was left out and why."""
    installation.current()
    into = _group(group)
    click.echo("Looking through it …")
    try:
        with click.progressbar(length=1, label="Bringing in", show_pos=True) as bar:
            result = bring_archive(
                into, file, at=timezone.now(), begun=lambda all_: _expect(bar, all_), told=bar.update
            )
    except (Refused, Unusable) as trouble:
        raise click.ClickException(str(getattr(trouble, "reason", trouble))) from None
    except BrokenProcessPool:
        raise click.ClickException("a process that read letters was ended; run it again, and it goes on.") from None
    for line in told(result):
        click.echo(line)
    if result.intake:
        click.echo(
            f"It is sealed: only the officers of {into.name} read it until they open it, at /groups/{group}/archive/."
        )


def export_group(*, group: str, to: Path | None) -> None:
    """Write the package beside where it will stand, so that a file of that name is always whole."""
    installation.current()
    found, at = _group(group), timezone.now()
    target = to or Path(name_for(found, at))
    if target.exists():
        raise click.ClickException(f"{target} is there already: name another file with --to.")
    unfinished = target.with_name(f"{target.name}.part")
    try:
        with unfinished.open("xb") as file, click.progressbar(length=steps_of(found), label="Writing") as bar:
            unfinished.chmod(0o600)
            for chunk in zipped(files_of_group(found, at, told=bar.update), at):
                file.write(chunk)
        actions.export_group(found, viewer=None, at=at)
        unfinished.rename(target)
    except FileExistsError:
        raise click.ClickException(f"{unfinished} is there already: another export runs, or was broken off.") from None
    except OSError as trouble:
        raise click.ClickException(f"{target} cannot be written: {trouble.strerror}.") from None
    click.echo(f"What was said in {found.name} is in {target}; README.txt in it says how it is laid out.")


def _expect(bar: object, length: int) -> None:
    bar.length = max(length, 1)  # type: ignore[attr-defined]  # click's bar, whose length is known only now


def _group(slug: str) -> Group:
    found = Group.objects.select_related("circle").filter(slug=slug.replace("\0", "")).first()
    if found is None:
        raise click.ClickException(f"there is no group {slug[:60]!r}; its short name stands in the address of its page")
    return found


def told(result: Result) -> list[str]:
    """What the run came to, a line each."""
    if result.intake is None:
        return [f"{result.found:,} letters, all of which were brought in before; nothing was added."]
    lines = [f"{result.found:,} letters, {result.known:,} of them known before; {result.posts:,} are posts now."]
    reasons = dict(PastLetter.Reason.choices)
    lines += [f"{number:,} left out: {reasons[reason]}" for reason, number in sorted(result.left_out.items())]
    if result.redated:
        lines.append(f"{result.redated:,} without a date of their own, which the letters around them give.")
    if result.files_left_out:
        lines.append(f"{result.files_left_out:,} files were left out: empty, too large, or of a kind not taken here.")
    for name in result.passed_over[:NAMED]:
        lines.append(f"{name} holds no letters.")
    if len(result.passed_over) > NAMED:
        lines.append(f"{len(result.passed_over) - NAMED:,} more files hold no letters.")
    return lines
