"""Whoever leaves is shown with what they have applied for and nobody has decided."""

from __future__ import annotations

from datetime import date

import pytest

from collegium.core.access.errors import Refused
from collegium.core.groups import actions
from collegium.core.groups.departing import belongings
from collegium.core.people import actions as people

from .applying import approve, role
from .cast import build_cast


@pytest.fixture
def cast(db):
    return build_cast()


def test_an_open_application_is_listed_and_not_approved_while_its_owner_leaves(cast):
    application = actions.apply_with_role(
        cast.membership,
        email="ines@lagoon.example",
        viewer=cast.viewer("peer"),
        at=cast.at,
        **role(cast.lagoon, "membership"),
    )
    application = actions.confirm_role(application, holder=cast.tenures["liaison"], at=cast.at)
    departure = people.begin_departure(
        cast.peer, organization=cast.lagoon, last_day=date(2026, 5, 29), by=cast.liaison, at=cast.at
    )
    found = [(thing.label, thing.thing_id) for thing in belongings(departure, cast.viewer("staff"))]
    label = f"Applied to {cast.membership.name} as {application.function.name}"
    assert found == [(label, None)]
    with pytest.raises(Refused, match="leaves on May 29, 2026"):
        approve(cast, application)
    actions.decline_application(application, viewer=cast.viewer("staff"), reason="They leave.", at=cast.at)
    assert list(belongings(departure, cast.viewer("staff"))) == []
