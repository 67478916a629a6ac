"""Pages drawn as components are: their templates are read once and become plain functions.

A page's blocks are put into the page it extends when it is first drawn, instead of each time. Letters as plain text,
and pages that other packages put into ours, are left to the engine.
"""

from __future__ import annotations

from typing import Any, cast

from django.template import Context, NodeList, Template
from django.template.base import FilterExpression, TextNode
from django.template.loader_tags import BLOCK_CONTEXT_KEY, BlockNode, ExtendsNode
from django.template.loaders import cached
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from collegium.design.swift import Piece, filled_with, written

OURS = "collegium/"


class SwiftNodes(NodeList):
    """A template's nodes, drawn by functions where that comes to the same."""

    def __init__(self, nodes: NodeList, template: Template) -> None:
        super().__init__(nodes)
        self.contains_nontext = nodes.contains_nontext
        self.template = template
        self.writers: dict[str | None, Piece] = {}

    def render(self, context: Context) -> SafeString:
        # Inside a page that the engine puts together its blocks are the engine's too; plain text is not escaped.
        if not context.autoescape or BLOCK_CONTEXT_KEY in context.render_context:
            return super().render(context)
        language = get_language()
        writer = self.writers.get(language)
        if writer is None:
            writer = self.writers[language] = self._writer()
        return mark_safe(writer(context, context))  # noqa: S308 - its parts were escaped as they came

    def _writer(self) -> Piece:
        blocks: dict[str, BlockNode] = {}
        nodes: NodeList = self
        while (extending := _extending(nodes)) is not None:
            blocks = {**extending.blocks, **blocks}
            nodes = self.template.engine.get_template(_extended(extending).var).nodelist
        with filled_with(blocks):
            return written(nodes)


def _extending(nodes: NodeList) -> ExtendsNode | None:
    """The page's `extends`, which is the first thing it says."""
    first = next((node for node in nodes if not isinstance(node, TextNode)), None)
    return first if isinstance(first, ExtendsNode) and not _extended(first).is_var else None


def _extended(node: ExtendsNode) -> FilterExpression:
    return cast(FilterExpression, node.parent_name)


class Loader(cached.Loader):
    """Keeps compiled templates, ours as functions."""

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        template: Template = super().get_template(template_name, skip)
        if not isinstance(template.nodelist, SwiftNodes) and OURS in str(template.origin.name):
            template.nodelist = SwiftNodes(template.nodelist, template)
        return template
