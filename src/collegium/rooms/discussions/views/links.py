"""What a topic is linked with: shown to those who see the other end, made and removed by them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from collegium.core.access.doors import viewer_of
from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.entries import actions as entries
from collegium.core.entries.models import Entry, Link

from ..forms import LinkForm
from ..links import choices, shown
from ..queries import topic_for_page
from .doors import attempt, see_other, status_of


@require_http_methods(["GET", "HEAD", "POST"])
def links(request: HttpRequest, topic_id: int) -> HttpResponse:
    """The links of a topic, and a form for one more."""
    viewer = viewer_of(request)
    topic: Any = topic_for_page(viewer, topic_id)
    sent = request.POST if request.method == "POST" else None
    form = LinkForm(sent, kinds=choices(), initial={"kind": "related"})
    if sent is not None and attempt(form, lambda values: _link(topic, viewer, **values)) is not None:
        messages.success(request, _("The two topics are linked."))
        return see_other(request.path)
    url = topic.get_absolute_url()
    context = {"topic": topic, "url": url, "form": form, "links": shown(topic.links)}
    return render(request, "discussions/links.html", context, status=status_of(form))


def _link(topic: Any, viewer: Viewer, *, to: int, kind: str) -> Link:
    """Refused alike where the other topic is not there and where it cannot be seen."""
    other = Entry.objects.visible_to(viewer).filter(pk=to, kind=topic.entry.kind).first()
    if other is None:
        raise Refused(_("There is no such topic among those you can read."))
    if any(link["id"] == to and link["kind"] == kind for link in topic.links):
        raise Refused(_("The two topics are linked in this way already."))
    return entries.link(topic.entry, other, kind=kind, viewer=viewer, at=viewer.at)


@require_POST
def removal(request: HttpRequest, topic_id: int, other: int) -> HttpResponse:
    """Take away what links the two."""
    viewer = viewer_of(request)
    topic = topic_for_page(viewer, topic_id)
    between = Q(source=topic.pk, target=other) | Q(source=other, target=topic.pk)
    made = list(Link.objects.visible_to(viewer).filter(between).select_related("source", "target").order_by("pk"))
    if not made:
        raise Http404
    for link in made:
        entries.unlink(link, viewer=viewer, at=viewer.at)
    messages.success(request, _("The two topics are no longer linked."))
    return see_other(f"{topic.get_absolute_url()}links/")
