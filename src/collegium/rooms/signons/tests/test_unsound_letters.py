"""What contradicts itself is found by `collegium check`."""

from __future__ import annotations

import pytest

from collegium.core.access.standard import MEMBERS
from collegium.core.calls.models import Call
from collegium.core.entries.models import Entry
from collegium.rooms.signons.models import Letter, Paper, Signature, Version
from collegium.rooms.signons.queries.invariants import unsound_letters

from .scene import drafted, open_letter, save, sent, sign

pytestmark = pytest.mark.django_db


def test_what_the_actions_leave_is_sound(cast):
    drafted(cast)
    letter, at = open_letter(cast)
    sign(cast, letter, "delegate", at)
    save(cast, letter, "Other words.", at, change="substantive")
    sent(cast)
    assert list(unsound_letters()) == []


def test_each_contradiction_is_said(cast):
    (public, at), (asked, _at), lost = sent(cast), open_letter(cast), drafted(cast)
    Entry.objects.filter(pk=public.pk).update(audience=MEMBERS)
    Entry.objects.filter(pk=lost.pk).update(state="nowhere")
    Call.objects.filter(pk=asked.round.call_id).update(closed_at=at)
    left = Signature.objects.filter(letter=public)[0]
    Signature.objects.filter(pk=left.pk).update(digest="0" * 64)
    Letter.objects.filter(pk=lost.pk).update(current=None)
    told = {"addressee": "A", "subject": "B", "raw": "C", "html": "C", "change": "draft", "by": cast.staff, "at": at}
    wrong = Version.objects.create(letter=asked, number=9, digest="1" * 64, **told)
    paper = Paper.objects.create(letter=asked, kind="letter", form="pdf", content=b"x", digest="2" * 64, at=at)
    assert sorted(unsound_letters()) == sorted(
        [
            f"letter {lost.pk} is in a state the table does not know: nowhere",
            f"letter {public.pk} is sent and not seen by those who should see it",
            f"letter {asked.pk} is open for signature and its call is not",
            f"signature {left.pk} is bound to a text that was never asked about",
            f"version {wrong.number} of letter {asked.pk} does not have the hash it was signed under",
            f"letter {lost.pk} has no text",
            f"file {paper.pk} of letter {asked.pk} is not the one that was sent",
        ]
    )


def test_what_was_sent_without_its_files_is_found(cast):
    letter, _at = open_letter(cast)
    Entry.objects.filter(pk=letter.pk).update(state="sent")
    found = list(unsound_letters())
    assert f"letter {letter.pk} was sent and its files are not there" in found
    assert f"letter {letter.pk} is sent, and its last step led to circulating" in found
