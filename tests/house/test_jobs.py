"""The worker knows every job: one it cannot find would wait for ever, and nobody would see."""

from __future__ import annotations

import ast

from django.apps import apps

from .reading import SOURCE, code, name_of, none, text_of, tree_of


def dotted(path):
    return ".".join(("collegium", *path.relative_to(SOURCE).with_suffix("").parts))


def imported_by(path):
    """The modules a module names, its relative ones written out."""
    package = dotted(path).split(".")[:-1]
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            for alias in node.names:
                yield ".".join([*base, *(node.module or "").split("."), alias.name])


def test_every_module_with_jobs_is_found_by_the_worker():
    found_by_itself = {f"{app.name}.jobs" for app in apps.get_app_configs()}
    doors = [path for path in code() if dotted(path) in found_by_itself]
    known = found_by_itself | {name for path in doors for name in imported_by(path)}
    with_jobs = [path for path in code() if "@app.task" in text_of(path)]
    assert len(with_jobs) > 8
    none([name_of(path) for path in with_jobs if dotted(path) not in known])
