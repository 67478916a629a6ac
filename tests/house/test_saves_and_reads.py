"""Rows change field by field and are read through what the viewer may see; nothing happens behind one's back."""

from __future__ import annotations

import ast

from .reading import FunctionNode, around, called, code, name_of, none, tree_of

# A row that has just been made in memory is saved whole.
NEW_ROWS = {"src/collegium/core/people/models/persons.py"}
# Signals run where nobody looks; these are the framework's own moments, not deeds.
SIGNALS = {
    "src/collegium/core/people/apps.py": "the directory is there after every migration",
    "src/collegium/core/access/apps.py": "the standard audiences exist after every migration",
    "src/collegium/core/access/standard.py": "the same",
}
# Views that read rows which have no audience: one's own, or of the page itself.
OWN_ROWS = {
    "AddressProposal": "of the council's team, which the view asks for first, or the viewer's own",
    "EmailAddress": "the viewer's own",
    "Person": "the viewer's own",
    "UserSession": "the viewer's own",
}


def calls(path):
    return [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)]


def test_no_row_is_saved_whole():
    found = []
    for path in code():
        for call in calls(path):
            if isinstance(call.func, ast.Attribute) and call.func.attr == "save" and not call.args:
                whole = "update_fields" not in {keyword.arg for keyword in call.keywords}
                if whole and name_of(path) not in NEW_ROWS:
                    found.append(f"{name_of(path)}:{call.lineno}")
    none(found)


def test_views_read_what_the_viewer_may_see():
    found = []
    for path in code():
        if "views" not in path.parts and not path.stem.startswith("views"):
            continue
        managers = [one for one in ast.walk(tree_of(path)) if isinstance(one, ast.Attribute) and one.attr == "objects"]
        found += [f"{name_of(path)}:{one.lineno} {ast.unparse(one)}" for one in managers if not is_scoped(one)]
    none(found)


def is_scoped(node: ast.Attribute) -> bool:
    if ast.unparse(node.value) in OWN_ROWS:
        return True
    outer = [one for one in around(node) if isinstance(one, FunctionNode)]
    return any({"get_visible", "visible_to"} & called(one) for one in outer)


def test_no_deed_hides_in_a_signal():
    found = [path for path in code() if "signals" in {word for node in imports(path) for word in node}]
    none(sorted({name_of(path) for path in found} - set(SIGNALS)))


def imports(path):
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("django"):
            yield {*(node.module or "").split("."), *(alias.name for alias in node.names)}


def test_the_clock_is_read_at_the_door():
    """Actions, rules and queries are handed the moment; only doors, jobs and commands look at the clock."""
    below = {"actions", "rules", "queries", "models", "sources", "notices"}
    found = []
    for path in code():
        if (path.stem in below or path.parent.name in below - {"notices"}) and "config" not in path.parts:
            found += [f"{name_of(path)}:{call.lineno}" for call in calls(path) if reads_the_clock(call)]
    none(found)


def reads_the_clock(call: ast.Call) -> bool:
    return ast.unparse(call.func) in {"timezone.now", "datetime.now", "date.today", "time.time", "datetime.today"}
