"""A component's template as plain functions: what the engine would write, in a fraction of its time.

The engine's own nodes are read once. Text, plain variables, conditions, loops, translations and other components become
closures, and what never changes becomes text; whatever else a template holds is left to the engine. A drawing is made
for one language, so that its translations are text. A test compares every component with what the engine writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from html import escape
from itertools import groupby
from typing import Any, cast

from django.template import Context, Engine
from django.template.base import FilterExpression, Node, NodeList, TextNode, VariableNode, render_value_in_context
from django.template.defaulttags import ForNode, IfNode, TemplateLiteral
from django.template.loader_tags import IncludeNode
from django.templatetags.i18n import TranslateNode
from django.utils.functional import Promise
from django.utils.safestring import SafeString

Piece = Callable[[Any, Context], str]
"""Writes a part of a template. Gets what it reads from (the props, or the whole context) and the engine's context."""

Reader = Callable[[Any, Context], Any]
"""Reads a value in the same way."""

COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "==": lambda one, other: one == other,
    "!=": lambda one, other: one != other,
    ">": lambda one, other: one > other,
    "<": lambda one, other: one < other,
    ">=": lambda one, other: one >= other,
    "<=": lambda one, other: one <= other,
}


def written(nodes: Iterable[Node]) -> Piece:
    """One function for a list of nodes; to be called in the language the drawing is for."""
    pieces = list(_merged(_piece(node) for node in nodes))
    if not pieces:
        return lambda scope, context: ""
    if len(pieces) == 1:
        only = pieces[0]
        return (lambda scope, context: only) if isinstance(only, str) else only
    return lambda scope, context: "".join(
        [piece if piece.__class__ is str else piece(scope, context) for piece in pieces]  # type: ignore[operator]  # else callable
    )


def _merged(pieces: Iterable[str | Piece]) -> Iterator[str | Piece]:
    for is_text, some in groupby(pieces, key=lambda piece: isinstance(piece, str)):
        if is_text:
            yield "".join(str(piece) for piece in some)
        else:
            yield from some


def _piece(node: Node) -> str | Piece:
    if isinstance(node, TextNode):
        return str(node.s)
    if isinstance(node, VariableNode):
        return _variable(node)
    if isinstance(node, IfNode):
        return _condition(node)
    if isinstance(node, ForNode) and len(node.loopvars) == 1 and not node.is_reversed and not _counts(node):
        return _loop(node)
    if isinstance(node, TranslateNode) and _is_plain(node):
        return str(node.render(Context()))
    if isinstance(node, IncludeNode) and not node.extra_context and not node.template.is_var:
        return written(_included(node))
    swift: Callable[[], str | Piece] | None = getattr(node, "swift", None)
    return swift() if swift is not None else by_the_engine(node)


def by_the_engine(node: Node) -> Piece:
    """What has no swift form is rendered as always."""
    return lambda scope, context: str(node.render_annotated(context))


def _is_plain(node: TranslateNode) -> bool:
    expression = node.filter_expression
    literal = getattr(expression.var, "lookups", None) is None
    return literal and not expression.filters and not node.asvar and not node.message_context


def _counts(node: ForNode) -> bool:
    return any("forloop" in inner.token.contents for inner in node.get_nodes_by_type(Node) if inner.token)


def _included(node: IncludeNode) -> NodeList:
    return Engine.get_default().get_template(node.template.var).nodelist


def _variable(node: VariableNode) -> Piece:
    read = reader(node.filter_expression)

    def write(scope: Any, context: Context) -> str:
        value = read(scope, context)
        if value.__class__ is str:
            return escape(value)
        if value.__class__ is SafeString:
            return str(value)
        return render_value_in_context(value, context)

    return write


def _condition(node: IfNode) -> Piece:
    ways = [(_test(test) if test is not None else None, written(nodes)) for test, nodes in node.conditions_nodelists]

    def write(scope: Any, context: Context) -> str:
        for holds, way in ways:
            if holds is None or holds(scope, context):
                return way(scope, context)
        return ""

    return write


def _test(test: Any) -> Reader:
    if isinstance(test, TemplateLiteral):
        return reader(cast(FilterExpression, test.value), silent=True)
    first, second = getattr(test, "first", None), getattr(test, "second", None)
    if test.id == "not":
        negated = _test(first)
        return lambda scope, context: not negated(scope, context)
    if test.id in ("and", "or"):
        one, other = _test(first), _test(second)
        if test.id == "and":
            return lambda scope, context: one(scope, context) and other(scope, context)
        return lambda scope, context: one(scope, context) or other(scope, context)
    if test.id in COMPARISONS:
        return _comparison(COMPARISONS[test.id], _test(first), _test(second))
    return lambda scope, context: test.eval(context)


def _comparison(compare: Callable[[Any, Any], Any], one: Reader, other: Reader) -> Reader:
    def read(scope: Any, context: Context) -> Any:
        try:
            return compare(one(scope, context), other(scope, context))
        except TypeError:
            return False

    return read


def _loop(node: ForNode) -> Piece:
    name = node.loopvars[0]
    sequence = reader(cast(FilterExpression, node.sequence), silent=True)
    inner, otherwise = written(cast(NodeList, node.nodelist_loop)), written(cast(NodeList, node.nodelist_empty))

    def write(scope: Any, context: Context) -> str:
        items = sequence(scope, context)
        parts = []
        with context.push():
            for item in items if items is not None else ():
                context[name] = item
                parts.append(inner(context, context))
        return "".join(parts) if parts else otherwise(scope, context)

    return write


def reader(expression: FilterExpression, *, silent: bool = False) -> Reader:
    """What the expression stands for; what is missing is None if `silent`, and otherwise as the engine has it."""
    if not expression.is_var and not expression.filters:
        return lambda scope, context: expression.var
    lookups = getattr(expression.var, "lookups", None)
    if expression.filters or lookups is None or expression.var.translate:
        return lambda scope, context: expression.resolve(context, ignore_failures=silent)
    name, *bits = lookups

    def read(scope: Any, context: Context) -> Any:
        try:
            value = scope[name]
            for bit in bits:
                value = _followed(value, bit)
        except (LookupError, AttributeError):
            return expression.resolve(context, ignore_failures=silent)
        return expression.resolve(context, ignore_failures=silent) if callable(value) else value

    return read


def settled(expression: FilterExpression) -> Reader:
    """As `reader`, for a drawing: a translated word is already in its language."""
    if not expression.is_var and not expression.filters and isinstance(expression.var, Promise):
        word = str(expression.var)
        return lambda scope, context: word
    return reader(expression)


def _followed(value: Any, bit: str) -> Any:
    """One step of a dotted name where the engine's many tries would end the same; LookupError where they may not."""
    if value.__class__ is dict:
        return value[bit]
    if callable(value) or hasattr(value.__class__, "__getitem__"):
        raise LookupError
    return getattr(value, bit)
