"""A topic: its page, who can see it, what was done in it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from collegium.core.access.doors import viewer_of
from collegium.core.access.queries import names
from collegium.core.access.viewers import Viewer
from collegium.core.groups.queries import visible_counts
from collegium.core.notices import actions as notices
from collegium.core.notices.models import Level
from collegium.core.people.rules import reads_only
from collegium.core.trail import queries as trail

from .. import actions, rules
from ..actions.saying import is_held
from ..conversation import at_number, drawn, first_unread, page_url, pages_of, stands_at, start_of
from ..links import shown
from ..models import DELETION, Topic
from ..queries import PostRow, posts_page, topic_for_page
from ..queries.moderation import held_in
from .doors import body_of, number_in

# Societies shown before the rest is folded away: in the margin, and on the page of their own.
COUNTED_BESIDE, COUNTED_IN_FULL = 8, 1000


@require_safe
def topic(request: HttpRequest, topic_id: int) -> HttpResponse:
    """The page asked for; without one, the first post that is new to the viewer, or else where the topic stands."""
    viewer = viewer_of(request)
    found: Any = topic_for_page(viewer, topic_id)
    asked, unread = number_in(request.GET.get("from")), first_unread(found)
    if asked is None and unread is not None:
        return HttpResponseRedirect(page_url(found, unread, "#since"))
    start = start_of(min(found.last_number, asked or max(stands_at(found), 1)))
    posts = posts_page(found, around=start).posts
    holds = _holds(found, posts, viewer)
    context = _page(found, viewer, start, holds) | {"conversation": drawn(posts, found, viewer, is_held=holds)}
    _look(found, posts[-1].number if posts else 0, viewer)
    return render(request, "discussions/topic.html", context)


def _holds(topic: Any, posts: list[PostRow], viewer: Viewer) -> bool:
    """Whether what the viewer would change here waits for an officer; asked only where something is theirs."""
    is_theirs = rules.is_asker(viewer, topic) or viewer.person_id in {post.author_id for post in posts}
    return is_theirs and is_held(viewer, topic.group)


def _look(topic: Any, number: int, viewer: Viewer) -> None:
    """What a member's look at the page leaves: the read mark if it advances, and the bell quiet about what was seen."""
    if not viewer.belongs_to(topic.entry.audience_id):
        return
    if number > topic.read_number:
        actions.advance_read_mark(topic, number=number, viewer=viewer, at=viewer.at)
    if topic.has_unseen:
        notices.see_notifications(by=viewer.person, at=viewer.at, entry=topic.entry, but_part=DELETION)


def _page(topic: Any, viewer: Viewer, start: int, holds: bool) -> dict[str, Any]:
    unread = first_unread(topic)
    is_elsewhere = unread is not None and start_of(unread) != start
    return {
        "topic": topic,
        "group_url": topic.group.get_absolute_url(),
        "start": start,
        "kind_word": Topic.Kind(topic.kind).label,
        "lede": _lede(topic),
        "handed_on": _("handed on to %(name)s") % {"name": topic.heir_name} if topic.heir_name else "",
        "is_question": topic.kind == Topic.Kind.QUESTION,
        "is_answered": topic.accepted_id is not None,
        "is_closed": topic.closed_at is not None,
        "is_pinned": topic.pinned_at is not None,
        "archive": archive_words(topic),
        "answers": _answers(topic.last_number - 1),
        "accepted_url": at_number(topic.accepted_number, f"#post-{topic.accepted_number}")
        if topic.accepted_number
        else "",
        "first_unread": unread,
        "resume_url": at_number(unread, "#since") if unread and is_elsewhere else "",
        "posts_word": _("Posts"),
        "pages": pages_of(topic, start),
        "manage": _manage(topic, viewer, holds),
        "audience_sentence": audience_sentence(topic),
        "level_word": Level(topic.level).label,
        "links": shown(topic.links),
        "linked_word": _("Linked topics") if topic.links else "",
        "held": _held(topic, viewer),
        **_speaking(topic, viewer),
    }


def archive_words(topic: Any) -> str:
    """What the page says of a topic that came with the archive of a mailing list; nothing of any other."""
    if not topic.imported:
        return ""
    return _("archive, sealed") if topic.is_sealed else _("archive")


def _held(topic: Any, viewer: Viewer) -> list[dict[str, Any]]:
    """The viewer's own answers that wait, drawn as they will stand: `{post, body}` each."""
    found = held_in(topic, viewer) if topic.has_held else []
    return [{"post": held, "body": body_of(held, viewer)} for held in found]


def _speaking(topic: Any, viewer: Viewer) -> dict[str, Any]:
    """From which seats the viewer may answer, or why they may not."""
    seats = topic.speaking if rules.allows(rules.check_answer_topic, viewer, topic) else []
    only = seats[0] if len(seats) == 1 else None
    return {
        "seats": seats,
        "speaking": _("You speak as %(title)s, %(society)s.") % only if only else "",
        "draft": f"topic-{topic.pk}-answer",
        "why_silent": "" if seats else _why_silent(topic, viewer),
    }


def _accepted(number: int | None) -> str:
    return at_number(number, f"#post-{number}") if number else ""


def _answers(count: int) -> str:
    if not count:
        return _("no answers yet")
    return ngettext("%(count)s answer", "%(count)s answers", count) % {"count": number_format(count)}


def _lede(topic: Any) -> str:
    if topic.imported:
        return _("Begun by %(name)s on the group’s mailing list") % {"name": topic.author_name}
    who = {"name": topic.author_name, "title": topic.author_title, "society": topic.society_name}
    if topic.kind == Topic.Kind.QUESTION:
        return _("Asked by %(name)s, %(title)s, %(society)s") % who
    if topic.kind == Topic.Kind.ANNOUNCEMENT:
        return _("Announced by %(name)s, %(title)s, %(society)s") % who
    return _("Begun by %(name)s, %(title)s, %(society)s") % who


def _why_silent(topic: Any, viewer: Viewer) -> str:
    if topic.entry.audience_id in viewer.reading_ids:
        return _("You read this group for the council’s team: you can look, but not write.")
    if topic.is_sealed:
        return _("This is part of an archive the group has not opened yet: it can be read, but not answered.")
    if topic.closed_at:
        return _("This topic is closed: it can be read, but not answered.")
    if since := viewer.silent_since.get(topic.entry.audience_id):
        return reads_only(since)
    return _("You can read this topic, but hold no seat from which to answer it.")


def _manage(topic: Any, viewer: Viewer, holds: bool) -> dict[str, Any] | None:
    """What the viewer may do with the topic as a whole, by the rules its deeds obey; most may nothing."""
    if not (rules.is_asker(viewer, topic) or rules.is_officer(viewer, topic)):
        return None
    deeds = [
        {"label": label, "url": f"{noun}/"}
        for check, noun, label in (
            (rules.check_pin_topic, "pin", _("Pin to the top of the group")),
            (rules.check_unpin_topic, "unpin", _("Unpin")),
            (rules.check_close_topic, "closure", _("Close: no more answers")),
            (rules.check_reopen_topic, "reopening", _("Reopen")),
        )
        if rules.allows(check, viewer, topic)
    ]
    may_retitle = rules.allows(rules.check_retitle_topic, viewer, topic, is_held=holds)
    links = [{"label": _("Change the title"), "url": "title/"}] if may_retitle else []
    return {"links": links, "deeds": deeds} if links or deeds else None


def audience_sentence(topic: Any) -> str:
    """Who can see it, without counting them."""
    group, audience = topic.group, topic.entry.audience_id
    words = {"group": group.entry.title}
    if group.circle is not None and audience == group.circle.audience_id:
        return _("The members of %(group)s, and nobody without their knowing.") % words
    if audience == group.officers_audience_id:
        return _("The officers of %(group)s, and nobody else.") % words
    return _("%(audience)s, and nobody else.") % {"audience": names([audience]).get(audience, "")}


@require_safe
def audience(request: HttpRequest, topic_id: int) -> HttpResponse:
    """Who can see the topic, counted by society."""
    viewer = viewer_of(request)
    found = topic_for_page(viewer, topic_id)
    beside = bool(getattr(request, "htmx", False))
    context = {
        "topic": found,
        "url": found.get_absolute_url(),
        "audience": counted(found.entry.audience_id, viewer),
        "audience_sentence": audience_sentence(found),
        "shown": COUNTED_BESIDE if beside else COUNTED_IN_FULL,
    }
    return render(request, f"discussions/audience.html{'#counts' if beside else ''}", context)


def counted(audience_id: int, viewer: Viewer) -> dict[str, Any]:
    """The people admitted to an audience at the moment: a sentence, and a pair for each society."""
    found = visible_counts(audience_id, viewer.at)
    societies = [(society["name"], society["persons"]) for society in found["societies"]]
    people = ngettext("%(count)s person", "%(count)s people", found["persons"]) % {"count": found["persons"]}
    places = ngettext("%(count)s society", "%(count)s societies", len(societies)) % {"count": len(societies)}
    sentence = _("%(people)s of %(places)s") % {"people": people, "places": places}
    if found["readers"]:
        readers = ngettext(
            "%(count)s of the council’s team reads along at the moment",
            "%(count)s of the council’s team read along at the moment",
            found["readers"],
        )
        sentence = f"{sentence}; {readers % {'count': found['readers']}}"
    return {"societies": societies, "sentence": sentence}


@require_safe
def history(request: HttpRequest, topic_id: int) -> HttpResponse:
    """What was done in the topic, as far as the viewer may see."""
    viewer = viewer_of(request)
    found = topic_for_page(viewer, topic_id)
    context = {"topic": found, "url": found.get_absolute_url(), "events": trail.history(found.entry, viewer)}
    return render(request, "discussions/history.html", context)
