"""The team sees how the house is, has it checked, and puts failed jobs back; nobody's address or words are shown."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from collegium.core.access import registry
from collegium.core.access.models import Admission
from collegium.core.access.registry import Registry
from collegium.core.mail.models import Letter
from collegium.core.mail.registry import letters
from collegium.core.trail.models import Seal
from collegium.core.trail.tests.story import refuses
from collegium.web.models import CheckRun
from collegium.web.office.health import actions, jobs
from collegium.web.office.health.queries import in_words, task_in_short
from collegium.web.office.registry import lines_for
from collegium.web.tests.reading import texts

PAGE = "/office/health/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(cast, visit) -> Any:
    return visit("staff")


def a_letter(**fields: Any) -> Letter:
    given = {"to": "ines@lagoon.example", "subject": "S3cret", "text": "W0rds", "kind": "account.login_code",
             "written_at": timezone.now()}  # fmt: skip
    return Letter.objects.create(**given | fields)


def a_failed_job() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, args, attempts) "
            "VALUES ('letters', 'collegium.core.mail.jobs.send', 'failed', '{\"letter_id\": 77123}', 8) RETURNING id"
        )
        return int(cursor.fetchone()[0])


def clear_jobs() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def test_letters_are_counted_and_what_the_server_said_is_shown_without_addresses(client):
    a_letter()
    a_letter(sent_at=timezone.now())
    a_letter(sent_at=timezone.now() - timedelta(days=2))
    a_letter(refused="550 5.1.1 <ines@lagoon.example>: no such user")
    page = client.get(PAGE)
    rows, label = texts(page, "tr"), str(letters.get("account.login_code").label)
    assert [row for row in rows if " 1 1 1 " in row] == [row for row in rows if row.startswith(label)] != []
    body = page.content.decode()
    assert "550 5.1.1 &lt;…@lagoon.example&gt;: no such user" in body
    assert "ines@lagoon.example" not in body
    assert "S3cret" not in body
    assert "W0rds" not in body


def test_a_failed_job_is_named_and_put_back(client):
    clear_jobs()
    pk = a_failed_job()
    page = client.get(PAGE)
    assert "core.mail: send" in texts(page, "p.name")
    assert "77123" not in page.content.decode()
    assert client.post(f"{PAGE}jobs/{pk}/").status_code == 303
    assert ProcrastinateJob.objects.get(pk=pk).status == "todo"
    assert client.post(f"{PAGE}jobs/{pk}/").status_code == 403
    assert client.post(f"{PAGE}jobs/999999/").status_code == 403


def test_a_failed_job_and_a_refused_letter_wait_on_the_front_page(cast):
    clear_jobs()
    a_failed_job()
    a_letter(refused="550", written_at=cast.at)
    waiting = {line["label"]: line["url"] for line in lines_for(cast.viewer("staff"))}
    assert waiting["Jobs that failed"] == f"{PAGE}#jobs"
    assert waiting["Letters that were refused"] == f"{PAGE}#letters"


def run_the_check() -> CheckRun:
    for job in list(ProcrastinateJob.objects.filter(task_name=jobs.check_house.name)):
        jobs.check_house(**job.args)
    return CheckRun.objects.latest("pk")


def test_the_house_is_checked_by_a_job(cast, client):
    assert client.post(f"{PAGE}checks/").status_code == 303
    assert "0 of" in " ".join(texts(client.get(PAGE), "div.running"))
    run = run_the_check()
    assert (run.done, run.total, run.found, run.asked_by) == (run.total, len(registry.checks.names()), 0, cast.staff)
    page = client.get(PAGE)
    assert "all is well" in page.content.decode()
    assert "asked for by Mara Quist" in page.content.decode()
    assert texts(page, "div.running") == []


def test_what_is_found_is_kept_and_waits_on_the_front_page(cast, client):
    Admission.objects.filter(person=cast.peer).delete()
    client.post(f"{PAGE}checks/")
    run = run_the_check()
    sentence = f"admissions: person {cast.peer.pk}: "
    assert run.found == 1
    assert run.findings[0].startswith(sentence)
    assert sentence in " ".join(texts(client.get(PAGE), "li"))
    waiting = {line["label"]: line["count"] for line in lines_for(cast.viewer("staff"))}
    assert waiting["Findings of the last check"] == 1


def a_thousand():
    yield from (f"finding {number}" for number in range(1000))


def test_a_thousand_findings_are_counted_and_the_first_kept(client, monkeypatch):
    checks = Registry("check")
    checks.register("many", f"{__name__}.a_thousand")
    for module in (actions, jobs):
        monkeypatch.setattr(module, "checks", checks)
    client.post(f"{PAGE}checks/")
    run = run_the_check()
    assert (run.found, len(run.findings)) == (1000, actions.KEPT_FINDINGS)
    assert "the first 200 of 1,000" in client.get(PAGE).content.decode()


def test_one_check_at_a_time_and_one_that_died_is_given_up(cast):
    viewer = cast.viewer("staff")
    actions.ask_for_check(viewer=viewer, at=cast.at)
    with refuses("The house is being checked already."):
        actions.ask_for_check(viewer=viewer, at=cast.at + timedelta(minutes=1))
    actions.ask_for_check(viewer=viewer, at=cast.at + actions.STALE)
    assert CheckRun.objects.count() == 1
    with refuses("Only the council's team can do this."):
        actions.ask_for_check(viewer=cast.viewer("peer"), at=cast.at)


def test_a_check_begun_twice_goes_on_where_it_was_and_one_given_up_does_nothing(cast):
    run = actions.ask_for_check(viewer=None, at=cast.at)
    actions.note_check(run, name="first", sentences=["found"])
    jobs.check_house(run.pk)
    run.refresh_from_db()
    assert (run.done, run.findings) == (run.total, ["first: found"])
    before = run.finished_at
    jobs.check_house(run.pk)
    jobs.check_house(999_999)
    run.refresh_from_db()
    assert run.finished_at == before
    assert actions.begin_checks(run.pk) is None


def test_each_night_it_is_asked_for_and_not_twice(db):
    jobs.ask_nightly(0)
    jobs.ask_nightly(0)
    assert CheckRun.objects.count() == 1
    run = run_the_check()
    actions.finish_checks(run, at=timezone.now())
    assert run.asked_by is None


def test_old_runs_are_forgotten(cast):
    old = actions.ask_for_check(viewer=None, at=cast.at - timedelta(days=91))
    actions.finish_checks(old, at=cast.at - timedelta(days=91))
    actions.ask_for_check(viewer=None, at=cast.at)
    assert not CheckRun.objects.filter(pk=old.pk).exists()


def test_only_a_failed_job_is_put_back_and_only_by_the_team(cast):
    pk = a_failed_job()
    with refuses("Only the council's team can do this."):
        actions.retry_job(pk, viewer=cast.viewer("peer"), at=cast.at)
    actions.retry_job(pk, viewer=cast.viewer("staff"), at=cast.at)
    with refuses("This job has not failed, or was tried again already."):
        actions.retry_job(pk, viewer=cast.viewer("staff"), at=cast.at)


def test_the_digest_of_the_last_seal_is_shown(cast, client):
    assert "Nothing is sealed yet." in client.get(PAGE).content.decode()
    Seal.objects.create(era=1, after_event=0, through_transaction=1, through_event=1, events=3, previous="0" * 64,
                        digest="ab" * 32, at=cast.at)  # fmt: skip
    assert "ab" * 32 in texts(client.get(PAGE), "dd.secret")


def test_only_the_part_asked_for_is_answered_while_a_check_runs(client):
    client.post(f"{PAGE}checks/")
    headers = {"HX-Request": "true", "HX-Target": "checks"}
    body = client.get(PAGE, headers=headers).content.decode()
    assert body.startswith('<div id="checks"')
    assert 'hx-trigger="every 3s"' in body
    assert "<html" not in body


def test_words():
    assert (in_words(12_400_000), in_words(2_500_000_000)) == ("12 MB", "2.5 GB")
    assert task_in_short("collegium.core.mail.jobs.send") == "core.mail: send"
    assert task_in_short("bare") == "bare"


def test_more_of_everything_costs_no_more_questions(client, django_assert_num_queries):
    client.get(PAGE)
    for _number in range(3):
        with django_assert_num_queries(14):
            client.get(PAGE)
        a_letter(refused="550")
        a_failed_job()
