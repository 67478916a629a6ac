"""The proof, and what was sent, byte for byte."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from collegium.core.access.doors import public, viewer_of
from collegium.core.access.standard import MEMBERS

from ..course import ASSEMBLED
from ..models import Paper
from ..papers.content import letter_content
from ..papers.portable import as_pdf
from ..queries import letters as rows
from ..rules.letters import is_host

TYPES = {
    Paper.Form.PDF: "application/pdf",
    Paper.Form.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@require_safe
def proof(request: HttpRequest, letter_id: int) -> HttpResponse:
    """The letter as it would be sent, for those who can have signed it."""
    viewer = viewer_of(request)
    found = rows.letter_for_page(viewer, letter_id)
    if found.entry.state != ASSEMBLED or not (viewer.is_among(MEMBERS) or is_host(viewer, found)):
        raise Http404
    pdf = as_pdf(letter_content(found, viewer.at, base=settings.BASE_URL, is_proof=True), viewer.at)
    return _file(pdf, TYPES[Paper.Form.PDF], f"sign-on-letter-{found.pk}-proof-{found.proof}.pdf")


@public
@require_safe
def paper(request: HttpRequest, letter_id: int, paper: str, form: str) -> HttpResponse:
    """A file that was sent."""
    found = rows.visible_paper(viewer_of(request), letter_id, paper, form)
    return _file(bytes(found.content), TYPES[Paper.Form(found.form)], found.file_name)


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
