"""What is not there, and what one may not see, is told in the same words: drawn in each room once, and compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from unittest.mock import patch

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.views.defaults import page_not_found

from collegium.config import urls

# Differs from one drawing to the next.
_TOKEN = re.compile(rb"[A-Za-z0-9]{64}")


@dataclass
class Missing:
    """The page somebody signed in is given in each room: the first part of an address."""

    pages: dict[str, bytes] = field(default_factory=dict)

    def answer(self, request: HttpRequest, exception: Exception) -> HttpResponse:
        if not request.user.is_authenticated:
            return page_not_found(request, exception)  # tells how to come back after signing in
        room = request.path.split("/")[1]
        if room not in self.pages:
            self.pages[room] = _TOKEN.sub(b"", page_not_found(request, exception).content)
        return HttpResponseNotFound(self.pages[room])

    @property
    def kinds(self) -> set[bytes]:
        """What they say, without what stands on every page and what is told of the deed before."""
        return {page.partition(b"<h1")[2].partition(b"</main>")[0] for page in self.pages.values()}


@contextmanager
def drawn_once_a_room() -> Iterator[Missing]:
    """Inside, the page of what is not there is drawn anew only for a room that has not yet answered with it."""
    missing = Missing()
    with patch.object(urls, "handler404", missing.answer, create=True):
        yield missing
