"""`collegium bench`: how fast the house is, and how large, on an invented council of any size."""

from __future__ import annotations

import os
from pathlib import Path

import click
import django
from django.utils.module_loading import import_string

from collegium.config.bench import surroundings
from collegium.config.bench.corpus import keeping
from collegium.config.bench.corpus.scale import Scale

SMALLEST, LARGEST = 10_000, 5_000_000


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--posts", type=click.IntRange(SMALLEST, LARGEST), default=100_000, show_default=True, help="Posts in the corpus."
)
@click.option(
    "--seconds", type=click.FloatRange(0.5, 60), default=3, show_default=True, help="How long each page is asked for."
)
@click.option(
    "--rounds", type=click.IntRange(1, 20), default=3, show_default=True, help="How often; the middle one counts."
)
@click.option(
    "--archive",
    type=click.IntRange(100, 1_000_000),
    default=4_000,
    show_default=True,
    help="Letters in the archive that is brought in.",
)
@click.option("--rebuild", is_flag=True, help="Make the corpus anew.")
@click.option(
    "--report", type=click.Path(dir_okay=False, path_type=Path), default=Path("var/bench.json"), show_default=True
)
def bench(posts: int, seconds: float, rounds: int, archive: int, rebuild: bool, report: Path) -> None:
    """Measure speed and size on a large invented corpus, made once and kept in a folder of its own."""
    data, whole = surroundings.folder(os.environ) / str(posts), report.absolute()
    scale = Scale(posts=posts, longest=min(5_000, posts // 10))
    with surroundings.alone(data.parent):
        if rebuild or keeping.kept(data, scale) is None:
            keeping.forget(data)
        port = surroundings.free_port()
        surroundings.enter(os.environ, data=data, port=port)
        # Django reads its settings from what was just entered.
        django.setup()
        run = import_string("collegium.config.bench.running.run")
        run(scale, whole, port=port, seconds=seconds, rounds=rounds, archive=archive)


def main(arguments: list[str]) -> None:
    """What the command of that name does with its arguments."""
    bench.main(args=arguments, prog_name="collegium bench", standalone_mode=False)
