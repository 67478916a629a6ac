"""The sources of admissions to circles and to the officers of a group.

Grounds say who belongs by what: `eligible`, `offices`, `invitations`, and all of it as `ties`. A tie admits while the
undertakings its group needs are in force (`undertaken`) and outside of suspensions (`suspended`); the one source
`members` puts the three together. `readings` are apart: they admit one of the council's team to look, not to belong.
"""

from collegium.core.access.standard import READING

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


# Groups one is in by holding the seat.
_EX_OFFICIO = f"""
SELECT e.group_id, e.tenure_id, e.person_id, e.audience_id, e.organization_id, 'seat', e.period * {_SINCE_CONFIRMED}
FROM eligible AS e {_CONFIRMED} AND e.joining = 'ex_officio'"""

# Groups the seat has joined: whoever holds it and is admitted by the policy is in.
_SEAT_MEMBERS = f"""
SELECT e.group_id, e.tenure_id, e.person_id, e.audience_id, e.organization_id, 'membership',
    e.period * m.period * {_SINCE_CONFIRMED}
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
            t.tenure_id, t.person_id, t.organization_id,
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


def _in_its_circles(ground: str, reason: str) -> str:
    """The invited, whatever the policy says of the seat; and officers, who are in the group's circles too."""
    return f"""
        SELECT p.group_id, p.tenure_id, p.person_id, c.audience_id, p.organization_id, '{reason}', p.period
        FROM {ground} AS p
        JOIN groups_circle c ON c.group_id = p.group_id AND c.number >= p.from_number AND c.opened_at IS NOT NULL"""


# The officers of a group form an audience of their own.
_OFFICERS = """
SELECT group_id, tenure_id, person_id, officers_audience_id, organization_id, 'office', period FROM offices"""


def ties(_among: str) -> str:
    """Whoever belongs to a group by a tenure, before anything is asked of them."""
    parts = [
        _EX_OFFICIO,
        _SEAT_MEMBERS,
        _in_its_circles("invitations", "invitation"),
        _in_its_circles("offices", "office"),
        _OFFICERS,
    ]
    columns = "group_id, tenure_id, person_id, audience_id, organization_id, reason, period"
    return f"SELECT * FROM ({' UNION ALL '.join(parts)}) AS tie ({columns}) WHERE NOT isempty(period)"


_ALWAYS, _NEVER = "tstzmultirange(tstzrange(NULL, NULL))", "'{}'::tstzmultirange"


def bound(_among: str) -> str:
    """When somebody is bound, in a tenure, to an acceptable version: from acceptance until any later one is due."""
    return """
        SELECT a.tenure_id, v.undertaking_id,
            range_agg(
                tstzrange(a.at, CASE WHEN later.due_at IS NOT NULL THEN GREATEST(a.at, later.due_at) END)) AS periods
        FROM groups_acceptance a
        JOIN tenures AS t ON t.tenure_id = a.tenure_id
        JOIN groups_undertakingversion v ON v.id = a.version_id
        CROSS JOIN LATERAL (
            SELECT min(due_at) AS due_at FROM groups_undertakingversion
            WHERE undertaking_id = v.undertaking_id AND number > v.number) AS later
        GROUP BY a.tenure_id, v.undertaking_id"""


def undertaken(_among: str) -> str:
    """When a tie to a group that needs undertakings admits: outside of each need, while bound, or by its deferral."""
    deferred = "tstzmultirange(tstzrange(lower(n.period), GREATEST(lower(n.period), n.due_at)))"
    return f"""
        SELECT b.group_id, b.tenure_id, range_intersect_agg(
            {_ALWAYS} - tstzmultirange(n.period) + COALESCE(bound.periods, {_NEVER})
            + CASE WHEN d.id IS NULL THEN {_NEVER} ELSE {deferred} END) AS periods
        FROM (SELECT DISTINCT group_id, tenure_id FROM ties) AS b
        JOIN groups_need n ON n.group_id = b.group_id AND NOT isempty(n.period)
        LEFT JOIN bound ON bound.tenure_id = b.tenure_id AND bound.undertaking_id = n.undertaking_id
        LEFT JOIN groups_deferral d ON d.need_id = n.id AND d.tenure_id = b.tenure_id
        GROUP BY b.group_id, b.tenure_id"""


def suspended(among: str) -> str:
    """When a person is kept out of a group, whatever brings them in."""
    return f"""
        SELECT group_id, person_id, range_agg(period) AS periods FROM groups_suspension
        WHERE person_id {among} GROUP BY group_id, person_id"""


def members() -> str:
    """Circles and officers: ties, while what the group needs is undertaken and nobody is suspended."""
    columns = "t.person_id, t.audience_id, t.organization_id, t.reason"
    return f"""
        WITH judged AS (
            SELECT {columns}, t.period, u.group_id IS NULL AND s.group_id IS NULL AS is_free,
                COALESCE(u.periods, {_ALWAYS}) - COALESCE(s.periods, {_NEVER}) AS periods
            FROM ties AS t
            LEFT JOIN undertaken AS u ON u.group_id = t.group_id AND u.tenure_id = t.tenure_id
            LEFT JOIN suspended AS s ON s.group_id = t.group_id AND s.person_id = t.person_id)
        SELECT {columns}, t.period FROM judged AS t WHERE t.is_free
        UNION ALL
        SELECT {columns}, unnest(tstzmultirange(t.period) * t.periods) FROM judged AS t WHERE NOT t.is_free"""


def readings() -> str:
    """One of the council's team reads the circles of a group while a confirmed reading lasts.

    Through no organization: so it gives no seat from which to speak, and no place in a roster.
    """
    return f"""
        SELECT r.person_id, c.audience_id, NULL::bigint, '{READING}',
            unnest(tstzmultirange(r.period * t.period) - COALESCE(s.periods, {_NEVER}))
        FROM groups_reading r
        JOIN tenures AS t ON t.person_id = r.person_id AND t.organization_kind = 'council'
        JOIN groups_circle c ON c.group_id = r.group_id AND c.opened_at IS NOT NULL
        LEFT JOIN suspended AS s ON s.group_id = r.group_id AND s.person_id = r.person_id
        WHERE r.period IS NOT NULL"""
