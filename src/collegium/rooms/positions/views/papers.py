"""A position as files: the paper as it went out, a draft of it, and how it is cited by programs."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_safe

from collegium.core.access.doors import public, viewer_of
from collegium.design.word import DOCX

from .. import citing
from ..course import PUBLISHED
from ..models import Position
from ..printing import paper_of, word_of
from ..queries import positions as rows
from ..queries.publishing import edition as edition_of

# A browser that has it asks whether there is another, and is told in a line.
_KEPT = "private, max-age=0, must-revalidate"
FORMATS = {"bib": ("application/x-bibtex", citing.bibtex), "ris": ("application/x-research-info-systems", citing.ris)}


@public
@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Published: as it last went out. Before: the wording this reader sees, made as it is asked for."""
    viewer = viewer_of(request)
    found = rows.position_for_page(viewer, pk)
    if found.entry.state in PUBLISHED:
        return _edition(request, found, None)
    revision = rows.shown_revision(found, viewer)
    if revision is None:
        raise Http404
    content = paper_of(found, revision, at=revision.at)
    return _pdf(content, f"position-{pk}-revision-{revision.number}")


@public
@require_safe
def word(request: HttpRequest, pk: int) -> HttpResponse:
    """The wording this reader sees, for word processors."""
    viewer = viewer_of(request)
    found = rows.position_for_page(viewer, pk)
    revision = rows.shown_revision(found, viewer)
    if revision is None:
        raise Http404
    answer = HttpResponse(word_of(found, revision, at=found.entry.touched_at), content_type=DOCX)
    answer["Content-Disposition"] = f'attachment; filename="position-{pk}-revision-{revision.number}.docx"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@public
@require_safe
def edition(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One paper as it went out."""
    found = rows.position_for_page(viewer_of(request), pk)
    if found.entry.state not in PUBLISHED or number < 1:
        raise Http404
    return _edition(request, found, number)


def _edition(request: HttpRequest, position: Position, number: int | None) -> HttpResponse:
    chosen = edition_of(position, number)
    if chosen is None:
        raise Http404
    answer = _pdf(bytes(chosen.content), f"position-{position.pk}-edition-{chosen.number}")
    return told_when(request, answer, chosen.digest, chosen.at)


def _pdf(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def told_when(request: HttpRequest, answer: HttpResponse, digest: str, at: datetime) -> HttpResponse:
    """With what it is and since when; 304 to whoever has it."""
    etag = quote_etag(digest)
    answer["ETag"], answer["Last-Modified"], answer["Cache-Control"] = etag, http_date(at.timestamp()), _KEPT
    told: HttpResponseBase | None = get_conditional_response(
        request, etag=etag, last_modified=int(at.timestamp()), response=answer
    )
    return told if isinstance(told, HttpResponse) else answer


def digest_of(answer: HttpResponse) -> str:
    """SHA-256, in hex, of a page as it is."""
    return hashlib.sha256(answer.content).hexdigest()


@public
@require_safe
def cited(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """How a published position is cited, for programs that keep references."""
    found = rows.position_for_page(viewer_of(request), pk)
    if found.entry.state not in PUBLISHED or found.adopted is None or form not in FORMATS:
        raise Http404
    content_type, written = FORMATS[form]
    text = written(found, found.adopted, citing.council_name(), citing.address_of(found, request))
    answer = HttpResponse(text, content_type=f"{content_type}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="position-{pk}.{form}"'
    return answer
