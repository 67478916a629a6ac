"""Components in templates: `{% c %}` for one without slots, `{% component %}` with `{% slot %}`, and `{% icon %}`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.template import Library, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, TextNode, Token
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe

from collegium.design.catalogue import CATALOGUE
from collegium.design.components import Component, ComponentError, Prop, attributes
from collegium.design.icons import draw_icon
from collegium.design.names import grouped, initials_of
from collegium.design.swift import Piece, Reader, by_the_engine, reader, settled, written

register = Library()

NAMED = re.compile(r"([A-Za-z_][\w:-]*)=(.*)", re.DOTALL)


class ComponentNode(Node):
    """One use of a component; names were checked when the page was compiled."""

    child_nodelists = ("slot_nodelists",)

    def __init__(self, component: Component, props: dict[str, FilterExpression], slots: dict[str, NodeList]) -> None:
        self.component = component
        self.given = props
        self.readers = self._readers(reader)
        self.slots = slots
        self.slot_nodelists = NodeList(node for nodelist in slots.values() for node in nodelist)

    def _readers(self, read: Callable[[FilterExpression], Reader]) -> list[tuple[str, Prop | None, Reader]]:
        return [(name, self.component.prop_of.get(name), read(given)) for name, given in self.given.items()]

    def render(self, context: Context) -> SafeString:
        slots = {name: nodelist.render(context) for name, nodelist in self.slots.items()}
        return self._drawn(self.readers, slots, context, context)

    def swift(self) -> Piece:
        """The same inside another component; see `collegium.design.swift`."""
        readers = self._readers(settled)
        slots = {name: written(nodelist) for name, nodelist in self.slots.items()}

        def draw(scope: Any, context: Context) -> SafeString:
            filled = {name: piece(scope, context) for name, piece in slots.items()}
            return self._drawn(readers, filled, scope, context)

        return draw

    def _drawn(
        self, readers: list[tuple[str, Prop | None, Reader]], slots: Mapping[str, str], scope: Any, context: Context
    ) -> SafeString:
        component = self.component
        values: dict[str, Any] = {}
        extra: dict[str, Any] = {}
        for name, prop, read in readers:
            if prop is None:
                extra[name] = read(scope, context)
            else:
                values[name] = prop.checked(component.name, read(scope, context))
        if extra:
            values["attrs"] = attributes(extra)
        for name, content in slots.items():
            values[name] = mark_safe(content.strip())  # noqa: S308 - rendered with escaping on
        return component.draw(values)


class IconNode(Node):
    """An icon; one whose name and label are written in the template is text."""

    def __init__(self, name: FilterExpression, label: FilterExpression | None) -> None:
        self.name = name
        self.label = label

    def render(self, context: Context) -> SafeString:
        return draw_icon(str(self.name.resolve(context)), str(self.label.resolve(context)) if self.label else "")

    def swift(self) -> str | Piece:
        if self.label and self.label.is_var:
            return by_the_engine(self)
        if not self.name.is_var:
            return str(self.render(Context()))
        name, label = reader(self.name), str(self.label.resolve(Context())) if self.label else ""
        return lambda scope, context: draw_icon(str(name(scope, context)), label)


class SlotNode(Node):
    """The content of one slot, taken out of the block by `component`."""

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name = name
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        return self.nodelist.render(context)


@register.tag("c")
def inline(parser: Parser, token: Token) -> ComponentNode:
    """A component without slots: `{% c "button" label=_("Save") %}`."""
    component, props = _heading(parser, token)
    return _node(component, props, {})


@register.tag("component")
def block(parser: Parser, token: Token) -> ComponentNode:
    """A component with slots; what stands outside the named slots is its body."""
    component, props = _heading(parser, token)
    content = parser.parse(("endcomponent",))
    parser.delete_first_token()
    slots: dict[str, NodeList] = {}
    body = NodeList()
    for node in content:
        if not isinstance(node, SlotNode):
            body.append(node)
        elif node.name in slots:
            raise TemplateSyntaxError(f"slot “{node.name}” of component “{component.name}” is filled twice")
        else:
            slots[node.name] = node.nodelist
    if any(not isinstance(node, TextNode) or node.s.strip() for node in body):
        slots["body"] = body
    return _node(component, props, slots)


@register.tag("slot")
def slot(parser: Parser, token: Token) -> SlotNode:
    """One slot, directly inside its component (a condition goes inside the slot: an empty slot counts as absent)."""
    enclosing = parser.command_stack[-2][0] if len(parser.command_stack) > 1 else None
    if enclosing != "component":
        raise TemplateSyntaxError("{% slot %} stands directly inside {% component %}")
    bits = token.split_contents()
    if len(bits) != 2:
        raise TemplateSyntaxError('say {% slot "name" %}')
    name = _literal(parser, bits[1], "slot")
    nodelist = parser.parse(("endslot",))
    parser.delete_first_token()
    return SlotNode(name, nodelist)


@register.tag("icon")
def icon(parser: Parser, token: Token) -> IconNode:
    """An icon alone: decorative, or with a label that is read aloud. One that does not exist is refused."""
    bits = token.split_contents()[1:]
    if len(bits) not in (1, 2):
        raise TemplateSyntaxError('say {% icon "name" %} or {% icon "name" label %}')
    name, *label = (parser.compile_filter(bit) for bit in bits)
    if not name.is_var:
        draw_icon(str(name.var))
    return IconNode(name, label[0] if label else None)


register.filter("grouped", grouped)


@register.filter
def initials(name: str) -> str:
    """Two letters for the face of a person."""
    return initials_of(str(name))


def _heading(parser: Parser, token: Token) -> tuple[Component, dict[str, FilterExpression]]:
    tag, *bits = token.split_contents()
    if not bits:
        raise TemplateSyntaxError(f"{{% {tag} %}} needs the name of a component")
    name = _literal(parser, bits[0], "component")
    if name not in CATALOGUE:
        raise TemplateSyntaxError(f"there is no component “{name}”; see collegium/design/catalogue.py")
    props: dict[str, FilterExpression] = {}
    for bit in bits[1:]:
        match = NAMED.fullmatch(bit)
        if match is None:
            raise TemplateSyntaxError(f"component “{name}” takes its props by name, not {bit}")
        if match[1] in props:
            raise TemplateSyntaxError(f"“{match[1]}” of component “{name}” is given twice")
        props[match[1]] = parser.compile_filter(match[2])
    return CATALOGUE[name], props


def _literal(parser: Parser, bit: str, what: str) -> str:
    expression = parser.compile_filter(bit)
    if expression.is_var or expression.filters or not isinstance(expression.var, str):
        raise TemplateSyntaxError(f"the name of a {what} is written in quotes, so that it can be checked; got {bit}")
    return str(expression.var)


def _node(component: Component, props: dict[str, FilterExpression], slots: dict[str, NodeList]) -> ComponentNode:
    try:
        component.check_names(props, slots)
        for name, expression in props.items():
            if name in component.prop_of and isinstance(expression.var, str) and not expression.filters:
                component.prop_of[name].checked(component.name, expression.var)
    except ComponentError as error:
        raise TemplateSyntaxError(str(error)) from error
    return ComponentNode(component, props, slots)
