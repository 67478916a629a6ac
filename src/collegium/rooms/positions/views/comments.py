"""The comments on a position: the table, a new one, what becomes of one, and the table as a paper."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from collegium.core.access.doors import viewer_of
from collegium.design.word import DOCX

from .. import actions
from ..course import STATES, TAKES_COMMENTS
from ..forms.comments import CommentForm, DispositionForm, SatisfactionForm
from ..forms.issues import ReasonForm
from ..models import Block, Comment, Position
from ..papers import comment_table
from ..queries import comments as rows
from ..queries.positions import blocks_of
from ..queries.speaking import mandated_tenures
from ..rules.comments import answers_comments
from .doors import done, see_other, sent, status_of

form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def comments(request: HttpRequest, pk: int) -> HttpResponse:
    """All comments in the order of the text, each with what became of it."""
    viewer = viewer_of(request)
    consultation = rows.consultation_of(viewer, pk)
    position = consultation.position
    own = {tenure.seat.organization_id for tenure in mandated_tenures(viewer, "comment")}
    found = rows.table(consultation)
    context = {
        "position": position,
        "state": STATES[position.entry.state],
        "rows": found,
        "open": sum(1 for row in found if row.comment.disposition is None),
        "own": own,
        "takes": position.entry.state in TAKES_COMMENTS,
        "may_comment": bool(own) and position.entry.state in TAKES_COMMENTS,
        "may_dispose": answers_comments(viewer, position) and position.entry.state in TAKES_COMMENTS,
    }
    return render(request, "positions/comments.html", context)


@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The comment-resolution table as DOCX."""
    viewer = viewer_of(request)
    consultation = rows.consultation_of(viewer, pk)
    answer = HttpResponse(comment_table(consultation, rows.table(consultation), viewer.at), content_type=DOCX)
    name = _("comments-%(number)s.docx") % {"number": pk}
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["Cache-Control"] = "private, no-store"
    return answer


@form_page
def new_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Comment for a society, on the paragraph the address names or on the whole text."""
    viewer = viewer_of(request)
    position = rows.consultation_of(viewer, pk).position
    tenures = mandated_tenures(viewer, "comment")
    if not tenures:
        raise Http404
    block = _block(position, request.POST.get("block") or request.GET.get("block", ""))
    initial = {"block": block.key if block else None}
    form = CommentForm(sent(request), tenures=tenures, has_block=block is not None, initial=initial)
    how: dict[str, Any] = {"viewer": viewer, "at": viewer.at}
    if form.is_bound and done(form, lambda values: actions.make_comment(position, **values, **how)):
        return see_other(request, reverse("positions:comments", args=[pk]), _("The comment is made for your society."))
    context = {"position": position, "paragraph": block, "form": form, "is_late": _is_late(position, viewer.at)}
    return render(request, "positions/new_comment.html", context, status=status_of(form))


def _block(position: Position, key: str) -> Block | None:
    """The paragraph of this key, if the text the societies read has one."""
    if not key:
        return None
    found = next((block for block in blocks_of(position.presented) if str(block.key) == key), None)
    if found is None:
        raise Http404
    return found


def _is_late(position: Position, at: datetime) -> bool:
    window = position.windows.last()
    return window is not None and window.closes_at <= at


@form_page
def disposition(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Say what becomes of a comment, and why."""
    viewer = viewer_of(request)
    comment = rows.visible_comment(viewer, pk, number)
    if not answers_comments(viewer, comment.consultation.position):
        raise Http404
    form = DispositionForm(sent(request))
    how: dict[str, Any] = {"viewer": viewer, "at": viewer.at}
    if form.is_bound and done(form, lambda values: actions.dispose_comment(comment, **values, **how)):
        return see_other(request, _back(comment), _("Answered. The society is asked whether that satisfies it."))
    return _page(request, "positions/disposition.html", comment, form)


@form_page
def satisfaction(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Say for the society whether the answer satisfies it."""
    viewer = viewer_of(request)
    comment = _own_comment(request, pk, number)
    form = SatisfactionForm(sent(request))
    how: dict[str, Any] = {"viewer": viewer, "at": viewer.at}
    if form.is_bound and done(form, lambda values: actions.answer_disposition(comment, **values, **how)):
        return see_other(request, _back(comment), _("Your society's word stands beside the answer."))
    return _page(request, "positions/satisfaction.html", comment, form)


@form_page
def withdrawal(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Take back a comment of one's society."""
    viewer = viewer_of(request)
    comment = _own_comment(request, pk, number)
    form = ReasonForm(sent(request))
    how: dict[str, Any] = {"viewer": viewer, "at": viewer.at}
    if form.is_bound and done(form, lambda values: actions.withdraw_comment(comment, **values, **how)):
        return see_other(request, _back(comment), _("The comment is withdrawn."))
    return _page(request, "positions/withdraw_comment.html", comment, form)


def _own_comment(request: HttpRequest, pk: int, number: int) -> Comment:
    """A comment of a society for which the reader comments."""
    viewer = viewer_of(request)
    comment = rows.visible_comment(viewer, pk, number)
    own = {tenure.seat.organization_id for tenure in mandated_tenures(viewer, "comment")}
    if comment.society_id not in own:
        raise Http404
    return comment


def _back(comment: Comment) -> str:
    url = reverse("positions:comments", args=[comment.consultation.position_id])
    return f"{url}#comment-{comment.number}"


def _page(request: HttpRequest, template: str, comment: Comment, form: object) -> HttpResponse:
    context = {"comment": comment, "position": comment.consultation.position, "form": form, "back": _back(comment)}
    return render(request, template, context, status=status_of(form))  # type: ignore[arg-type]  # a form of any kind
