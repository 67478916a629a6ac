"""What the doors of this room share: who asks, what they sent, and where they go afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.safestring import SafeString

from collegium.core.access.doors import get_visible
from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.entries.models import Entry
from collegium.core.files.actions import upload
from collegium.core.files.queries import waiting
from collegium.core.groups.models import Group

from ..actions.writing import render as render_text
from ..forms import PostForm
from ..models import HeldPost, Post

Done = TypeVar("Done")
LONGEST_NUMBER = 9
JUDGED_IN_A_PREVIEW = {"raw", "files"}


def number_in(text: str | None) -> int | None:
    """A number a person may have changed in an address or a form; None for anything else."""
    plain = text is not None and text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
    return int(text) if plain and text else None


def visible_post(viewer: Viewer, topic_id: int, number: int) -> Any:
    """The post with its topic and group, if the viewer sees it; otherwise Http404."""
    rows = Post.objects.select_related("topic__entry", "topic__group__entry")
    return get_visible(rows, viewer, topic=topic_id, number=number)


def visible_group(viewer: Viewer, slug: str) -> Group:
    """The group with its circle, if the viewer sees its page; otherwise Http404."""
    seen = Entry.objects.visible_to(viewer).filter(kind="group")
    found: Group | None = Group.objects.select_related("circle").filter(slug=slug, entry__in=seen).first()
    if found is None or found.circle is None:
        raise Http404
    return found


def see_other(url: str) -> HttpResponse:
    """After a deed: look there."""
    return HttpResponseRedirect(url, status=303)


def attempt(form: forms.Form, deed: Callable[[dict[str, Any]], Done]) -> Done | None:
    """Do it with the form's values if they are sound; a refusal becomes an error of the form, and nothing is lost."""
    if not form.is_valid():
        return None
    try:
        return deed(form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal.reason))
        return None


def status_of(form: forms.Form) -> int:
    """422 for a form that was sent and refused."""
    return 422 if form.is_bound and form.errors else 200


def take_files(request: HttpRequest, form: PostForm, viewer: Viewer) -> list[int]:
    """Upload what was sent with a form and keep what waits for it already; the ids of all of them.

    A refused file says why beside the field; the others stay, also if the form is refused.
    """
    form.is_valid()
    kept = [number for text in request.POST.getlist("attachment") if (number := number_in(text))]
    for file in request.FILES.getlist("files"):
        try:
            kept.append(upload(file, by=viewer.person, at=viewer.at).pk)
        except Refused as refusal:
            form.add_error("files", str(refusal.reason))
    form.attachments = waiting(kept, of=viewer.person) if kept else []
    return kept


def body_of(held: HeldPost, viewer: Viewer) -> SafeString:
    """The text of what is held as it would read."""
    return render_text(held.raw, audience_id=held.audience_id, at=viewer.at)[0]


def previewed(form: forms.Form, viewer: Viewer, audience_id: int) -> SafeString | None:
    """The text as it will read, or None if it cannot be drawn; what else is missing is not said yet."""
    form.is_valid()
    for name in set(form.errors) - JUDGED_IN_A_PREVIEW:
        del form.errors[name]
    if "raw" in form.errors:
        return None
    body, _mentions = render_text(form.cleaned_data["raw"], audience_id=audience_id, at=viewer.at)
    return body
