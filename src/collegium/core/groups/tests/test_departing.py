"""Whoever leaves is shown with what they have applied for and nobody has decided."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from collegium.core.access.errors import Refused
from collegium.core.groups import actions
from collegium.core.groups.departing import belongings
from collegium.core.groups.queries.totals import requests_by_group
from collegium.core.groups.queries.waiting import waiting_requests
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


def test_a_request_waits_no_longer_than_the_seat_it_was_made_with(cast):
    tenure = cast.tenures["newcomer"]
    request = actions.request_to_join(cast.counsels, tenure=tenure, note="", viewer=cast.viewer("newcomer"), at=cast.at)
    people.end_tenure(tenure, last_day=date(2026, 5, 29), by=None, at=cast.at)
    midnight = datetime(2026, 5, 30, tzinfo=ZoneInfo(tenure.seat.organization.time_zone))
    for at, waiting in ((midnight - timedelta(microseconds=1), [request]), (midnight, [])):
        assert list(waiting_requests(cast.counsels, at)) == waiting
        assert [row["count"] for row in requests_by_group(at)] == [1] * len(waiting)
