"""What the machine that watches is told."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


def write(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def worker_seen(ago):
    write("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s::interval)", ago)


def job_waiting(since, task="a"):
    columns = "queue_name, task_name, scheduled_at"
    write(f"INSERT INTO procrastinate_jobs ({columns}) VALUES ('house', %s, now() - %s::interval)", task, since)


NO_LETTERS = {
    "letters_out_due": 0,
    "letters_out_oldest_seconds": 0.0,
    "letters_in_waiting": 0,
    "letters_in_oldest_seconds": 0.0,
}


def test_all_is_well_with_a_living_worker_and_a_short_queue(client):
    worker_seen("3 seconds")
    job_waiting("20 seconds")
    job_waiting("-1 hour", "later")
    response = client.get("/healthz")
    assert response.status_code == 200
    state = response.json()
    assert 3 <= state.pop("worker_heartbeat_seconds") < 5
    assert 20 <= state.pop("queue_oldest_seconds") < 22
    assert state == {"healthy": True, "database": "reachable", "queue_due": 1} | NO_LETTERS
    assert response["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


def test_no_worker_is_ill(client):
    response = client.get("/healthz")
    assert response.status_code == 503
    assert (
        response.json()
        == {
            "healthy": False,
            "database": "reachable",
            "worker_heartbeat_seconds": None,
            "queue_due": 0,
            "queue_oldest_seconds": 0.0,
        }
        | NO_LETTERS
    )


@pytest.mark.parametrize(("heartbeat", "waiting"), [("5 minutes", "1 second"), ("1 second", "10 minutes")])
def test_a_silent_worker_or_a_long_queue_is_ill(client, heartbeat, waiting):
    worker_seen(heartbeat)
    job_waiting(waiting)
    assert client.get("/healthz").status_code == 503


def test_a_job_without_a_time_waits_since_it_was_enqueued(client):
    worker_seen("1 second")
    write("INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('house', 'a')")
    write("UPDATE procrastinate_events SET at = now() - interval '2 minutes'")
    assert 120 <= client.get("/healthz").json()["queue_oldest_seconds"] < 122


def test_health_is_read_and_never_written(client):
    assert client.post("/healthz").status_code == 405


@pytest.mark.parametrize(("since", "is_ill"), [("50 minutes", False), ("70 minutes", True)])
def test_letters_that_stand_still_are_ill(client, since, is_ill):
    worker_seen("1 second")
    write(
        """INSERT INTO mail_incoming ("to", return_path, message_id, digest, received_at, state, reason, sender, part,
            part_id) VALUES ('a@b.example', '', '', '', now() - %s::interval, 'waiting', '', '', '', 0)""",
        since,
    )
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["letters_in_waiting"]) == (503 if is_ill else 200, 1)
