"""The sources of admissions that hang on tenures: one's society, the member societies, the council's team.

Each is SQL selecting (person_id, audience_id, organization_id, reason, period). Days become moments in the
organization's own time zone, so an end at midnight needs no job. They select from the grounds `tenures`, `standings`
and `in_standing`, which are computed once for all sources.
"""

from collegium.core.access.standard import MEMBERS, OFFICE


def days_to_moments(period: str, zone: str) -> str:
    """SQL of a range of moments from SQL of a range of days and of a time zone; an open end stays open."""
    return f"tstzrange({_first_moment(f'lower({period})', zone)}, {_first_moment(f'upper({period})', zone)})"


def _first_moment(day: str, zone: str) -> str:
    """SQL of the moment at which a day begins. Where clocks go back over midnight (Azores, Havana) it strikes twice,

    and PostgreSQL takes the later one; the day has begun at the earlier.
    """
    midnight = f"({day}::timestamp AT TIME ZONE {zone})"
    hour_before = f"({midnight} - interval '1 hour')"
    return f"CASE WHEN ({hour_before} AT TIME ZONE {zone})::date = {day} THEN {hour_before} ELSE {midnight} END"


# A foundation's or designated subspecialty's standing is its parent's; the days are of the parent's zone.
STANDINGS = f"""
SELECT o.entry_id AS organization_id, o.kind, st.status, {days_to_moments("st.period", "carrier.time_zone")} AS period
FROM people_organization o
JOIN people_organization carrier
    ON carrier.entry_id = CASE WHEN o.kind IN ('subspecialty', 'foundation') THEN o.parent_id ELSE o.entry_id END
JOIN people_standing st ON st.organization_id = carrier.entry_id
"""

# Whoever closed their account keeps the seat until the society says otherwise, but sees nothing any more.
TENURES = f"""
SELECT t.id AS tenure_id, t.person_id, t.seat_id, t.capacity, t.leadership, s.function_id, s.organization_id,
       o.kind AS organization_kind, o.audience_id,
       {days_to_moments("t.period", "o.time_zone")} * tstzrange(NULL, holder.closed_at) AS period
FROM people_tenure t
JOIN people_person holder ON holder.id = t.person_id
JOIN people_seat s ON s.id = t.seat_id
JOIN people_organization o ON o.entry_id = s.organization_id
"""


# Organizations whose people may act in groups by invitation or office: members while they are, and the council itself.
IN_STANDING = """
SELECT organization_id, period FROM standings WHERE status = 'member'
UNION ALL
SELECT entry_id, tstzrange(NULL, NULL) FROM people_organization WHERE kind = 'council'
"""


def tenures(among: str) -> str:
    return f"{TENURES} WHERE t.person_id {among}"


def standings(_among: str) -> str:
    return STANDINGS


def in_standing(_among: str) -> str:
    return IN_STANDING


def societies() -> str:
    """Whoever has a tenure at an organization is among that organization's people."""
    return "SELECT person_id, audience_id, organization_id, 'tenure', period FROM tenures"


def silent() -> str:
    """Organizations whose people read, but write nothing, until their seats are confirmed; since when they are not."""
    return """
        SELECT entry_id AS organization_id, COALESCE(unconfirmed_at, read_only_at) AS since
        FROM people_organization WHERE read_only_at IS NOT NULL"""


def members() -> str:
    """A tenure at an organization admits to what all member societies see while its standing is `member`."""
    return f"""
        SELECT t.person_id, {MEMBERS}::bigint, t.organization_id, 'standing', t.period * s.period
        FROM tenures t JOIN standings s USING (organization_id) WHERE s.status = 'member'
        UNION
        SELECT person_id, {MEMBERS}::bigint, organization_id, 'staff', period
        FROM tenures WHERE organization_kind = 'council'"""


def office() -> str:
    """The council's own tenures make its team."""
    return f"""
        SELECT person_id, {OFFICE}::bigint, organization_id, 'staff', period
        FROM tenures WHERE organization_kind = 'council'"""
