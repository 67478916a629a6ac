"""Every registered letter can be written: a missing file fails at start."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import get_template

from .registry import letters


def letters_are_whole(**_options: Any) -> list[CheckMessage]:
    """A Django system check, run before anything is served: subject, text and HTML of each kind are there."""
    return [Error(problem, id="mail.E001") for problem in problems()]


def problems() -> Iterator[str]:
    """A sentence for each registered letter that cannot be written."""
    for name in letters.names():
        try:
            kind = letters.get(name)
        except ImproperlyConfigured as error:
            yield str(error)
            continue
        if kind.name != name:
            yield f"letter {name!r} is registered with the kind {kind.name!r}"
        for template in kind.templates:
            try:
                get_template(template)
            except TemplateDoesNotExist:
                yield f"letter {name!r} lacks its file {template}"
            except TemplateSyntaxError as error:
                yield f"letter {name!r} cannot be written from {template}: {error}"
