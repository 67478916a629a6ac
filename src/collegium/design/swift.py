"""A template as plain functions: what the engine would write, in a fraction of its time.

The engine's own nodes are read once. Text, plain variables, conditions, loops, translations, addresses, included
templates and components become closures, and what never changes becomes text; whatever else a template holds is left
to the engine. A drawing is made for one language, so that its translations are text. Tests compare components and pages
with what the engine writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from html import escape
from itertools import groupby
from typing import Any, cast

from django.template import Context, Engine
from django.template.base import FilterExpression, Node, NodeList, TextNode, VariableNode, render_value_in_context
from django.template.defaulttags import (
    CommentNode,
    CsrfTokenNode,
    ForNode,
    IfNode,
    LoadNode,
    TemplateLiteral,
    URLNode,
    WithNode,
)
from django.template.loader_tags import BlockNode, IncludeNode
from django.templatetags.i18n import TranslateNode
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from template_partials.templatetags.partials import DefinePartialNode

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
    known = _KNOWN.get(type(node))
    piece = known(node) if known is not None else None
    if piece is not None:
        return piece
    swift: Callable[[], str | Piece] | None = getattr(node, "swift", None)
    return swift() if swift is not None else by_the_engine(node)


def by_the_engine(node: Node) -> Piece:
    """What has no swift form is rendered as always."""
    return lambda scope, context: str(node.render_annotated(context))


def _text(node: TextNode) -> str:
    return str(node.s)


_NOT_GIVEN = "NOTPROVIDED"  # what the framework's context processor says without a request


def _csrf_token(node: CsrfTokenNode) -> Piece:
    """The field of a form; the engine marks one token up through six calls."""

    def write(scope: Any, context: Context) -> str:
        given = str(context.get("csrf_token") or _NOT_GIVEN)
        if given == _NOT_GIVEN:
            return str(node.render_annotated(context))
        return f'<input type="hidden" name="csrfmiddlewaretoken" value="{escape(given)}">'

    return write


def _nothing(node: Node) -> str:
    """What only speaks to the compiler."""
    return ""


def _translated(node: TranslateNode) -> str | None:
    expression = node.filter_expression
    literal = getattr(expression.var, "lookups", None) is None
    plain = literal and not expression.filters and not node.asvar and not node.message_context
    return str(node.render(Context())) if plain else None


def _counts(node: ForNode) -> bool:
    return any("forloop" in inner.token.contents for inner in node.get_nodes_by_type(Node) if inner.token)


def _included(node: IncludeNode) -> Piece | None:
    """A template that is named where it is included; with values of its own it sees them before all others."""
    if node.template.is_var or node.isolated_context:
        return None
    inner = written(Engine.get_default().get_template(node.template.var).nodelist)
    return _within(inner, node.extra_context) if node.extra_context else inner


def _with(node: WithNode) -> Piece:
    return _within(written(node.nodelist), node.extra_context)


def _within(inner: Piece, given: dict[str, FilterExpression]) -> Piece:
    """The piece, seeing values that are given for it alone."""
    readers = [(name, settled(expression)) for name, expression in given.items()]

    def write(scope: Any, context: Context) -> str:
        values = {name: read(scope, context) for name, read in readers}
        with context.push(**values):
            return inner(context, context)

    return write


def _url(node: URLNode) -> Piece | None:
    """An address; which one does not change while the process runs, so it is looked up once."""
    if node.view_name.is_var or node.kwargs:
        return None
    name, readers, asvar = str(node.view_name.var), [reader(argument) for argument in node.args], node.asvar

    def write(scope: Any, context: Context) -> str:
        try:
            url = _address(name, *[read(scope, context) for read in readers])
        except NoReverseMatch:
            if asvar is None:
                raise
            url = ""
        if asvar is None:
            return escape(url)
        context[asvar] = url
        return ""

    return write


@lru_cache(maxsize=8192)
def _address(name: str, *arguments: Any) -> str:
    return reverse(name, args=arguments)


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


def _loop(node: ForNode) -> Piece | None:
    if len(node.loopvars) != 1 or node.is_reversed or _counts(node):
        return None
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


# The blocks of the page that is being read, by name: those of the page itself before those of the page it extends.
_blocks: ContextVar[Mapping[str, BlockNode]] = ContextVar("blocks", default={})  # noqa: B039 - never written to


@contextmanager
def filled_with(blocks: Mapping[str, BlockNode]) -> Iterator[None]:
    """Inside, `written` puts these blocks where blocks of their names stand."""
    token = _blocks.set(blocks)
    try:
        yield
    finally:
        _blocks.reset(token)


def _block(node: BlockNode) -> Piece:
    inner = written(_blocks.get().get(node.name, node).nodelist)

    def write(scope: Any, context: Context) -> str:
        # What a block names, such as an address, is gone at its end.
        with context.push():
            return inner(context, context)

    return write


def _partial(node: DefinePartialNode) -> str | Piece:
    """A part of a page that htmx may ask for alone."""
    return written(node.nodelist) if node.inline else ""


_KNOWN: dict[type[Node], Callable[[Any], str | Piece | None]] = {
    TextNode: _text,
    VariableNode: _variable,
    IfNode: _condition,
    ForNode: _loop,
    TranslateNode: _translated,
    BlockNode: _block,
    IncludeNode: _included,
    WithNode: _with,
    URLNode: _url,
    CsrfTokenNode: _csrf_token,
    LoadNode: _nothing,
    CommentNode: _nothing,
    DefinePartialNode: _partial,
}


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
