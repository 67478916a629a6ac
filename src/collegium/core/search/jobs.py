"""What was written lately is put in its place in the index."""

from __future__ import annotations

from django.db import connection
from procrastinate.contrib.django import app


@app.periodic(cron="* * * * *")
@app.task(queue="house", pass_context=False)
def put_in_place(timestamp: int) -> None:
    """Each minute: new passages wait in a list that everybody reads who looks for something, and this empties it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT search_put_in_place()")
