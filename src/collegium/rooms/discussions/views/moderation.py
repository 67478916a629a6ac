"""Reporting a post, and the page on which a group's officers find what waits for them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collegium.core.access.doors import viewer_of
from collegium.core.access.standard import OFFICE
from collegium.core.access.viewers import Viewer
from collegium.core.groups import actions as groups
from collegium.core.groups.models import Group

from .. import actions, rules
from ..conversation import post_url
from ..forms import HoldingForm, ReportedForm, ReportForm
from ..queries import moderation as queries
from .doors import attempt, see_other, status_of, visible_group, visible_post


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, topic_id: int, number: int) -> HttpResponse:
    """Say what is wrong with a post, or read what was decided about it."""
    viewer = viewer_of(request)
    found = visible_post(viewer, topic_id, number)
    own = queries.own_report(found, viewer)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if own is None and request.method != "POST":
        rules.check_report_post(viewer, found, reason="conduct", words="")
    deed = partial(actions.report_post, found, viewer=viewer, at=viewer.at)
    if form.is_bound and attempt(form, lambda values: deed(**values)) is not None:
        messages.success(
            request, _("The officers of the group will look at it; its author does not learn who you are.")
        )
        return see_other(request.path)
    return render(
        request, "discussions/report.html", _about(found) | {"form": form, "own": own}, status=status_of(form)
    )


def _about(post: Any) -> dict[str, Any]:
    article = mark_safe(post.article)  # noqa: S308 - stored renderings are sanitised
    return {"post": post, "topic": post.topic, "article": article, "back_url": post_url(post.topic, post.number)}


# --- what waits for the officers


@require_safe
def moderation(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits: to officers with its words, to the council's team counted."""
    viewer = viewer_of(request)
    return _page(request, _moderated(viewer, slug))


def _moderated(viewer: Viewer, slug: str) -> Group:
    """A group the viewer answers for; to others there is no such page."""
    group = visible_group(viewer, slug)
    if not (viewer.is_among(group.officers_audience_id) or viewer.is_among(OFFICE)):
        raise Http404
    return group


def _page(request: HttpRequest, group: Any, **refused: Form) -> HttpResponse:
    viewer = viewer_of(request)
    is_officer = viewer.is_among(group.officers_audience_id)
    initial = {"holding": group.holding, "held_at_first": group.held_at_first}
    context = {
        "group": group,
        "is_officer": is_officer,
        "reports": _reports(group, viewer, refused) if is_officer else [],
        "held": list(queries.waiting_held(group, viewer)) if is_officer else [],
        "decided_reports": list(queries.decided_reports(group, viewer)) if is_officer else [],
        "decided_held": list(queries.decided_held(group, viewer)) if is_officer else [],
        "counts": None if is_officer else queries.counts_of(group),
        "holding_form": refused.get("holding") or HoldingForm(initial=initial),
        "refused": list(refused.values()),
    }
    return render(request, "discussions/moderation.html", context, status=422 if refused else 200)


def _reports(group: Group, viewer: Viewer, refused: dict[str, Form]) -> list[dict[str, Any]]:
    """Each reported post with the form of its decision; several stand on one page, so their fields are told apart."""
    rows = queries.waiting_reports(group, viewer)
    for row in rows:
        name = f"post-{row['post'].pk}"
        row["form"] = refused.get(name) or ReportedForm(auto_id=f"{name}-%s")
        row.update(_about(row["post"]))
    return rows


def _decide(
    request: HttpRequest, topic_id: int, number: int, deed: Callable[..., Any], said: str, *told: str
) -> HttpResponse:
    """Decide with the words of the form that are `told`."""
    viewer = viewer_of(request)
    found = visible_post(viewer, topic_id, number)
    if not rules.is_officer(viewer, found.topic):
        raise Http404
    form = ReportedForm(request.POST, auto_id=f"post-{found.pk}-%s")
    decide = partial(deed, found, viewer=viewer, at=viewer.at)
    if attempt(form, lambda values: decide(**{name: values[name] for name in told})) is None:
        return _page(request, found.topic.group, **{f"post-{found.pk}": form})
    messages.success(request, said)
    return see_other(f"{found.topic.group.get_absolute_url()}moderation/")


@require_POST
def upholding(request: HttpRequest, topic_id: int, number: int) -> HttpResponse:
    """Agree with what is reported; with `delete` the post is erased in the same deed."""
    if "delete" in request.POST:
        said = _("The post is deleted; its author and whoever reported it are told.")
        return _decide(request, topic_id, number, actions.delete_reported_post, said, "words", "reason")
    said = _("Whoever reported it is told that you agree.")
    return _decide(request, topic_id, number, actions.uphold_reports, said, "words")


@require_POST
def dismissal(request: HttpRequest, topic_id: int, number: int) -> HttpResponse:
    """Leave the post as it is, and say why."""
    said = _("The post stays, and whoever reported it reads why.")
    return _decide(request, topic_id, number, actions.dismiss_reports, said, "words")


def _still_wait(number: int) -> str:
    words = ngettext(
        "%(number)s post that was held before still waits for you or another officer.",
        "%(number)s posts that were held before still wait for you or another officer.",
        number,
    )
    return words % {"number": number_format(number)}


@require_POST
def holding(request: HttpRequest, slug: str) -> HttpResponse:
    """Say which posts wait for an officer from now on."""
    viewer = viewer_of(request)
    group = _moderated(viewer, slug)
    form = HoldingForm(request.POST)
    if attempt(form, lambda values: groups.change_holding(group, viewer=viewer, at=viewer.at, **values)) is None:
        return _page(request, group, holding=form)
    messages.success(request, _("Kept: it holds for what is written from now on."))
    if form.cleaned_data["holding"] == Group.Holding.NOTHING and (held := queries.held_back(group)):
        messages.info(request, _still_wait(held))
    return see_other(f"{group.get_absolute_url()}moderation/")
