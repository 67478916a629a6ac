"""The sources of admissions to circles and to the officers of a group.

Each is SQL selecting (person_id, audience_id, organization_id, reason, period). They stand on the grounds of people,
and on `eligible`, `offices` and `invitations`.
"""

_POLICY_ADMITS = """
    f.slug = ANY({c}.functions) AND t.capacity = ANY({c}.capacities) AND t.leadership = ANY({c}.leaderships)
    AND t.organization_kind = ANY({c}.organization_kinds) AND s.status = ANY({c}.standings)"""

# Tenures that the policy of a circle admits, open or not, while the standing lasts.
ADMITTED = f"""
SELECT c.id AS circle_id, c.group_id, c.audience_id, g.joining, g.is_closed, t.tenure_id, t.person_id, t.seat_id,
       t.organization_id, t.period * s.period AS period
FROM groups_circle c
JOIN groups_group g ON g.entry_id = c.group_id
JOIN tenures AS t ON true
JOIN people_function f ON f.id = t.function_id
JOIN standings AS s ON s.organization_id = t.organization_id
WHERE {_POLICY_ADMITS.format(c="c")}
"""

# Those that the policy of an open circle and of every later open circle of the group admits.
ELIGIBLE = f"""
{ADMITTED} AND c.opened_at IS NOT NULL AND NOT EXISTS (
    SELECT FROM groups_circle later WHERE later.group_id = c.group_id AND later.number > c.number
    AND later.opened_at IS NOT NULL AND NOT ({_POLICY_ADMITS.format(c="later")}))
"""

# In a closed group a tenure opens nothing before its confirmation.
_CONFIRMED = """
LEFT JOIN groups_confirmation k ON k.group_id = e.group_id AND k.tenure_id = e.tenure_id
WHERE (NOT e.is_closed OR k.id IS NOT NULL)"""
_SINCE_CONFIRMED = "CASE WHEN e.is_closed THEN tstzrange(k.at, NULL) ELSE tstzrange(NULL, NULL) END"


def ex_officio() -> str:
    """Groups one is in by holding the seat."""
    return f"""
        SELECT e.person_id, e.audience_id, e.organization_id, 'seat', e.period * {_SINCE_CONFIRMED}
        FROM eligible AS e {_CONFIRMED} AND e.joining = 'ex_officio'"""


def seat_members() -> str:
    """Groups the seat has joined: whoever holds it and is admitted by the policy is in."""
    return f"""
        SELECT e.person_id, e.audience_id, e.organization_id, 'membership', e.period * m.period * {_SINCE_CONFIRMED}
            * CASE WHEN e.is_closed THEN tstzrange(m.confirmed_at, NULL) ELSE tstzrange(NULL, NULL) END
        FROM eligible AS e
        JOIN groups_membership m ON m.group_id = e.group_id AND m.seat_id = e.seat_id
            AND (NOT e.is_closed OR m.confirmed_at IS NOT NULL)
        {_CONFIRMED}"""


def _personal(table: str) -> str:
    """SQL of what hangs on one tenure: in force while that lasts and its organization stands, confirmed if need be.

    It begins with the circle that was current when it was given.
    """
    return f"""
        SELECT p.id, p.group_id, g.officers_audience_id, first_circle.number AS from_number,
            t.person_id, t.organization_id,
            t.period * s.period * p.period
                * CASE WHEN g.is_closed THEN tstzrange(p.confirmed_at, NULL) ELSE tstzrange(NULL, NULL) END AS period
        FROM {table} p
        JOIN groups_group g ON g.entry_id = p.group_id
        JOIN tenures AS t ON t.tenure_id = p.tenure_id
        JOIN in_standing AS s ON s.organization_id = t.organization_id
        JOIN groups_circle first_circle ON first_circle.id = p.from_circle_id
        WHERE NOT g.is_closed OR p.confirmed_at IS NOT NULL"""


def eligible(_among: str) -> str:
    return ELIGIBLE


def offices(_among: str) -> str:
    return _personal("groups_office")


def invitations(_among: str) -> str:
    return _personal("groups_membership")


_ITS_CIRCLES = """
JOIN groups_circle c ON c.group_id = p.group_id AND c.number >= p.from_number AND c.opened_at IS NOT NULL"""


def invited_persons() -> str:
    """Groups a person was invited to, whatever the policy says of the seat."""
    return f"""
        SELECT p.person_id, c.audience_id, p.organization_id, 'invitation', p.period
        FROM invitations AS p {_ITS_CIRCLES}"""


def officers_in_circles() -> str:
    """An officer is in the group's circles."""
    return f"""
        SELECT p.person_id, c.audience_id, p.organization_id, 'office', p.period
        FROM offices AS p {_ITS_CIRCLES}"""


def officers() -> str:
    """The officers of a group form an audience of their own."""
    return "SELECT person_id, officers_audience_id, organization_id, 'office', period FROM offices AS p"
