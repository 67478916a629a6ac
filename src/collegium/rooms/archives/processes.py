"""Processes that read letters beside the one that writes; this module is imported before the house is set up."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager

import django


def number_here() -> int:
    """One for each core but the one that writes; at least one."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores - 1, 6))


@contextmanager
def beside(number: int) -> Iterator[ProcessPoolExecutor]:
    """So many processes, begun anew: a copy of this one would hold its connection to the database."""
    start = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(number, mp_context=start, initializer=_begin) as pool:
        try:
            yield pool
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _begin() -> None:
    """Whoever reads gives way to the one that writes."""
    django.setup()
    os.nice(1)
