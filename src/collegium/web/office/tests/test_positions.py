"""The office's front page counts issues to decide and positions that wait for the team."""

from __future__ import annotations

import pytest

from collegium.rooms.positions.tests.factories import in_state, make_issue
from collegium.web.office.positions import issues, positions

pytestmark = pytest.mark.django_db


def test_issues_and_positions_that_wait_are_counted(cast):
    viewer = cast.viewer("staff")
    assert (issues(viewer)["count"], positions(viewer)["count"]) == (0, 0)
    make_issue(cast)
    in_state(cast, "accepted")
    in_state(cast, "comment")
    assert (issues(viewer)["count"], positions(viewer)["count"]) == (1, 1)
    assert (issues(viewer)["url"], positions(viewer)["oldest_at"]) == ("/issues/?state=proposed", cast.at)
