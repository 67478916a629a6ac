"""Who may open the gallery where it is not public: said by higher places in their `apps.py`, by dotted path."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

_may_see: list[str] = []


def open_gallery_to(dotted_path: str) -> None:
    """Let those in for whom the function at this path, given the request, is true."""
    if dotted_path not in _may_see:
        _may_see.append(dotted_path)


def gallery_is_open_to(request: HttpRequest) -> bool:
    """Everyone in a demonstration; elsewhere whom a higher place lets in, and nobody unless told."""
    return settings.MODE == "demo" or any(import_string(path)(request) for path in _may_see)
