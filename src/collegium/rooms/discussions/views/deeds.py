"""Deeds on a topic as a whole: each a POST to a noun, and back to where one was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from collegium.core.access.doors import viewer_of
from collegium.core.notices import actions as notices

from .. import actions, rules
from ..conversation import page_url
from ..queries import topic_for_page
from .doors import number_in, see_other


def _do(request: HttpRequest, topic_id: int, deed: Callable[..., Any], said: str) -> HttpResponse:
    viewer = viewer_of(request)
    topic = topic_for_page(viewer, topic_id)
    deed(topic, viewer=viewer, at=viewer.at)
    return _back(request, topic, said)


def _hear(request: HttpRequest, topic_id: int, choice: Callable[..., None], said: str) -> HttpResponse:
    viewer = viewer_of(request)
    topic = topic_for_page(viewer, topic_id)
    rules.check_follow_topic(viewer, topic)
    choice(topic.entry, by=viewer.person)
    return _back(request, topic, said)


def _back(request: HttpRequest, topic: Any, said: str) -> HttpResponse:
    messages.success(request, said)
    return see_other(page_url(topic, number_in(request.POST.get("from")) or 1))


@require_POST
def pin(request: HttpRequest, topic_id: int) -> HttpResponse:
    """Keep it at the head of the group's list."""
    return _do(request, topic_id, actions.pin_topic, _("The topic stands at the top of the group now."))


@require_POST
def unpin(request: HttpRequest, topic_id: int) -> HttpResponse:
    """Let it take its place by time again."""
    return _do(request, topic_id, actions.unpin_topic, _("The topic takes its place by time again."))


@require_POST
def closure(request: HttpRequest, topic_id: int) -> HttpResponse:
    """Take no more posts."""
    return _do(request, topic_id, actions.close_topic, _("The topic is closed: it stays readable."))


@require_POST
def reopening(request: HttpRequest, topic_id: int) -> HttpResponse:
    """Take posts again."""
    return _do(request, topic_id, actions.reopen_topic, _("The topic is open again."))


@require_POST
def follow(request: HttpRequest, topic_id: int) -> HttpResponse:
    """Hear of what is said in it."""
    return _hear(request, topic_id, notices.follow, _("You will hear of new posts in this topic."))


@require_POST
def mute(request: HttpRequest, topic_id: int) -> HttpResponse:
    """Hear nothing of it but what is addressed to oneself."""
    return _hear(request, topic_id, notices.mute, _("You will hear of this topic only when somebody mentions you."))


@require_POST
def unfollow(request: HttpRequest, topic_id: int) -> HttpResponse:
    """Neither follow nor mute."""
    return _hear(request, topic_id, notices.unfollow, _("This topic is like any other of the group to you now."))
