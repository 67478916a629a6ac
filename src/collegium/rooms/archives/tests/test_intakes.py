"""Runs that bring an archive in: begun, gone on with, ended; the second run of the same adds nothing."""

from __future__ import annotations

import pytest

from collegium.core.trail.models import Event
from collegium.rooms.archives import actions
from collegium.rooms.archives.actions import opening
from collegium.rooms.archives.course import Course
from collegium.rooms.archives.models import Archive, Intake, PastLetter
from collegium.rooms.discussions.models import Post
from collegium.rooms.discussions.tests.factories import everything, refused

from .lists import conversation, letter


def begin(cast, name="list.mbox"):
    return actions.begin_intake(cast.cfos, name=name, at=cast.at)


def test_begin_intake_goes_on_with_what_was_broken_off(cast):
    first = begin(cast)
    assert begin(cast) == first
    assert begin(cast, "other.mbox") != first
    assert Archive.objects.count() == 1


def test_begin_intake_waits_while_the_archive_is_being_opened(cast, bring, open_it, monkeypatch):
    monkeypatch.setattr(opening, "PART", 1)
    bring(conversation())
    open_it()
    with refused("The archive of this group is just being opened; try again in some minutes."):
        begin(cast)


def test_end_intake_of_a_run_that_brought_nothing_leaves_nothing(cast):
    intake = begin(cast)
    assert not actions.end_intake(intake, found=0, known=0, passed_over=0, at=cast.at)
    assert (
        Intake.objects.count(),
        Archive.objects.count(),
        Event.objects.filter(name="archive.brought_in").count(),
    ) == (
        0,
        0,
        0,
    )


def test_end_intake_records_one_event_for_the_officers(cast, bring):
    bring([*conversation(), letter(9, extra=["Auto-Submitted: auto-replied"])])
    event = Event.objects.get(name="archive.brought_in")
    intake = Intake.objects.get()
    assert (event.actor, event.audience) == (None, cast.cfos.officers_audience)
    assert event.facts == {"intake": intake.pk, "posts": 4, "topics": 2, "left_out": 1}
    assert (intake.found, intake.known, intake.ended_at) == (5, 0, cast.at)


def test_bring_in_adds_nothing_to_what_was_opened_meanwhile(cast, bring, open_it):
    bring(conversation())
    intake = Intake.objects.get()
    open_it()
    with refused("The archive was opened meanwhile; what is still missing is brought in by a run of its own."):
        actions.bring_in(intake, [], Course(cast.cfos, "", [], [], {}))


def test_the_same_again_adds_nothing(cast, bring):
    bring([*conversation(), letter(9, extra=["Auto-Submitted: auto-replied"])])
    before, letters = everything(), list(PastLetter.objects.order_by("pk").values_list("pk", flat=True))
    result = bring([*conversation(), letter(9, extra=["Auto-Submitted: auto-replied"])], name="another-name.mbox")
    assert (result.intake, result.found, result.known) == (None, 5, 5)
    assert everything() == before
    assert list(PastLetter.objects.order_by("pk").values_list("pk", flat=True)) == letters


def test_what_is_new_in_a_later_file_joins_its_thread(cast, bring):
    bring(conversation()[:2])
    bring([*conversation(), letter(5, answers=1, subject="Re: Reserves")], name="later.mbox")
    assert sorted(Post.objects.filter(topic__entry__title="Reserves").values_list("number", "reply_to", "raw")) == [
        (1, None, "This is what letter 1 says about reserves."),
        (2, None, "This is what letter 2 says about reserves."),
        (3, 2, "This is what letter 4 says about reserves."),
        (4, None, "This is what letter 5 says about reserves."),
    ]
    assert list(Intake.objects.order_by("pk").values_list("name", "found", "known")) == [
        ("list.mbox", 2, 0),
        ("later.mbox", 5, 2),
    ]


@pytest.mark.parametrize("part", [1, 2, 3])
def test_parts_of_any_size_come_to_the_same(cast, bring, monkeypatch, part):
    from collegium.rooms.archives import carrying

    letters = [letter(n, answers=n - 1 if n % 4 else None, subject=f"Subject {n // 4}") for n in range(1, 13)]
    monkeypatch.setattr(carrying, "PART", part)
    bring(letters)
    rows = Post.objects.order_by("topic__entry__title", "number").values_list("topic__entry__title", "number", "raw")
    says = "This is what letter {} says about reserves.".format
    assert list(rows) == [
        *(("Subject 0", n, says(n)) for n in (1, 2, 3)),
        *(("Subject 1", n - 3, says(n)) for n in (4, 5, 6, 7)),
        *(("Subject 2", n - 7, says(n)) for n in (8, 9, 10, 11)),
        ("Subject 3", 1, says(12)),
    ]
