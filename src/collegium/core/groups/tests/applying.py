"""What the stories of applications are told with: somebody from outside, and each step on the way in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from collegium.core.access.viewers import Viewer
from collegium.core.groups import actions
from collegium.core.groups.models import Application, Group
from collegium.core.people.models import Function, Organization

from .cast import Cast

EMAIL = "una@lagoon.example"


def role(society: Organization, function: str, **fields: Any) -> dict[str, Any]:
    """What somebody says of their role."""
    found = Function.objects.get(slug=function)
    defaults = {"title": "Director", "capacity": "holder", "leadership": "staff", "note": "I keep the roll."}
    return {"society": society, "function": found, **defaults, **fields}


def apply(cast: Cast, group: Group | None = None, *, at: datetime | None = None, **fields: Any) -> Application:
    """Una Later of the lagoon society types her address; by default to the open group of the membership people."""
    given: dict[str, Any] = {
        "email": EMAIL,
        "name": "Una Later",
        "function": "membership",
        "society": cast.lagoon,
    } | fields
    society, function = given.pop("society"), given.pop("function")
    return actions.apply_to_join(group or cast.membership, at=at or cast.at, **role(society, function, **given))


def verified(cast: Cast, group: Group | None = None, **fields: Any) -> Application:
    return actions.verify_application(apply(cast, group, **fields), at=cast.at)


def confirmed(cast: Cast, group: Group | None = None, **fields: Any) -> Application:
    """The society's liaison has turned the first key."""
    application = verified(cast, group, **fields)
    return actions.confirm_role(application, holder=cast.tenures["liaison"], remark="She came in May.", at=cast.at)


def approve(cast: Cast, application: Application, part: str = "staff", reason: str = "Welcome.") -> Application:
    viewer = Viewer.of(getattr(cast, part), at=cast.at)
    return actions.approve_application(application, viewer=viewer, at=cast.at, reason=reason)
