"""How much one wants to hear."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from collegium.core.mail.bounces.queries import complaints_of
from collegium.core.notices import actions
from collegium.core.notices.queries import digest_choice, switches

from .. import queries
from ..doors import page, refusals_in
from ..forms.notices import LevelsForm
from .profile import GET_OR_POST


@GET_OR_POST
def notices(request: Any) -> HttpResponse:
    """A level for each group, when digests come, a switch for each notice under the bell and by letter."""
    form = LevelsForm(
        request.POST if request.method == "POST" else None,
        groups=queries.group_levels(request.viewer),
        switches=switches(request.user.pk),
        digests=digest_choice(request.user.pk),
    )
    if form.is_valid():
        with refusals_in(form), transaction.atomic():
            for group, level in form.changed_levels():
                actions.choose_level(group["entry"], level=level, by=request.user)
            _switch(form, by=request.user)
            messages.success(request, _("Saved."))
            return redirect("account:notices")
    return page(request, "account/notices.html", form, complaints=complaints_of(request.user.pk))


def _switch(form: LevelsForm, *, by: Any) -> None:
    """What was changed of digests, bells and letters."""
    digests = form.changed_digests()
    if digests is not None:
        actions.choose_digests(**digests, by=by)
    for name, is_on in form.changed_switches():
        (actions.switch_on if is_on else actions.switch_off)(name, by=by)
    for name, is_on in form.changed_letters():
        (actions.switch_letter_on if is_on else actions.switch_letter_off)(name, by=by)
