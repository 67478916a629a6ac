"""A held post: as its author finds it, and as an officer decides about it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collegium.core.access.doors import get_visible, viewer_of
from collegium.core.access.viewers import Viewer
from collegium.core.files.queries import set_aside

from .. import actions, rules
from ..actions.holding import PART
from ..conversation import post_url
from ..forms import DecisionForm, HeldForm
from ..models import HeldPost
from ..queries.moderation import held_posts
from .doors import attempt, body_of, see_other, status_of

State = HeldPost.State


def waits(request: HttpRequest, held: HeldPost) -> HttpResponse:
    """Say so where its author can still change it."""
    messages.info(request, _("It waits for an officer of the group: nobody else reads it before it is released."))
    return see_other(held.get_absolute_url())


def visible_held(viewer: Viewer, pk: int) -> Any:
    """With all that its page names, if the viewer is its author or an officer; otherwise Http404."""
    return get_visible(held_posts(), viewer, pk=pk)


@require_safe
def held(request: HttpRequest, held_id: int) -> HttpResponse:
    """What it says, to whom, and what became of it."""
    return _page(request, visible_held(viewer_of(request), held_id), DecisionForm())


def _page(request: HttpRequest, found: Any, form: Form) -> HttpResponse:
    viewer = viewer_of(request)
    is_own = found.author_id == viewer.person_id
    context = {
        "held": found,
        "body": body_of(found, viewer),
        "files": set_aside(PART, found.pk),
        "is_own": is_own,
        "may_decide": rules.allows(rules.check_decide_held, viewer, found),
        "may_change": rules.allows(rules.check_edit_held, viewer, found),
        "may_withdraw": is_own and found.state in (State.WAITING, State.REFUSED),
        "form": form,
        "topic": found.topic if found.topic and viewer.is_among(found.topic.entry.audience_id) else None,
        "post_url": post_url(found.post.topic, found.post.number) if found.post and _sees(viewer, found) else "",
    }
    return render(request, "discussions/held.html", context, status=status_of(form))


def _sees(viewer: Viewer, found: Any) -> bool:
    return viewer.is_among(found.post.topic.entry.audience_id)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, held_id: int) -> HttpResponse:
    """Another wording, while it waits."""
    viewer = viewer_of(request)
    found = visible_held(viewer, held_id)
    rules.check_edit_held(viewer, found)
    sent = request.POST if request.method == "POST" else None
    form = HeldForm(sent, has_title=not found.topic_id, initial={"raw": found.raw, "title": found.title})
    deed = partial(actions.edit_held, found, viewer=viewer, at=viewer.at)
    if sent is not None and attempt(form, lambda values: deed(**values)) is not None:
        messages.success(request, _("Kept; it still waits for an officer."))
        return see_other(found.get_absolute_url())
    return render(request, "discussions/held_edit.html", {"held": found, "form": form}, status=status_of(form))


@require_POST
def withdrawal(request: HttpRequest, held_id: int) -> HttpResponse:
    """Take it back: its words are erased."""
    viewer = viewer_of(request)
    found = visible_held(viewer, held_id)
    actions.withdraw_held(found, viewer=viewer, at=viewer.at)
    messages.success(request, _("It is withdrawn, and its words are erased."))
    is_seen = found.topic and viewer.is_among(found.topic.entry.audience_id)
    return see_other(found.topic.get_absolute_url() if is_seen else found.group.get_absolute_url())


@require_POST
def release(request: HttpRequest, held_id: int) -> HttpResponse:
    """Publish it in its author's name."""
    viewer = viewer_of(request)
    found = visible_held(viewer, held_id)
    form = DecisionForm(request.POST)
    post = attempt(form, lambda values: actions.release_held(found, viewer=viewer, at=viewer.at))
    if post is None:
        return _page(request, found, form)
    messages.success(request, _("It is published; its author is told."))
    return see_other(post_url(post.topic, post.number))


@require_POST
def refusal(request: HttpRequest, held_id: int) -> HttpResponse:
    """Do not publish it, and say why."""
    viewer = viewer_of(request)
    found = visible_held(viewer, held_id)
    form = DecisionForm(request.POST)
    if attempt(form, lambda values: actions.refuse_held(found, viewer=viewer, at=viewer.at, **values)) is None:
        return _page(request, found, form)
    messages.success(request, _("It is not published; its author reads why."))
    return see_other(f"{found.group.get_absolute_url()}moderation/")
