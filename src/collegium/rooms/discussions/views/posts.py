"""A post: where it stands, what it said before, its deletion, its acceptance as the answer."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collegium.core.access.doors import viewer_of
from collegium.core.access.errors import Refused
from collegium.design.wordings import compared

from .. import actions
from ..conversation import post_url
from ..forms import DeletionForm
from ..models import Post
from ..queries import revisions
from ..rules import check_delete_post, is_author, may_read_why
from .doors import attempt, see_other, status_of, visible_post

# Old wordings on one page: each is compared with the one before it.
SHOWN_WORDINGS = 12


@require_safe
def post(request: HttpRequest, topic_id: int, number: int) -> HttpResponse:
    """The lasting address of a post: on the page where it stands."""
    found = visible_post(viewer_of(request), topic_id, number)
    return HttpResponseRedirect(post_url(found.topic, found.number))


@require_safe
def wordings(request: HttpRequest, topic_id: int, number: int) -> HttpResponse:
    """What the post said before each edit."""
    viewer = viewer_of(request)
    found = visible_post(viewer, topic_id, number)
    context = _about(found) | {
        "post": found,
        "wordings": _wordings(found, list(revisions(found, viewer)[:SHOWN_WORDINGS])),
    }
    return render(request, "discussions/wordings.html", context)


@require_safe
def trimmed(request: HttpRequest, topic_id: int, number: int) -> HttpResponse:
    """What was cut off a post that came by letter: quotes, signature, disclaimer."""
    found = visible_post(viewer_of(request), topic_id, number)
    if not found.trimmed:
        raise Http404
    return render(request, "discussions/trimmed.html", _about(found) | {"post": found})


def _about(post: Post) -> dict[str, Any]:
    topic = post.topic
    return {"topic": topic, "url": topic.get_absolute_url(), "back_url": post_url(topic, post.number)}


def _wordings(post: Post, before: list[Any]) -> list[dict[str, Any]]:
    """Newest first: each wording beside the one it replaced. A wording began when the one before it ended."""
    if post.deleted_at:
        return []
    texts = [post.raw, *(row.raw for row in before)]
    began = [*(row.at for row in before), post.at]
    titles = [_("As it reads now"), *(_("An earlier wording") for _row in before)]
    # The first wording replaced nothing and is shown plain; of older ones than are shown here, none.
    older = [*texts[1:], texts[-1]][: SHOWN_WORDINGS if len(before) == SHOWN_WORDINGS else None]
    return [
        {"title": title, "at": at, "text": compared(old, text)}
        for title, at, text, old in zip(titles, began, texts, older, strict=False)
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def deletion(request: HttpRequest, topic_id: int, number: int) -> HttpResponse:
    """Ask once more, then erase what the post said; a tombstone stays. Afterwards: who deleted it, and why."""
    viewer = viewer_of(request)
    found = visible_post(viewer, topic_id, number)
    if request.method != "POST" and found.deleted_at and may_read_why(viewer, found):
        return render(request, "discussions/deleted.html", _about(found) | {"post": found})
    check_delete_post(viewer, found)
    form = DeletionForm(request.POST if request.method == "POST" else None)
    if is_author(viewer, found):
        del form.fields["words"]
    deed = partial(actions.delete_post, found, viewer=viewer, at=viewer.at)
    if form.is_bound and attempt(form, lambda values: deed(**values)) is not None:
        messages.success(request, _("The post is deleted."))
        return see_other(post_url(found.topic, number))
    return _deletion_page(request, found, form)


def _deletion_page(request: HttpRequest, found: Post, form: DeletionForm) -> HttpResponse:
    article = mark_safe(found.article)  # noqa: S308 - stored renderings are sanitised
    context = _about(found) | {"article": article, "action": request.path, "form": form}
    return render(request, "discussions/deletion.html", context, status=status_of(form))


@require_POST
def acceptance(request: HttpRequest, topic_id: int, number: int) -> HttpResponse:
    """This post answers the question."""
    viewer = viewer_of(request)
    found = visible_post(viewer, topic_id, number)
    actions.accept_answer(found, viewer=viewer, at=viewer.at)
    messages.success(request, _("Thank you: whoever asks the same next year will find it."))
    return see_other(post_url(found.topic, number))


@require_POST
def unacceptance(request: HttpRequest, topic_id: int, number: int) -> HttpResponse:
    """It no longer does."""
    viewer = viewer_of(request)
    found = visible_post(viewer, topic_id, number)
    if found.topic.accepted_id != found.pk:
        raise Refused(_("This is not the accepted answer."))
    actions.unaccept_answer(found.topic, viewer=viewer, at=viewer.at)
    messages.success(request, _("The question is open again."))
    return see_other(post_url(found.topic, number))
