"""Asking from outside and from inside: the application and its letter, or a letter alone, in one transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.core import ratelimit
from django.db import transaction
from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.groups import actions
from collegium.core.groups.actions.applications import AddressKnown
from collegium.core.groups.models import Application, Group
from collegium.core.people.queries import present_tenures, primary_address
from collegium.web.account.adapter import AccountAdapter

from . import letters


def refuse_too_many(request: Any, email: str) -> None:
    """So many from one sender and for one address, counted where all processes count."""
    if not ratelimit.consume(request, action="apply_to_join", key=email.lower()):
        raise Refused(AccountAdapter.error_messages["rate_limited"])


@transaction.atomic
def ask_from_outside(group: Group, *, at: datetime, **claim: Any) -> None:
    """Whoever has the address gets one letter; what it says, only they know."""
    try:
        application = actions.apply_to_join(group, at=at, **claim)
    except AddressKnown as known:
        if known.application is None:
            letters.say_they_have_an_account(group, claim["email"], at=at)
        else:
            letters.say_they_have_applied(known.application, at=at)
    else:
        letters.ask_whether_it_is_theirs(application, at=at)


def ask_with_role(group: Group, *, viewer: Viewer, **role: Any) -> Application:
    """Somebody signed in: their address is known, and the letters follow from the event."""
    if viewer.person is None:
        raise Refused(_("Sign in first."))
    email = primary_address(viewer.person, viewer.at)
    return actions.apply_with_role(group, email=email, viewer=viewer, at=viewer.at, **role)


def present_role(viewer: Viewer) -> dict[str, Any]:
    """What the form begins with for somebody signed in: their society and title, as far as there is one."""
    tenure = present_tenures(viewer.at).filter(person=viewer.person_id).order_by("pk").first()
    if tenure is None:
        return {}
    return {"society": tenure.seat.organization_id, "title": tenure.title, "leadership": tenure.leadership}
