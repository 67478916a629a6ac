"""What the guards read: the repository's own files, and what stands in them."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "collegium"
LEFT_OUT = {".git", ".venv", "__pycache__", ".pytest_cache", ".ruff_cache", ".mypy_cache", ".hypothesis", "var"}
FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def everything() -> tuple[Path, ...]:
    """Every file of the repository, in order; folders that are not its own are not gone into."""
    found = []
    for folder, inner, names in os.walk(ROOT):
        inner[:] = [name for name in inner if name not in LEFT_OUT and not name.endswith(".egg-info")]
        found += [Path(folder, name) for name in names if name not in LEFT_OUT]
    return tuple(sorted(path for path in found if path.is_file()))


@cache
def files(suffix: str, root: Path = ROOT) -> tuple[Path, ...]:
    return tuple(path for path in everything() if path.name.endswith(suffix) and path.is_relative_to(root))


def is_test(path: Path) -> bool:
    return "tests" in path.relative_to(ROOT).parts or path.name == "conftest.py"


@cache
def code() -> tuple[Path, ...]:
    """Python of the product, migrations left out: those are written by the framework."""
    return tuple(path for path in files(".py", SOURCE) if not is_test(path) and "migrations" not in path.parts)


@cache
def code_below(folder: Path) -> tuple[Path, ...]:
    return tuple(path for path in code() if folder in path.parents)


@cache
def proofs() -> tuple[Path, ...]:
    return tuple(path for path in files(".py") if is_test(path))


@cache
def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def tree_of(path: Path) -> ast.Module:
    """The parsed file; each node knows the one around it as `.parent`."""
    tree = ast.parse(text_of(path), filename=str(path))
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            child.parent = node  # type: ignore[attr-defined]  # our own mark on the framework's node
    return tree


def around(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes around a node, innermost first."""
    while (outer := getattr(node, "parent", None)) is not None:
        yield outer
        node = outer


def functions(path: Path) -> list[FunctionNode]:
    return [node for node in ast.walk(tree_of(path)) if isinstance(node, FunctionNode)]


def lines(node: FunctionNode) -> int:
    assert node.end_lineno is not None
    return node.end_lineno - node.lineno + 1


def is_view(path: Path, function: FunctionNode) -> bool:
    takes = [argument.arg for argument in function.args.posonlyargs + function.args.args]
    return ("views" in path.parts or path.stem.startswith("views")) and takes[:1] == ["request"]


def called(node: ast.AST) -> set[str]:
    """The names of everything called inside: the last word of each."""
    found = set()
    for call in ast.walk(node):
        if isinstance(call, ast.Call):
            found.add(call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", ""))
    return found


def none(found: Iterable[object]) -> None:
    """Fails with a line for each thing found."""
    listed = "\n".join(map(str, found))
    assert not listed, f"\n{listed}"
