"""A group's page, drawn for its own view and for every form on it that was refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render

from collegium.core.access.doors import viewer_of
from collegium.core.access.viewers import Viewer
from collegium.core.groups.application_rules import takes_applications
from collegium.core.groups.models import Group
from collegium.rooms.archives.queries import there_is_an_archive
from collegium.rooms.discussions.queries import group_topics_statement
from collegium.rooms.discussions.queries.moderation import own_held_topics_statement

from ... import cursors, topics
from ...house import house_lists, sees_people, the_house
from ...together import Row, together
from .. import pieces, queries, readings, waiting, wording
from ..door import Door
from ..forms import AnswerForm, AskForm, SeatForm

PAGE = 25


def draw_group(request: Any, group: Group, *, status: int = 200, **refused: Form) -> HttpResponse:
    """The page; `refused` are bound forms by name (`join`, `ask`, `answer-<request>`), shown with what was typed."""
    viewer = viewer_of(request)
    show, before = _place(request)
    asks_for_topics = bool(request.htmx) and request.htmx.target == "topics"
    around = {} if asks_for_topics else house_lists(viewer)
    found = together(**_lists(group, viewer, show, before), **around)
    door = queries.the_door(group, viewer, found)
    context = {
        "group": group,
        **_standing(group, viewer),
        "shows_people": sees_people(viewer),
        "shows_door": door.state != "in" and not (door.is_shut and queries.runs(viewer, group)),
        "door": door,
        "through": wording.through(door.reasons),
        **_about(found),
        **readings.shown(viewer, found),
        **_policy(group, found),
        **_topics(found, show, before),
        **_forms(group, door, found, refused),
        **_waiting(group, viewer, door, found, refused),
    }
    if asks_for_topics:
        return render(request, "web/groups/group.html#topics", context, status=status)
    return render(request, "web/groups/group.html", context | {"house": the_house(request, found)}, status=status)


def _standing(group: Group, viewer: Viewer) -> dict[str, bool]:
    """What the viewer is to the group."""
    return {
        "is_in": queries.is_in(viewer, group),
        "reads": queries.reads(viewer, group),
        "runs": queries.runs(viewer, group),
    }


def _place(request: Any) -> tuple[str, cursors.Place | None]:
    show = request.GET.get("show", "")
    place = cursors.read(request.GET.get("before", ""), zone=request.at)
    return show if show in pieces.FILTERS else "", place


def _lists(group: Group, viewer: Viewer, show: str, before: cursors.Place | None) -> dict[str, Any]:
    lists = queries.public_lists(group, viewer) | queries.own_lists(group, viewer)
    lists |= waiting.waiting_lists(group, viewer) | readings.reading_lists(group, viewer)
    if viewer.person is not None:
        lists["archive"] = there_is_an_archive(group, viewer)
    if queries.reads(viewer, group):
        if queries.is_in(viewer, group):
            lists["held"] = own_held_topics_statement(group, viewer)
        lists["topics"] = group_topics_statement(group, viewer, kind=show or None, before=before, limit=PAGE + 1)
    return lists


def _topics(found: Mapping[str, list[Row]], show: str, before: cursors.Place | None) -> dict[str, Any]:
    """The rows of this page, own topics that wait, the filters above them and the way to older ones."""
    shown, more = topics.page_of(found.get("topics", []), PAGE)
    kept = {"show": show} if show else {}
    older = urlencode(kept | {"before": cursors.write(shown[-1]["at"], shown[-1]["id"])}) if more else ""
    return {
        "topics": shown,
        "held": found.get("held", []),
        "filters": pieces.filters(show),
        "show": show,
        "older_url": f"?{older}" if older else "",
        "first_url": f"?{urlencode(kept)}" if before else "",
    }


def _policy(group: Group, found: Mapping[str, list[Row]]) -> dict[str, Any]:
    """Whom the group admits, in words, and whether a role can let somebody in who has no seat here yet."""
    functions = [row["name"] for row in found["functions"]]
    return {"policy": wording.policy(group, functions), "takes_roles": takes_applications(group)}


def _about(found: Mapping[str, list[Row]]) -> dict[str, Any]:
    """Who runs the group, how many are in it, and its charter."""
    return {
        "officers": wording.with_roles(found.get("officers", [])),
        "numbers": _numbers(found),
        "charter": next(iter(found["charter"]), None),
        "has_archive": bool(found.get("archive")),
    }


def _numbers(found: Mapping[str, list[Row]]) -> str:
    counted = next(iter(found.get("numbers", [])), None)
    return pieces.numbers(counted["persons"], counted["societies"]) if counted else ""


def _forms(group: Group, door: Door, found: Mapping[str, list[Row]], refused: Mapping[str, Form]) -> dict[str, Any]:
    """The forms at the door, made only where a seat could come in."""
    may_come = bool(door.free)
    return {
        "refused": list(refused.values()),
        "join_form": refused.get("join") or (SeatForm(seats=door.free) if may_come else None),
        "ask_form": refused.get("ask") or (AskForm(seats=door.free) if may_come else None),
        "levels": pieces.levels(found["level"][0]["level"] if found.get("level") else group.default_level),
    }


def _waiting(
    group: Group, viewer: Viewer, door: Door, found: dict[str, list[Row]], refused: Mapping[str, Form]
) -> dict[str, Any]:
    """What waits, each request with its form; and what was written in a form that has no place on the page any more."""
    told = waiting.waiting(group, viewer, found)
    placed = {"ask"} if door.takes_requests else set()
    for row in told["requests"]:
        name = f"answer-{row['id']}"
        row["form"] = refused.get(name) or answer_form(row["id"])
        placed.add(name)
    lost = [form for name, form in refused.items() if name not in placed]
    return told | {"unplaced": "".join(form.data.get(field, "") for form in lost for field in ("note", "reason"))}


def answer_form(request_id: int, **bound: Any) -> AnswerForm:
    """The form under one request; several stand on one page, so their fields are told apart."""
    return AnswerForm(auto_id=f"request-{request_id}-%s", **bound)
