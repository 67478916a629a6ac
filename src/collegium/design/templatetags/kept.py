"""`{% kept state=topic.state %}…{% endkept %}`: a piece of a page drawn once for all it is told, and then kept.

What stands inside sees the values the tag is told and nothing else of the page, neither the reader nor the request: so
what is kept can hold nothing that differs by anything but these values, the language and the time zone.
"""

from __future__ import annotations

from typing import Any

from django.template import Library, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token, token_kwargs
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language

register = Library()

KEPT_AT_MOST = 256


class KeptNode(Node):
    """Keeps its renderings in the compiled template, by the values it was told, their types, language and zone."""

    def __init__(self, told: dict[str, FilterExpression], nodelist: NodeList) -> None:
        self.told = list(told.items())
        self.nodelist = nodelist
        self.kept: dict[tuple[Any, ...], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        values = [(name, expression.resolve(context)) for name, expression in self.told]
        # A trusted `<b>` and a typed one compare equal, and so do 1 and True: their types keep them apart.
        key = (get_language(), get_current_timezone_name(), *((value, type(value)) for _name, value in values))
        kept = self.kept.get(key)
        if kept is None:
            if len(self.kept) >= KEPT_AT_MOST:
                self.kept.clear()
            kept = self.kept[key] = self._drawn(dict(values), context)
        return kept

    def _drawn(self, values: dict[str, Any], context: Context) -> SafeString:
        alone = Context(values, autoescape=context.autoescape)
        alone.template = context.template
        alone.render_context.template = context.render_context.template
        return self.nodelist.render(alone)


@register.tag("kept")
def kept(parser: Parser, token: Token) -> KeptNode:
    """Everything the content reads is told by name: `{% kept url=url n=count %}`."""
    bits = token.split_contents()[1:]
    told = token_kwargs(bits, parser)
    if bits:
        raise TemplateSyntaxError(f"“kept” takes names and values, not {bits[0]}")
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(told, nodelist)
