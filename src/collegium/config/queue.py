"""How the queue of jobs reaches the database from a page: over the framework's connection, by prepared statements."""

from __future__ import annotations

from typing import Any

from procrastinate import App
from procrastinate.contrib.django.django_connector import DjangoConnector, wrap_exceptions

from collegium.core.access.statements import prepared_cursor


class PreparedConnector(DjangoConnector):
    """Each answer and each topic enqueues a job; planning that anew takes longer than doing it."""

    @wrap_exceptions()
    def execute_query_all(self, query: Any, **arguments: Any) -> list[dict[str, Any]]:
        with prepared_cursor() as cursor:
            cursor.execute(query, self._wrap_json(arguments))
            return list(self._dictfetch(cursor))


def use_prepared_statements(app: App) -> None:
    """Called by the queue when it is ready."""
    app.connector = app.job_manager.connector = PreparedConnector()
