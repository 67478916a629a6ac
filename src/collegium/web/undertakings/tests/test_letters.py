"""Letters to those who are asked to undertake something, and to those who are suspended."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from collegium.core.groups import actions
from collegium.core.groups.models import Need
from collegium.core.mail.models import Letter
from collegium.web.undertakings import letters
from collegium.web.undertakings.jobs import write_letters

pytestmark = pytest.mark.django_db


@pytest.fixture
def need(cast):
    at = timezone.now()
    staff = cast.viewer("staff", at)
    keep = actions.draw_up_undertaking("Confidentiality", slug="keep", kind="confidentiality", by=None, at=at)
    version = actions.publish_version(keep, text="I keep it.", viewer=staff, at=at)
    made = actions.begin_need(cast.cfos, undertaking=keep, viewer=staff, at=at)
    actions.accept_undertaking(version, viewer=cast.viewer("leaver", at), at=at)
    return made


def sent():
    return sorted(Letter.objects.filter(kind__startswith="undertakings.").values_list("kind", "to"))


def test_each_who_has_not_accepted_gets_one_letter_however_often_the_job_runs(monkeypatch, need):
    monkeypatch.setattr(letters, "BATCH", 1)
    now = timezone.now()
    assert [letters.write_next(need_id=need.pk, at=now) for _ in range(4)] == [True, True, False, False]
    expected = [("undertakings.asked", to) for to in ("colleague@harbour.example", "peer@lagoon.example")]
    assert sent() == expected
    letter = Letter.objects.get(to="peer@lagoon.example", kind="undertakings.asked")
    assert letter.subject == "Please accept: Confidentiality"
    assert "/undertakings/keep/1/" in letter.text
    assert "You read on as before until" in letter.text


def test_a_new_version_is_written_to_those_bound_to_the_one_before(cast, need):
    at = timezone.now()
    version = actions.publish_version(need.undertaking, text="Otherwise.", viewer=cast.viewer("staff", at), at=at)
    assert letters.write_next(version_id=version.pk, at=at) is False
    assert {to for _kind, to in sent()} == {f"{p}.example" for p in ("colleague@harbour", "peer@lagoon", "leaver@reef")}
    assert "A new version to accept: Confidentiality" in set(Letter.objects.values_list("subject", flat=True))


DAY = timedelta(days=1)


def due():
    return sorted(Letter.objects.filter(kind="undertakings.due").values_list("to", flat=True))


def run_jobs():
    """The letters that wait to be written, as the worker would write them; how many jobs there were."""
    jobs = list(ProcrastinateJob.objects.filter(task_name=write_letters.name).order_by("pk"))
    for job in jobs:
        write_letters(**job.args)
        write_letters(**job.args)
    return [sorted(job.args) for job in jobs]


def test_whoever_has_not_accepted_is_reminded_by_letter_once_some_days_before_the_bar(monkeypatch, need):
    monkeypatch.setattr(letters, "BATCH", 1)
    soon = timezone.now() + 12 * DAY
    assert actions.remind_of_undertakings(at=soon) == 1
    assert run_jobs()[-1] == ["is_reminder", "need_id"]
    assert due() == ["colleague@harbour.example", "peer@lagoon.example"]
    letter = Letter.objects.get(kind="undertakings.due", to="peer@lagoon.example")
    assert letter.subject == "Still to accept: Confidentiality"
    for text in (letter.text, letter.html):
        assert "/undertakings/keep/1/" in text
        assert "You read on as before until" in text


def test_the_reminder_is_silent_for_who_has_accepted_and_for_who_reads_no_more(cast, need):
    soon = timezone.now() + 12 * DAY
    version = need.undertaking.versions.first()
    actions.accept_undertaking(version, viewer=cast.viewer("peer", soon), at=soon)
    letters.write_next(need_id=need.pk, is_reminder=True, at=soon)
    assert due() == ["colleague@harbour.example"]
    Letter.objects.all().delete()
    Need.objects.update(reminded_through=0)
    letters.write_next(need_id=need.pk, is_reminder=True, at=soon + 3 * DAY)
    assert due() == []


def test_of_a_version_that_was_superseded_nobody_is_asked_and_a_reminder_leads_to_the_newest(cast, need):
    at, staff = timezone.now(), cast.viewer("staff")
    second = actions.publish_version(need.undertaking, text="Second.", viewer=staff, at=at)
    actions.publish_version(need.undertaking, text="Third.", viewer=staff, at=at + DAY)
    assert letters.write_next(version_id=second.pk, at=at + DAY) is False
    assert Letter.objects.filter(kind="undertakings.asked").count() == 0
    letters.write_next(version_id=second.pk, is_reminder=True, at=at + 12 * DAY)
    letter = Letter.objects.get(kind="undertakings.due", to="leaver@reef.example")
    assert "/undertakings/keep/3/" in letter.text


def test_letters_are_taken_back_with_their_transaction(need):
    with transaction.atomic():
        letters.write_next(need_id=need.pk, at=timezone.now())
        transaction.set_rollback(True)
    assert sent() == []
    assert Need.objects.get(pk=need.pk).lettered_through == 0


def test_a_suspended_person_gets_reason_and_end(cast):
    at = timezone.now()
    actions.suspend_person(
        cast.cfos,
        person=cast.peer,
        until=at + timedelta(days=3),
        reason="Quoted <b>a colleague</b>",
        viewer=cast.viewer("staff", at),
        at=at,
    )
    letter = Letter.objects.get(kind="undertakings.suspended")
    assert letter.to == "peer@lagoon.example"
    assert letter.subject == "You are suspended from Chief Financial Officers for a time"
    assert "Quoted <b>a colleague</b>" in letter.text
    assert "Quoted &lt;b&gt;" in letter.html
