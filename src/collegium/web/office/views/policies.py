"""Changing whom a group admits: looked at by name before anything is written."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from collegium.core.groups.models import Group
from collegium.core.groups.preview import Effect, change_policy, preview_policy
from collegium.web.account.doors import page, refusals_in

from ..doors import team_only
from ..groups import queries, wording
from ..groups.forms import PolicyForm


@team_only
@require_http_methods(["GET", "HEAD", "POST"])
def policy(request: Any, group_slug: str) -> HttpResponse:
    """The policy; sent once it is answered with its effect, and with the effect that was seen it is applied."""
    group = queries.group_of(request.viewer, group_slug)
    assert group.circle is not None  # a founded group has a circle
    given = request.POST if request.method == "POST" else None
    form = PolicyForm(given, functions=queries.functions(), initial=group.circle.policy)
    effect = None
    if form.is_valid():
        with refusals_in(form):
            words = {"policy": form.policy(), "viewer": request.viewer, "at": request.at}
            effect = preview_policy(group, **words)
            if "seen" in request.POST and _is_the_one_seen(request, form, effect):
                change_policy(group, **words)
                return _done(request, group, effect)
    told = wording.effect(effect, group) if effect else None
    return page(request, "office/policy.html", form, group=group, effect=effect, told=told)


def _is_the_one_seen(request: Any, form: PolicyForm, effect: Effect) -> bool:
    """Whether what was shown by name is still what would happen."""
    if request.POST["seen"] == effect.fingerprint():
        return True
    form.add_error(None, _("Somebody’s seat has changed meanwhile. Look at the effect again before it is applied."))
    return False


def _done(request: Any, group: Group, effect: Effect) -> HttpResponse:
    waits = _("Proposed. It takes effect once a second person has confirmed it.")
    messages.success(request, waits if effect.waits else _("Whom the group admits is changed."))
    return HttpResponseRedirect(reverse("office:group", args=[group.slug]), status=303)
