"""Who sees a letter while it is prepared: its host's people and the council's team."""

from __future__ import annotations


def preparers() -> str:
    """While only they see it; later it is seen by all member societies anyway."""
    return """
        SELECT t.person_id, l.preparing_audience_id, t.organization_id, 'host', t.period
        FROM signons_letter l JOIN entries_entry e ON e.id = l.entry_id AND e.audience_id = l.preparing_audience_id
        JOIN tenures AS t ON t.organization_id = e.society_id
        UNION
        SELECT t.person_id, l.preparing_audience_id, t.organization_id, 'staff', t.period
        FROM tenures AS t CROSS JOIN signons_letter l
        JOIN entries_entry e ON e.id = l.entry_id AND e.audience_id = l.preparing_audience_id
        WHERE t.organization_kind = 'council'"""
