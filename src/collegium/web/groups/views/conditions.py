"""What a group asks of those who read it, who is kept out for a time, and who of the team looks in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from collegium.core.access.viewers import Viewer
from collegium.core.groups import actions
from collegium.core.groups.models import Group, Need, Reading, Suspension

from ...deeds import done
from .. import queries
from ..conditions import conditions_page, end_of, free_undertakings, undertaking_of
from ..forms import NeedForm, ReadingForm, SuspensionForm

# Where on the page the things of each kind stand.
PLACES = {"need": "undertakings", "suspension": "suspensions", "reading": "readings"}


def _group_of(request: Any, slug: str) -> tuple[Viewer, Group]:
    """For those who run the group; to everybody else the page is unknown."""
    viewer: Viewer = request.viewer
    group = queries.visible_group(viewer, slug)
    if not queries.runs(viewer, group):
        raise Http404
    return viewer, group


@require_safe
def conditions(request: Any, slug: str) -> HttpResponse:
    """What the group asks, who is suspended, who reads along."""
    viewer, group = _group_of(request, slug)
    return _draw(request, viewer, group)


def _draw(request: Any, viewer: Viewer, group: Group, *, status: int = 200, **refused: Form) -> HttpResponse:
    free = free_undertakings(group, viewer.at)
    forms = {
        "need": NeedForm(free=free, auto_id="need-%s"),
        "suspension": SuspensionForm(auto_id="suspension-%s"),
        "reading": ReadingForm(auto_id="reading-%s"),
    }
    context = conditions_page(group, viewer) | {"forms": forms | refused, "is_free": bool(free)}
    return render(request, "web/groups/conditions.html", context, status=status)


def _back(request: Any, group: Group, told: str, anchor: str) -> HttpResponse:
    messages.success(request, told)
    return HttpResponseRedirect(f"{reverse('groups:conditions', args=[group.slug])}#{anchor}", status=303)


def _by_form(
    request: Any, slug: str, make: Callable[[Group, Viewer], Form], deed: Callable[[Group, Viewer, Any], Any], told: str
) -> HttpResponse:
    """A deed with what was typed; refused, the page comes back with it. A form is called by what its ids begin with."""
    viewer, group = _group_of(request, slug)
    form = make(group, viewer)
    name = str(form.auto_id).partition("-")[0]
    if done(form, lambda: deed(group, viewer, form.cleaned_data)):
        return _back(request, group, told, PLACES[name])
    return _draw(request, viewer, group, status=422, **{name: form})


def _on_row(
    request: Any, slug: str, pk: int, model: type[Model], action: Callable[..., Any], told: str
) -> HttpResponse:
    """A deed on something of the group that stands already."""
    viewer, group = _group_of(request, slug)
    action(get_object_or_404(model, group=group, pk=pk), viewer=viewer, at=viewer.at)
    return _back(request, group, told, PLACES[model.__name__.lower()])


@require_POST
def begin_need(request: Any, slug: str) -> HttpResponse:
    """Let the group be read only by those who undertake something."""

    def form(group: Group, viewer: Viewer) -> Form:
        return NeedForm(request.POST, free=free_undertakings(group, viewer.at), auto_id="need-%s")

    def deed(group: Group, viewer: Viewer, typed: Any) -> None:
        undertaking, days = undertaking_of(typed["undertaking"]), typed["grace_days"]
        actions.begin_need(group, undertaking=undertaking, viewer=viewer, at=viewer.at, grace_days=days)

    return _by_form(request, slug, form, deed, _("The group needs it from now on; its members are told."))


@require_POST
def end_need(request: Any, slug: str, pk: int) -> HttpResponse:
    """Let the group be read without it again."""
    return _on_row(request, slug, pk, Need, actions.end_need, _("The group no longer needs it."))


@require_POST
def suspend(request: Any, slug: str) -> HttpResponse:
    """Keep a member out until a day, with a reason."""

    def deed(group: Group, viewer: Viewer, typed: Any) -> None:
        until, person = end_of(typed["last_day"]), typed["handle"]
        actions.suspend_person(group, person=person, until=until, reason=typed["reason"], viewer=viewer, at=viewer.at)

    form = lambda group, viewer: SuspensionForm(request.POST, auto_id="suspension-%s")  # noqa: E731 - made once
    return _by_form(request, slug, form, deed, _("Suspended; the person is told why and until when."))


@require_POST
def lift(request: Any, slug: str, pk: int) -> HttpResponse:
    """End a suspension early."""
    return _on_row(request, slug, pk, Suspension, actions.lift_suspension, _("Lifted; the person is told."))


@require_POST
def ask_to_read(request: Any, slug: str) -> HttpResponse:
    """Ask to read for the council's team."""

    def deed(group: Group, viewer: Viewer, typed: Any) -> None:
        actions.ask_to_read(group, reason=typed["reason"], viewer=viewer, at=viewer.at)

    form = lambda group, viewer: ReadingForm(request.POST, auto_id="reading-%s")  # noqa: E731 - made once
    return _by_form(request, slug, form, deed, _("Asked. A second person has to confirm it."))


@require_POST
def confirm_reading(request: Any, slug: str, pk: int) -> HttpResponse:
    """Let the reader in for a day."""
    told = _("Confirmed for 24 hours; the members are told.")
    return _on_row(request, slug, pk, Reading, actions.confirm_reading, told)


@require_POST
def end_reading(request: Any, slug: str, pk: int) -> HttpResponse:
    """Refuse, take back or end a reading."""
    return _on_row(request, slug, pk, Reading, actions.end_reading, _("This reading is over."))
