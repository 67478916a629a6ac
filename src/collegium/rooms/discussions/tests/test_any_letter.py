"""Whatever a member sends to their group by letter is posted, held, refused or recorded, and for a reason."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, assume, given, settings

from collegium.core.mail.incoming.arriving import take_in
from collegium.core.mail.incoming.handling import handle_letter
from collegium.core.mail.incoming.reasons import REASONS
from collegium.core.mail.models import Incoming
from collegium.core.mail.tests import trees
from collegium.design.text import clean_text
from collegium.rooms.discussions.models import HeldPost, Post
from collegium.rooms.discussions.queries import unsound_topics

from .test_letters_in import OURS, house  # noqa: F401 - a fixture for every test of this file

pytestmark = pytest.mark.django_db
PROVED = f"Authentication-Results: {OURS}; dmarc=pass header.from=lagoon.example\r\nFrom: peer@lagoon.example\r\n"
UNPROVED = "From: peer@lagoon.example\r\n"
# Each example is undone: the council stays as the fixture made it.
few = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def check(raw: bytes, to: str) -> Incoming:
    """Let it come in and be handled, look at what became of it, and take it back."""
    with transaction.atomic():
        # In the tests time stands still: who writes too much is not the question here.
        new = take_in(raw, to=[f"{to}@peers.example"], return_path="peer@lagoon.example", at=timezone.now())
        assert len(new) == 1
        handle_letter(new[0], at=timezone.now())
        came = Incoming.objects.get(pk=new[0])
        _sound(came)
        transaction.set_rollback(True)
    return came


def _sound(came: Incoming) -> None:
    state = Incoming.State(came.state)
    assert state not in (state.WAITING, state.FAILED)
    assert came.reason in REASONS if state in (state.REFUSED, state.RECORDED) else came.reason in ("", "unproved")
    assert (state is state.POSTED) == (Post.objects.count() == 1)
    assert (state is state.HELD) == (HeldPost.objects.count() == 1)
    for text in [*Post.objects.values_list("raw", flat=True), *HeldPost.objects.values_list("raw", flat=True)]:
        assert clean_text(text, max_length=100_000) == text
        assert text.strip()
    for title in Post.objects.values_list("topic__entry__title", flat=True):
        assert title.strip()
        assert "\n" not in title
    assert list(unsound_topics()) == []


@pytest.mark.parametrize("to", ["cfos", "cfos-owner", "cfos-unsubscribe", "cfos-mute", "none-such"])
@given(trees.letters)
@few
def test_any_tree_of_parts_from_a_member_comes_to_an_end(cast, to, tree):
    check(PROVED.encode() + tree, to)


@given(trees.letters)
@few
def test_what_is_not_proved_is_never_published(cast, tree):
    assume(b"dmarc" not in tree)
    assert check(UNPROVED.encode() + tree, "cfos").state != Incoming.State.POSTED


@given(trees.anything)
@few
def test_any_bytes_come_to_an_end(cast, raw):
    check(raw, "cfos")


@given(trees.changed())
@few
def test_any_changed_letter_from_a_member_comes_to_an_end(cast, raw):
    check(PROVED.encode() + raw, "cfos")
