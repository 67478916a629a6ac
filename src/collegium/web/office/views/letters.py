"""The letters of a demonstration, which go nowhere else."""

from __future__ import annotations

from email import message_from_bytes, policy
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from collegium.core.mail import queries
from collegium.core.mail.incoming.rehearsing import answer_as
from collegium.core.mail.registry import letters
from collegium.web import cursors
from collegium.web.deeds import away, done
from collegium.web.office.forms import AnswerForm
from collegium.web.personas.doors import demo_only

SHOWN_HEADS = ("From", "To", "Reply-To", "Subject", "List-Id")


@demo_only
@never_cache
@require_safe
def outbox(request: Any) -> HttpResponse:
    """All letters, newest first, as their readers would get them."""
    before = cursors.number(request.GET.get("before"))
    found, has_older = queries.outbox(before=before)
    rows = [{"letter": letter, "label": _label(letter.kind)} for letter in found]
    older = f"?before={found[-1].pk}" if has_older else ""
    return render(
        request, "office/letters.html", {"rows": rows, "older": older, "newest": request.path if before else ""}
    )


@demo_only
@never_cache
@require_safe
def letter(request: Any, pk: int) -> HttpResponse:
    """One letter, its text as it is."""
    found = queries.letter(pk)
    if found is None:
        raise Http404
    return render(request, "office/letter.html", {"letter": found, "label": _label(found.kind)})


@demo_only
@never_cache
@require_safe
def mailings(request: Any) -> HttpResponse:
    """What went to many, newest first."""
    before = cursors.number(request.GET.get("before"))
    found, has_older = queries.mailings(before=before)
    older = f"?before={found[-1].pk}" if has_older else ""
    context = {"mailings": found, "older": older, "newest": request.path if before else ""}
    return render(request, "office/mailings.html", context)


@demo_only
@never_cache
@require_safe
def mailing(request: Any, pk: int) -> HttpResponse:
    """To whom one of them went."""
    found = queries.deliveries(pk)
    if not found:
        raise Http404
    context = {"deliveries": found, "title": found[0].mailing.title, "keeps_letters": queries.keeps_letters()}
    return render(request, "office/mailing.html", context)


@demo_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delivery(request: Any, pk: int) -> HttpResponse:
    """The letter as its reader gets it; answered as they would answer it."""
    found = queries.delivered(pk, request.at)
    if found is None:
        raise Http404
    row, email, raw = found
    form = AnswerForm(request.POST if request.method == "POST" else None)

    def answer() -> None:
        answer_as(raw, name=row.person.name, email=email, text=form.cleaned_data["text"])

    if request.method == "POST" and done(form, answer):
        return away(request, request.path, _("The answer is on its way. It stands in its topic in a moment."))
    letter = message_from_bytes(raw, policy=policy.default)
    body = letter.get_body(("plain",))
    heads = [(name, str(letter[name])) for name in SHOWN_HEADS if letter[name]]
    context = {"row": row, "heads": heads, "text": body.get_content() if body else "", "form": form}
    context |= {"takes_answers": bool(letter["Reply-To"])}
    return render(request, "office/delivery.html", context, status=422 if form.errors else 200)


def _label(kind: str) -> str:
    return str(letters.get(kind).label) if kind in letters else kind
