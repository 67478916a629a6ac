"""Where people write: a new topic, an answer, another wording, another title."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from collegium.core.access.doors import viewer_of
from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.groups.models import Group
from collegium.core.people.queries import speaking_tenures
from collegium.design.drafts import draft_sent

from .. import actions, rules
from ..actions.saying import is_held
from ..actions.writing import OnlySeat
from ..conversation import post_url
from ..forms import AnswerForm, EditForm, Seat, TitleForm, TopicForm
from ..models import HeldPost, Post, Topic
from ..queries import posts_page, topic_for_page
from .doors import attempt, number_in, previewed, see_other, status_of, take_files, visible_group, visible_post
from .held import waits
from .topics import counted

KINDS = {
    Topic.Kind.QUESTION: gettext_lazy("A question: one answer can be accepted"),
    Topic.Kind.DISCUSSION: gettext_lazy("A discussion: no single answer is looked for"),
    Topic.Kind.ANNOUNCEMENT: gettext_lazy("An announcement: something everybody should know"),
}

form_page = require_http_methods(["GET", "HEAD", "POST"])


# --- an answer


@form_page
def answer(request: HttpRequest, topic_id: int) -> HttpResponse:
    """Say something in a topic. A refused answer comes back with all that was written and uploaded."""
    viewer = viewer_of(request)
    if request.method == "POST" and (said := _said_at_once(request, topic_id, viewer)):
        return draft_sent(_to_what_was_said(request, said), _answer_draft(topic_id))
    topic = topic_for_page(viewer, topic_id)
    form = _answer_form(request, topic, viewer)
    if request.method != "POST":
        rules.check_answer_topic(viewer, topic)
        return _answer_page(request, topic, form)
    files = take_files(request, form, viewer)
    if "preview" in request.POST:
        return _answer_page(request, topic, form, preview=previewed(form, viewer, topic.entry.audience_id))
    said = attempt(
        form,
        lambda values: actions.submit_answer(
            topic, viewer=viewer, at=viewer.at, attachments=files, **_of_answer(values)
        ),
    )
    if said is None:
        return _answer_page(request, topic, form)
    return draft_sent(_to_what_was_said(request, said), _answer_draft(topic_id))


def _said_at_once(request: HttpRequest, topic_id: int, viewer: Viewer) -> Post | HeldPost | None:
    """What most answers are: words alone, from the only seat. They need nothing of the topic but what its lock tells.

    None where there is more to it, or anything stands against it; the long way finds out what, and says so.
    """
    form = AnswerForm(request.POST, seats=())
    more = bool(request.FILES) or any(name in request.POST for name in ("preview", "attachment", "tenure"))
    if more or not form.is_valid():
        return None
    values = form.cleaned_data | {"tenure": OnlySeat()}
    try:
        return actions.submit_answer(Topic(pk=topic_id), viewer=viewer, at=viewer.at, **_of_answer(values))
    except Refused:
        return None


def _to_what_was_said(request: HttpRequest, said: Post | HeldPost) -> HttpResponse:
    """To the post, or to where its author reads what is held until an officer has read it."""
    if isinstance(said, HeldPost):
        return waits(request, said)
    return see_other(post_url(said.topic, said.number))


def _answer_form(request: HttpRequest, topic: Any, viewer: Viewer) -> AnswerForm:
    initial = {"seen": topic.last_number, "reply_to": number_in(request.GET.get("to"))}
    seats = [Seat(**row) for row in topic.speaking]
    return AnswerForm(request.POST if request.method == "POST" else None, seats=seats, initial=initial)


def _of_answer(values: dict[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in ("raw", "tenure", "reply_to", "seen")}


def _answer_draft(topic_id: int) -> str:
    return f"topic-{topic_id}-answer"


def _answer_page(request: HttpRequest, topic: Any, form: AnswerForm, preview: Any = None) -> HttpResponse:
    number = number_in(str(form["reply_to"].value() or ""))
    posts = posts_page(topic, after=number - 1, limit=1).posts if number else []
    context = {
        "topic": topic,
        "url": topic.get_absolute_url(),
        "back_url": post_url(topic, number or topic.last_number),
        "form": form,
        "preview": preview,
        "draft": _answer_draft(topic.pk),
        "answered": mark_safe(posts[0].article) if posts else "",  # noqa: S308 - stored renderings are sanitised
    }
    return _form_page(request, "discussions/answer.html", context)


def _form_page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The whole page, or to htmx asking for a preview only that."""
    if "preview" in request.POST and getattr(request, "htmx", False):
        template = f"{template}#preview"
    return render(request, template, context, status=status_of(context["form"]))


# --- a new topic


@form_page
def new_topic(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a topic in a group, with who will see it counted beside the form."""
    viewer = viewer_of(request)
    group = visible_group(viewer, slug)
    audiences = _audiences(group, viewer)
    form = _topic_form(request, group, audiences, viewer)
    if request.method != "POST":
        return _topic_page(request, group, form, audiences)
    files = take_files(request, form, viewer)
    if "preview" in request.POST:
        return _topic_page(request, group, form, audiences, preview=previewed(form, viewer, audiences[0]["id"]))
    opened = attempt(
        form,
        lambda values: actions.submit_topic(group, viewer=viewer, at=viewer.at, attachments=files, **_of_topic(values)),
    )
    if opened is None:
        return _topic_page(request, group, form, audiences)
    where = waits(request, opened) if isinstance(opened, HeldPost) else see_other(opened.get_absolute_url())
    return draft_sent(where, _topic_draft(group))


def _audiences(group: Any, viewer: Viewer) -> list[dict[str, Any]]:
    """Those the viewer may open a topic for, counted; Refused if there is none."""
    words = {"group": group.entry.title}
    choices = (
        (group.circle.audience_id, _("Who can see this"), _("The members of %(group)s") % words),
        (group.officers_audience_id, _("Or, if you so choose"), _("Only the officers of %(group)s") % words),
    )
    may_open = rules.check_open_topic
    allowed = [choice for choice in choices if rules.allows(may_open, viewer, group, audience_id=choice[0])]
    if not allowed:
        may_open(viewer, group, audience_id=group.circle.audience_id)
    return [{"id": pk, "title": title, "name": name} | counted(pk, viewer) for pk, title, name in allowed]


def _topic_form(request: HttpRequest, group: Any, audiences: list[dict[str, Any]], viewer: Viewer) -> TopicForm:
    kinds = [(kind.value, words) for kind, words in KINDS.items()]
    asked = request.GET.get("kind", "")
    return TopicForm(
        request.POST if request.method == "POST" else None,
        seats=_seats(viewer, [audience["id"] for audience in audiences]),
        kinds=kinds,
        audiences=[(audience["id"], f"{audience['name']}: {audience['sentence']}") for audience in audiences],
        initial={
            "kind": asked if asked in Topic.Kind.values else Topic.Kind.QUESTION,
            "audience": audiences[0]["id"],
            "since": int(viewer.at.timestamp()),
        },
    )


def _seats(viewer: Viewer, audiences: list[int]) -> list[Seat]:
    """From which the viewer speaks to any of the audiences."""
    assert viewer.person_id is not None  # the door is open to people signed in only
    tenures = {t.pk: t for pk in audiences for t in speaking_tenures(viewer.person_id, pk, viewer.at)}
    return [Seat(t.pk, t.title, t.seat.organization.name) for t in tenures.values()]


def _of_topic(values: dict[str, Any]) -> dict[str, Any]:
    since = datetime.fromtimestamp(values["since"], UTC) if values["since"] else None
    named = {name: values[name] for name in ("kind", "title", "raw", "tenure")}
    return named | {"audience_id": values["audience"], "since": since}


def _topic_draft(group: Group) -> str:
    return f"group-{group.pk}-topic"


def _topic_page(
    request: HttpRequest, group: Any, form: TopicForm, audiences: list[dict[str, Any]], preview: Any = None
) -> HttpResponse:
    context = {
        "group": group,
        "action": request.path,
        "form": form,
        "audiences": audiences,
        "preview": preview,
        "draft": _topic_draft(group),
    }
    return _form_page(request, "discussions/new_topic.html", context)


# --- another wording, another title


@form_page
def edit(request: HttpRequest, topic_id: int, number: int) -> HttpResponse:
    """Give one's own post another wording; the old one stays readable."""
    viewer = viewer_of(request)
    post = visible_post(viewer, topic_id, number)
    if request.method != "POST":
        rules.check_edit_post(viewer, post, is_held=is_held(viewer, post.topic.group))
        return _edit_page(request, post, EditForm(initial={"raw": post.raw}))
    form = EditForm(request.POST)
    if "preview" in request.POST:
        return _edit_page(request, post, form, preview=previewed(form, viewer, post.topic.entry.audience_id))
    if attempt(form, lambda values: actions.edit_post(post, viewer=viewer, at=viewer.at, **values)) is None:
        return _edit_page(request, post, form)
    return see_other(post_url(post.topic, number))


def _edit_page(request: HttpRequest, post: Any, form: EditForm, preview: Any = None) -> HttpResponse:
    topic = post.topic
    context = {
        "topic": topic,
        "url": topic.get_absolute_url(),
        "back_url": post_url(topic, post.number),
        "action": request.path,
        "form": form,
        "preview": preview,
    }
    return _form_page(request, "discussions/edit.html", context)


@form_page
def title(request: HttpRequest, topic_id: int) -> HttpResponse:
    """Give a topic another title."""
    viewer = viewer_of(request)
    topic = topic_for_page(viewer, topic_id)
    rules.check_retitle_topic(viewer, topic, is_held=is_held(viewer, topic.group))
    form = TitleForm(request.POST if request.method == "POST" else None, initial={"title": topic.entry.title})
    if form.is_bound:
        renamed = attempt(form, lambda values: actions.retitle_topic(topic, viewer=viewer, at=viewer.at, **values))
        if renamed is not None:
            return see_other(topic.get_absolute_url())
    context = {"topic": topic, "url": topic.get_absolute_url(), "form": form}
    return render(request, "discussions/title.html", context, status=status_of(form))
