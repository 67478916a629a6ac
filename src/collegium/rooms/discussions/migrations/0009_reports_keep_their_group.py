"""A report stays with the officers it was made to, also where its topic moves to another group."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

# The trail says in which group each was made; without its word it was made where the topic is.
KEEP = """
UPDATE discussions_report r SET group_id = kept.group_id
FROM (
    SELECT x.id, COALESCE(made.group_id, t.group_id) AS group_id
    FROM discussions_report x
    JOIN discussions_post p ON p.id = x.post_id JOIN discussions_topic t ON t.entry_id = p.topic_id
    LEFT JOIN (
        SELECT (v.facts ->> 'report')::bigint AS report_id, g.entry_id AS group_id
        FROM trail_event v JOIN groups_group g ON g.entry_id = (v.facts ->> 'group')::bigint
        WHERE v.name = 'post.reported'
    ) AS made ON made.report_id = x.id
) AS kept WHERE kept.id = r.id
"""


def _group(**options: Any) -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="groups.group", **options
    )


class Migration(migrations.Migration):
    dependencies = [
        ("discussions", "0008_posts_without_a_person"),
        ("groups", "0011_no_decision_on_pictures"),
        ("trail", "0001_initial"),
    ]

    operations = [
        migrations.AddField(model_name="report", name="group", field=_group(null=True)),
        migrations.RunSQL(KEEP, migrations.RunSQL.noop),
        migrations.AlterField(model_name="report", name="group", field=_group()),
    ]
