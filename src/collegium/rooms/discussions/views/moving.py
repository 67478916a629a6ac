"""Where a topic goes on: moved to those who read it anyway, or continued by whoever opened it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collegium.core.access.doors import get_visible, viewer_of
from collegium.core.access.viewers import Viewer
from collegium.core.groups.models import Group

from .. import actions, rules
from ..actions.writing import render as render_text
from ..forms import PlaceForm
from ..models import HeldPost, Post, Topic
from ..queries import topic_for_page
from ..queries.moving import places_for, proposals
from .doors import attempt, see_other, status_of
from .held import waits
from .topics import counted


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, topic_id: int) -> HttpResponse:
    """Take the topic to where nobody new reads it, or be told who would."""
    viewer = viewer_of(request)
    topic = topic_for_page(viewer, topic_id)
    places = places_for(topic, viewer)
    form = _form(request, places)
    if form.is_bound and attempt(form, lambda v: _move(topic, places, v["to"], viewer)) is not None:
        messages.success(request, _("The topic is moved. Its address is the same."))
        return see_other(topic.get_absolute_url())
    return _page(request, topic, places, form)


def _form(request: HttpRequest, places: list[dict[str, Any]]) -> PlaceForm:
    sent = request.POST if request.method == "POST" else None
    return PlaceForm(sent, places=[(place["id"], _name(place)) for place in places])


def _name(place: dict[str, Any]) -> str:
    words = {"group": place["group"].name}
    return _("Only the officers of %(group)s") % words if place["is_officers"] else place["group"].name


def _group(places: list[dict[str, Any]], audience_id: int) -> Group:
    """The form offers no other places than these."""
    found: Group = next(place["group"] for place in places if place["id"] == audience_id)
    return found


def _move(topic: Topic, places: list[dict[str, Any]], audience_id: int, viewer: Viewer) -> Topic:
    group = _group(places, audience_id)
    return actions.move_topic(topic, to=group, audience_id=audience_id, viewer=viewer, at=viewer.at)


def _page(request: HttpRequest, topic: Topic, places: list[dict[str, Any]], form: PlaceForm) -> HttpResponse:
    viewer = viewer_of(request)
    may_move = any(rules.allows(rules.check_move_topic, viewer, topic, p["group"], p["id"]) for p in places)
    context = {"topic": topic, "url": topic.get_absolute_url(), "form": form, "places": places, "may_move": may_move}
    return render(request, "discussions/move.html", context, status=status_of(form))


@require_POST
def proposal(request: HttpRequest, topic_id: int) -> HttpResponse:
    """Ask the author of the opening post whether it may be continued elsewhere."""
    viewer = viewer_of(request)
    topic = topic_for_page(viewer, topic_id)
    places = places_for(topic, viewer)
    form = _form(request, places)

    def deed(values: dict[str, Any]) -> Any:
        to = _group(places, values["to"])
        return actions.propose_continuation(topic, to=to, viewer=viewer, at=viewer.at)

    made = attempt(form, deed)
    if made is None:
        return _page(request, topic, places, form)
    messages.success(request, _("Whoever opened the topic is asked, and has thirty days to answer."))
    return see_other(made.get_absolute_url())


def _visible(viewer: Viewer, pk: int) -> Any:
    return get_visible(proposals(), viewer, pk=pk)


@require_safe
def continuation(request: HttpRequest, continuation_id: int) -> HttpResponse:
    """What would be shown and to whom, to the two who decide; what became of it."""
    viewer = viewer_of(request)
    found = _visible(viewer, continuation_id)
    opening: Any = get_visible(Post.objects.all(), viewer, topic=found.topic_id, number=1)
    body, _mentions = render_text(opening.raw, audience_id=found.audience_id, at=viewer.at)
    sees_there = viewer.is_among(found.audience_id)
    context = {
        "found": found,
        "topic": found.topic,
        "body": body,
        "is_deleted": opening.deleted_at is not None,
        "may_decide": rules.allows(rules.check_decide_continuation, viewer, found),
        "audience": counted(found.audience_id, viewer) if sees_there else None,
    }
    return render(request, "discussions/continuation.html", context)


@require_POST
def agreement(request: HttpRequest, continuation_id: int) -> HttpResponse:
    """Open a topic there with one's opening post."""
    viewer = viewer_of(request)
    opened = actions.agree_to_continuation(_visible(viewer, continuation_id), viewer=viewer, at=viewer.at)
    if isinstance(opened, HeldPost):
        return waits(request, opened)
    messages.success(request, _("Your topic goes on here; the two are linked for those who read both."))
    return see_other(opened.get_absolute_url())


@require_POST
def refusal(request: HttpRequest, continuation_id: int) -> HttpResponse:
    """Rather not."""
    viewer = viewer_of(request)
    found = _visible(viewer, continuation_id)
    actions.decline_continuation(found, viewer=viewer, at=viewer.at)
    messages.success(request, _("Nothing is shown there; whoever proposed it is told."))
    return see_other(found.topic.get_absolute_url())
