"""What contradicts itself is found by `collegium check`."""

from __future__ import annotations

import pytest

from collegium.core.access.standard import MEMBERS
from collegium.core.entries.models import Entry
from collegium.rooms.positions.models import Comment, Disposition, Edition, Position, Revision
from collegium.rooms.positions.queries.invariants import unsound_positions

from .factories import in_state, make_comment

pytestmark = pytest.mark.django_db


def test_what_the_actions_leave_is_sound(cast):
    for state in ("accepted", "drafting", "comment", "public"):
        in_state(cast, state)
    assert list(unsound_positions()) == []


def test_each_contradiction_is_said(cast):
    public, asked = in_state(cast, "public"), in_state(cast, "comment")
    one, other = make_comment(cast, asked), make_comment(cast, asked)
    made = Disposition.objects.create(comment=one, outcome="part", reason="x", by=cast.peer, at=cast.at)
    Comment.objects.filter(pk=other.pk).update(disposition=made)
    Entry.objects.filter(pk=public.pk).update(audience=MEMBERS)
    Edition.objects.filter(position=public).update(content=b"another")
    Entry.objects.filter(pk=asked.pk).update(state="nowhere")
    Revision.objects.filter(position=asked).update(presented_at=None)
    assert sorted(unsound_positions()) == sorted(
        [
            f"position {asked.pk} is in a state the table does not know: nowhere",
            f"position {public.pk}: edition 1 is not what went out",
            f"position {public.pk} is public and not seen by those who should see it",
            f"position {asked.pk} is nowhere, and its last step led to comment",
            f"position {asked.pk} shows a revision of another, or one nobody was shown",
            f"comment {other.pk} has an answer to another",
        ]
    )
    assert Position.objects.count() == 2
