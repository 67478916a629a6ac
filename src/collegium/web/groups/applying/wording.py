"""Where an application stands, in words and as steps."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from collegium.core.groups.models import Application, Group

State = Application.State
DONE, NOW, TODO = "done", "now", "todo"


def masked(email: str) -> str:
    """The first letter and the domain: enough for a society to recognise its own."""
    name, _at, domain = email.rpartition("@")
    return f"{name[:1]}…@{domain}"


def steps(application: Application) -> list[dict[str, Any]]:
    """What was done, what is happening and what is still to come, for the component `steps`."""
    at = {
        "verified": application.verified_at,
        "society": application.confirmed_at,
        "council": application.decided_at if application.state == State.APPROVED else None,
    }
    names = [
        ("verified", _("You confirm your address")),
        ("society", _("%(society)s confirms your role") % {"society": application.society.name}),
        ("council", _("The council’s team answers")),
    ]
    first_open = next((key for key, _label in names if at[key] is None), None)
    goes_on = application.state in (State.UNVERIFIED, *Application.OPEN)
    found = [
        {"label": label, "state": DONE if at[key] else NOW if goes_on and key == first_open else TODO, "note": ""}
        for key, label in names
    ]
    return [*found, *_last(application)]


def _last(application: Application) -> list[dict[str, Any]]:
    """A closed group asks for one person more, who sees the applicant among those waiting there."""
    group: Group = application.group
    if not group.is_closed:
        return []
    is_waiting = application.state == State.APPROVED
    return [{"label": _("A second person of the group lets you in"), "state": NOW if is_waiting else TODO, "note": ""}]
