"""One list by name of all who wait at a closed group, confirmed together."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from collegium.web.account.doors import page, refusals_in

from .. import queries, second_keys
from ..confirming import TogetherForm, waiting_by_name


@require_http_methods(["GET", "HEAD", "POST"])
def together(request: Any, slug: str) -> HttpResponse:
    """Look at everybody who waits, leave out whom one does not know, confirm the rest in one go."""
    viewer = request.viewer
    group = queries.visible_group(viewer, slug)
    if not (group.is_closed and queries.runs(viewer, group)):
        raise Http404
    rows, others = waiting_by_name(group, viewer)
    form = TogetherForm(request.POST if request.method == "POST" else None, rows=rows)
    if form.is_valid():
        with refusals_in(form):
            second_keys.turn_together(group, form.keys(), viewer=viewer)
            n = len(form.keys())
            told = ngettext("Confirmed; it is in effect.", "All %(n)s are confirmed; it is in effect.", n) % {"n": n}
            messages.success(request, told)
            return HttpResponseRedirect(f"{group.get_absolute_url()}#confirmations", status=303)
    return page(request, "web/groups/together.html", form, group=group, others=others)
