"""A society's answer: prepared among its people, given by whoever has the mandate, taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from collegium.core.access.doors import viewer_of
from collegium.core.access.viewers import Viewer
from collegium.core.calls import actions
from collegium.core.calls.models import RollRow
from collegium.core.notices.actions import see_notifications

from ...deeds import away, done
from .. import queries
from ..forms import AnswerForm, NoteForm
from .calls import about, current


def _row(request: Any, pk: int, row_id: int) -> tuple[Viewer, RollRow]:
    viewer = viewer_of(request)
    found = current(queries.call_for(viewer, pk), viewer)
    return viewer, queries.row_for(found, viewer, row_id)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: Any, pk: int, row_id: int) -> HttpResponse:
    """The page; sent, the answer is given."""
    viewer, row = _row(request, pk, row_id)
    elsewhere = row.call.kind_of.address(row.call)
    if elsewhere and request.method != "POST":
        return HttpResponseRedirect(elsewhere)
    if request.method == "POST":
        form = AnswerForm(request.POST, call=row.call)
        if done(
            form, lambda: actions.answer_call(row, **form.given(), facts=form.facts(), viewer=viewer, at=viewer.at)
        ):
            return away(request, request.path, _("The answer is given. It can be changed until the deadline."))
        return _page(request, viewer, row, form=form)
    if row.seen_at is None:
        actions.mark_seen(row, at=viewer.at)
    return _page(request, viewer, row)


@require_POST
def draft(request: Any, pk: int, row_id: int) -> HttpResponse:
    """Keep what was typed for one's colleagues."""
    viewer, row = _row(request, pk, row_id)
    form = AnswerForm(request.POST, call=row.call)

    def keep() -> None:
        seen = form.cleaned_data.get("seen") or 0
        actions.keep_draft(row, **form.given(), seen=seen, viewer=viewer, at=viewer.at)

    return _after(request, viewer, row, form, keep, _("The draft is kept; only your society sees it."))


@require_POST
def note(request: Any, pk: int, row_id: int) -> HttpResponse:
    """Say something to one's colleagues."""
    viewer, row = _row(request, pk, row_id)
    form = NoteForm(request.POST)

    def say() -> None:
        actions.note_on_draft(row, raw=form.cleaned_data["raw"], viewer=viewer, at=viewer.at)

    return _after(request, viewer, row, form, say, _("Your colleagues can read it."))


@require_POST
def taking(request: Any, pk: int, row_id: int) -> HttpResponse:
    """Say that one is on it."""
    viewer, row = _row(request, pk, row_id)
    actions.take_up(row, viewer=viewer, at=viewer.at)
    return away(request, _home(row), _("You are on it; your colleagues can see that."))


@require_POST
def withdrawal(request: Any, pk: int, row_id: int) -> HttpResponse:
    """Take the answer back."""
    viewer, row = _row(request, pk, row_id)
    actions.withdraw_answer(row, viewer=viewer, at=viewer.at)
    return away(request, _home(row), _("The answer is withdrawn."))


def _home(row: RollRow) -> str:
    return reverse("calls:answer", args=[row.call_id, row.pk])


def _after(request: Any, viewer: Viewer, row: RollRow, form: Form, deed: Callable[[], None], told: str) -> HttpResponse:
    if done(form, deed):
        return away(request, _home(row), told)
    return _page(request, viewer, row, **{"note_form" if isinstance(form, NoteForm) else "form": form})


def _page(request: Any, viewer: Viewer, row: RollRow, **forms: Form) -> HttpResponse:
    page = queries.answer_page(row, viewer)
    if page["draft"]:
        see_notifications(by=viewer.person, at=viewer.at, entry=page["draft"].entry)
    context = page | about(row.call, viewer) | {"row": row, "form": _form(row, page), "note_form": NoteForm()} | forms
    return render(request, "calls/answer.html", context, status=422 if forms else 200)


def _form(row: RollRow, page: dict[str, Any]) -> AnswerForm:
    """With the draft in it, or else with what stands."""
    begun, only = page["draft"] or page["standing"], row.call.kind_of.choices
    given = {"choice": begun.choice, "raw": begun.raw} if begun else {"choice": only[0].name if len(only) == 1 else ""}
    seen = page["draft"].version if page["draft"] else 0
    return AnswerForm(initial=given | {"seen": seen}, call=row.call)
