"""What was measured as a table and as a file: rates, ratios to the bare view, and whether the aims are met."""

from __future__ import annotations

import json
import platform
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from collegium.config.turns import processors

# Requests a second each page is to reach on a machine of two cores shared with the load generator.
AIMS = {"topic": 600, "group": 500, "home": 400, "reply, one at a time": 150, "reply, from four": 250}
# Milliseconds, of the slowest of a hundred searches from eight at once.
SEARCHES = ("search", "finding")
SLOWEST_SEARCH = 80
MOST_QUERIES = 6
MOST_BYTES = 60_000  # HTML, CSS and JavaScript of a page, compressed
MOST_MEBIBYTES = 350  # web and worker together
# Letters a second to a relay on the same machine, and milliseconds of processor time for each.
LETTERS_A_SECOND, LETTER_CPU, FIRST_LETTER_WITHIN = 1200, 0.8, 1.0
# A hundred thousand letters of a mailing list's archive in five minutes.
ARCHIVED_A_SECOND = 333
# Seconds, seconds and milliseconds, for the 5,000 societies of the measurement; of ballots the same pages.
CALL_OPENS_WITHIN, COUNTED_WITHIN, SLOWEST_PAGE_OF_CALLS = 5, 5, 60
DIGESTS_WITHIN = 60  # seconds, for the 10,000 people of the measurement
# Letters a second that are kept, read and published, the one after the other.
INCOMING_A_SECOND = 100
SLOWER_AT_MOST = 1.2  # p50 on the large corpus by that on the small one
SMALL, LARGE = "100000", "1000000"
PACKAGES = ("django", "granian", "psycopg", "procrastinate", "whitenoise")

Figures = dict[str, Any]


def combined(rounds: list[Figures]) -> Figures:
    """One page's rounds as one: the middle of each figure, so that a disturbed round does not decide."""
    return {name: round(median(figures[name] for figures in rounds), 3) for name in rounds[0]} | {"rounds": len(rounds)}


def with_ratios(pages: dict[str, Figures]) -> dict[str, Figures]:
    """Each page with its share of the bare view's rate."""
    bare = pages["bare"]["per_second"]
    return {name: figures | {"of_bare": round(figures["per_second"] / bare, 3)} for name, figures in pages.items()}


def machine() -> Figures:
    cpu = Path("/proc/cpuinfo")
    lines = cpu.read_text(encoding="utf-8", errors="replace").splitlines() if cpu.exists() else []
    model = next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine()
    )
    return {"cores": processors(), "cpu": model}


def versions(postgresql: str) -> dict[str, str]:
    return {"python": platform.python_version(), "postgresql": postgresql} | {name: version(name) for name in PACKAGES}


def read(path: Path) -> Figures:
    """The file of earlier runs; an empty one where there is none or it cannot be read."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {"runs": {}}
    return found if isinstance(found, dict) and isinstance(found.get("runs"), dict) else {"runs": {}}


def kept(path: Path, run: Figures, *, posts: int) -> Figures:
    """Write the run beside those with other numbers of posts, and return the whole file."""
    whole = read(path)
    whole["runs"][str(posts)] = run
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(whole, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return whole


def growth(whole: Figures) -> dict[str, float]:
    """p50 of each page on the large corpus by that on the small one, where both were measured."""
    small, large = (whole["runs"].get(size, {}).get("pages", {}) for size in (SMALL, LARGE))
    return {name: round(large[name]["p50"] / small[name]["p50"], 2) for name in small if name in large}


def missed(whole: Figures, *, posts: int) -> list[str]:
    """A sentence for each aim this run misses."""
    run = whole["runs"][str(posts)]
    found = [
        f"{name}: {run['pages'][name]['per_second']:.0f} a second, {aim} are the aim"
        for name, aim in AIMS.items()
        if name in run["pages"] and run["pages"][name]["per_second"] < aim
    ]
    found += [
        f"{name}: p99 is {figures['p99']:.0f} ms, {SLOWEST_SEARCH} at most"
        for name, figures in run["pages"].items()
        if name.startswith(SEARCHES) and figures["p99"] > SLOWEST_SEARCH
    ]
    found += [f"{name}: {n} queries, {MOST_QUERIES} at most" for name, n in run["queries"].items() if n > MOST_QUERIES]
    found += [f"{name}: {n:,} bytes, {MOST_BYTES:,} at most" for name, n in run["compressed"].items() if n > MOST_BYTES]
    found += _missed_by_letters(run.get("letters"))
    if run.get("first", {"middle": 0})["middle"] > FIRST_LETTER_WITHIN:
        found.append(f"first letter: {run['first']['middle']:.1f} s after the post, {FIRST_LETTER_WITHIN:g} at most")
    archived = run.get("archives", {"per_second": ARCHIVED_A_SECOND})["per_second"]
    if archived < ARCHIVED_A_SECOND:
        found.append(f"archives: {archived:.0f} letters a second, {ARCHIVED_A_SECOND} are the aim")
    found += _missed_by_digests(run.get("digests"))
    found += _missed_by_calls(run.get("calls"))
    found += _missed_by_ballots(run.get("ballots"))
    found += _slow("a letter", run["signons"]) if "signons" in run else []
    found += _missed_by_incoming(run.get("incoming"))
    together = run["memory"]["web"] + run["memory"]["worker"]
    if together > MOST_MEBIBYTES:
        found.append(f"web and worker: {together:.0f} MiB, {MOST_MEBIBYTES} at most")
    found += [
        f"{name}: p50 is {ratio} times that of the small corpus, {SLOWER_AT_MOST} at most"
        for name, ratio in growth(whole).items()
        if ratio > SLOWER_AT_MOST and posts == int(LARGE) and not name.startswith(SEARCHES)
    ]
    return found


def _missed_by_letters(letters: Figures | None) -> list[str]:
    if letters is None:
        return []
    found = []
    if letters["per_second"] < LETTERS_A_SECOND:
        found.append(f"letters: {letters['per_second']:.0f} a second, {LETTERS_A_SECOND} are the aim")
    if letters["cpu"] > LETTER_CPU:
        found.append(f"letters: {letters['cpu']:.2f} ms of processor time each, {LETTER_CPU} at most")
    if letters["first_after"] > FIRST_LETTER_WITHIN:
        found.append(f"letters: the first after {letters['first_after']:.1f} s, {FIRST_LETTER_WITHIN:g} at most")
    return found


def _missed_by_digests(digests: Figures | None) -> list[str]:
    if digests is None or digests["seconds"] <= DIGESTS_WITHIN:
        return []
    return [f"digests: {digests['seconds']:.0f} s for {digests['sent']:,} people, {DIGESTS_WITHIN} s at most"]


def _missed_by_incoming(found: Figures | None) -> list[str]:
    if found is None or found["per_second"] >= INCOMING_A_SECOND:
        return []
    return [f"letters in: {found['per_second']:.0f} a second, {INCOMING_A_SECOND} are the aim"]


def table(whole: Figures, *, posts: int) -> str:
    """The run as a person reads it."""
    run = whole["runs"][str(posts)]
    grown = growth(whole)
    head = (
        "page",
        "a second",
        "of bare",
        "p50 ms",
        "p99 ms",
        "CPU web",
        "CPU db",
        "queries",
        "sent kB",
        "packed kB",
        "aim",
        "10⁶/10⁵",
    )
    rows = [
        (
            name,
            f"{figures['per_second']:.0f}",
            f"{figures['of_bare']:.2f}",
            f"{figures['p50']:.1f}",
            f"{figures['p99']:.1f}",
            f"{figures['cpu_web']:.2f}",
            f"{figures['cpu_database']:.2f}",
            str(run["queries"].get(name, "")),
            f"{figures['bytes'] / 1000:.1f}",
            f"{run['compressed'][name] / 1000:.1f}" if name in run["compressed"] else "",
            _aim(name),
            f"{grown[name]:.2f}" if name in grown else "",
        )
        for name, figures in run["pages"].items()
    ]
    lines = [*_set(head, rows), "", "CPU: milliseconds of processor time for one page", _memory(run["memory"])]
    lines += _letters(run["letters"]) if "letters" in run else []
    lines += _first(run["first"]) if "first" in run else []
    lines += _archives(run["archives"]) if "archives" in run else []
    lines += _digests(run["digests"]) if "digests" in run else []
    bare = run["pages"]["bare"]["per_second"]
    lines += _calls(run["calls"], bare=bare) if "calls" in run else []
    lines += _ballots(run["ballots"], bare=bare) if "ballots" in run else []
    lines += _signons(run["signons"], bare=bare) if "signons" in run else []
    lines += _incoming(run["incoming"], bare=bare) if "incoming" in run else []
    misses = missed(whole, posts=posts)
    lines += ["", "All aims are met."] if not misses else ["", "Missed:", *(f"  {sentence}" for sentence in misses)]
    return "\n".join(lines)


def _letters(found: Figures) -> list[str]:
    naive = found["naive"]
    return [
        "",
        f"Letters to {found['recipients']:,}: {found['per_second']:.0f} a second, {found['cpu']:.2f} ms of processor "
        f"time each ({found['cpu_database']:.2f} the database), chosen in {found['chosen_in']:.2f} s, the first after "
        f"{found['first_after']:.2f} s.",
        f"A loop over Django's mail API: {naive['per_second']:.0f} a second, {naive['cpu']:.2f} ms each.",
    ]


def _first(found: Figures) -> list[str]:
    return [
        f"From the answer to a post until its first letter, through all processes: {found['middle']:.2f} s, "
        f"{found['slowest']:.2f} s the slowest of {found['posts']} posts to {found['readers']:,}."
    ]


def _archives(found: Figures) -> list[str]:
    naive = found["naive"]
    return [
        "",
        f"An archive of {found['letters']:,} letters: {found['per_second']:.0f} a second, {found['cpu']:.2f} ms of "
        f"processor time each ({found['cpu_reading']:.2f} reading, {found['cpu_database']:.2f} the database).",
        f"A loop that only parses them: {naive['per_second']:.0f} a second, {naive['cpu']:.2f} ms each.",
    ]


def _digests(found: Figures) -> list[str]:
    return [
        f"Digests of {found['messages']} messages to {found['sent']:,} people: {found['seconds']:.0f} s, "
        f"{found['cpu']:.2f} ms of processor time each ({found['cpu_database']:.2f} the database), "
        f"written in {found['written_in']:.1f} s."
    ]


def _calls(found: Figures, *, bare: float) -> list[str]:
    return [
        f"A call to {found['rows']:,} societies: open in {found['seconds']:.1f} s ({found['seconds'] * bare:,.0f} bare "
        f"views), the roll in {found['roll']:.1f} s, with {found['letters']:,} letters written; its pages: "
        f"{_pages_of(found, bare)}."
    ]


def _ballots(found: Figures, *, bare: float) -> list[str]:
    return [
        f"An election of {found['seats']} by {found['papers']:,} societies: counted in {found['seconds']:.2f} s "
        f"({found['seconds'] * bare:,.0f} bare views), {found['stages']} stages; its pages: {_pages_of(found, bare)}."
    ]


def _signons(found: Figures, *, bare: float) -> list[str]:
    return [
        f"A letter to {found['rows']:,} societies: asked in {found['asked']:.1f} s, closed with "
        f"{found['signatures']:,} signatures in {found['closed']:.1f} s, in order in {found['assembled']:.1f} s, sent "
        f"as PDF and DOCX in {found['sent']:.1f} s; its pages: {_pages_of(found, bare)}."
    ]


def _pages_of(found: Figures, bare: float) -> str:
    """Each made one after the other: the middle one's milliseconds, and the rate as a share of the bare view's."""
    pages = found["pages"].items()
    return ", ".join(f"{name} {page['p50']:.0f} ms ({1000 / page['p50'] / bare:.3f} of bare)" for name, page in pages)


def _missed_by_calls(found: Figures | None) -> list[str]:
    if found is None:
        return []
    missed = _slow("a call", found)
    if found["seconds"] > CALL_OPENS_WITHIN:
        missed.append(f"a call opens in {found['seconds']:.1f} s, {CALL_OPENS_WITHIN} at most")
    return missed


def _missed_by_ballots(found: Figures | None) -> list[str]:
    if found is None:
        return []
    missed = _slow("a ballot", found)
    if found["seconds"] > COUNTED_WITHIN:
        missed.append(f"a ballot is counted in {found['seconds']:.1f} s, {COUNTED_WITHIN} at most")
    return missed


def _slow(what: str, found: Figures) -> list[str]:
    slow = [name for name, page in found["pages"].items() if page["p50"] > SLOWEST_PAGE_OF_CALLS]
    return [f"{name} of {what}: {SLOWEST_PAGE_OF_CALLS} ms at most" for name in slow]


def _incoming(found: Figures, *, bare: float) -> list[str]:
    taken, handled = found["taken"], found["handled"]
    return [
        f"Letters in: {found['per_second']:.0f} a second ({found['per_second'] / bare:.3f} of the bare view's), "
        f"{taken['per_second']:.0f} through the door with {taken['cpu']:.2f} ms of processor time each, "
        f"{handled['per_second']:.0f} read and published with {handled['cpu']:.2f} ms "
        f"({handled['cpu_database']:.2f} the database).",
    ]


def _aim(name: str) -> str:
    if name.startswith(SEARCHES):
        return f"p99 ≤ {SLOWEST_SEARCH}"
    return f"≥ {AIMS[name]}" if name in AIMS else ""


def _memory(memory: Figures) -> str:
    return "Memory in MiB: " + ", ".join(f"{name} {memory[name]:.0f}" for name in ("web", "worker", "supervisor"))


def _set(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    return [
        "  ".join(
            cell.ljust(width) if n == 0 else cell.rjust(width)
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in [head, *rows]
    ]
