"""`{% result_rows results %}`: rows of results as `collegium.web.search.rows` draws them."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString

from collegium.core.search.queries import Result
from collegium.web.search import rows

register = template.Library()


@register.simple_tag
def result_rows(results: Sequence[Result]) -> SafeString:
    """The rows, each with a heading of the second level."""
    return rows.drawn(results)
