"""Who sees a position while it is drafted: its drafters, the council's team, and who chairs positions."""

from __future__ import annotations


def drafters() -> str:
    """A drafter while named and in that tenure; the team, and the officers of the group that chairs positions, while

    only they and the drafters see the position.
    """
    return """
        SELECT t.person_id, p.drafting_audience_id, t.organization_id, 'drafter', t.period * d.period
        FROM positions_drafter d JOIN tenures AS t ON t.tenure_id = d.tenure_id
        JOIN positions_position p ON p.entry_id = d.position_id
        UNION
        SELECT t.person_id, p.drafting_audience_id, t.organization_id, 'staff', t.period
        FROM tenures AS t CROSS JOIN positions_position p
        JOIN entries_entry e ON e.id = p.entry_id AND e.audience_id = p.drafting_audience_id
        WHERE t.organization_kind = 'council'
        UNION
        SELECT o.person_id, p.drafting_audience_id, o.organization_id, 'policy', o.period
        FROM positions_committee c JOIN offices AS o ON o.group_id = c.group_id CROSS JOIN positions_position p
        JOIN entries_entry e ON e.id = p.entry_id AND e.audience_id = p.drafting_audience_id
        WHERE c.role = 'policy' AND c.ended_at IS NULL"""
