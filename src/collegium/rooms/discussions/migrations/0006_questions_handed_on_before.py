"""Open questions that a departure handed on before the topic knew of it are their successors' too."""

from django.db import migrations

HAND_ON = """
UPDATE discussions_topic t SET handed_to_id = h.successor_id, handed_at = h.at
FROM people_handover h JOIN people_departure d ON d.id = h.departure_id AND d.state <> 'withdrawn'
JOIN entries_entry e ON e.author_id = d.person_id AND e.society_id = d.organization_id
WHERE h.kind = 'questions' AND t.entry_id = e.id AND t.group_id = h.thing_id AND t.kind = 'question'
AND t.accepted_id IS NULL AND t.closed_at IS NULL AND t.handed_to_id IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [
        ("discussions", "0005_questions_are_handed_on"),
        ("people", "0003_departures"),
    ]
    operations = [migrations.RunSQL(HAND_ON, migrations.RunSQL.noop)]
