"""The cast stands as its tests assume."""

from collegium.core.access.queries import unsettled
from collegium.core.access.standard import MEMBERS, OFFICE, PUBLIC


def test_each_part_is_among_the_audiences_the_tests_assume(cast):
    circles = {
        name: getattr(cast, name).circle.audience_id for name in ("cfos", "membership", "counsels", "ceos", "board")
    }
    among = {
        part: {name for name, audience in circles.items() if cast.viewer(part).is_among(audience)}
        | {
            name
            for name, audience in (("members", MEMBERS), ("office", OFFICE))
            if cast.viewer(part).is_among(audience)
        }
        for part in cast.parts
    }
    assert among == {
        None: set(),
        "outsider": set(),
        "suspended": set(),
        "newcomer": {"members"},
        "peer": {"members", "cfos"},
        "colleague": {"members", "cfos"},
        "leaver": {"members", "cfos"},
        "two_seats": {"members", "membership"},
        "delegate": {"members", "ceos"},
        "liaison": {"members"},
        "chair": {"members", "ceos"},
        "staff": {"members", "office"},
        "second_staff": {"members", "office"},
    }
    assert cast.viewer(None).audience_ids == {PUBLIC}
    assert list(unsettled()) == []
