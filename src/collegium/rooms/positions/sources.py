"""Who sees a position while it is drafted: its drafters and the council's team."""

from __future__ import annotations


def drafters() -> str:
    """A drafter while named and in that tenure; the team while only it and the drafters see the position."""
    return """
        SELECT t.person_id, p.drafting_audience_id, t.organization_id, 'drafter', t.period * d.period
        FROM positions_drafter d JOIN tenures AS t ON t.tenure_id = d.tenure_id
        JOIN positions_position p ON p.entry_id = d.position_id
        UNION
        SELECT t.person_id, p.drafting_audience_id, t.organization_id, 'staff', t.period
        FROM tenures AS t CROSS JOIN positions_position p
        JOIN entries_entry e ON e.id = p.entry_id AND e.audience_id = p.drafting_audience_id
        WHERE t.organization_kind = 'council'"""
