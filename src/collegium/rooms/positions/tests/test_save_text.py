"""Writing a text: numbered revisions that never change, by drafters who declared interests, and nothing lost."""

from __future__ import annotations

import pytest

from collegium.core.entries.models import Passage
from collegium.core.trail.models import Event
from collegium.rooms.positions.actions.texts import digest_of
from collegium.rooms.positions.models import Position

from .factories import TEXT, fail_after, in_state, make_drafter, make_position, move, refused, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def drafted(cast):
    """A position whose drafter may write."""
    position = make_position(cast)
    make_drafter(cast, position)
    move(cast, position, "drafting")
    return position


def rows(revision):
    return [(block.key, block.raw.split("\n")[0]) for block in revision.blocks.order_by("ordinal")]


def test_save_text_keeps_blocks_and_fingerprint(cast, drafted):
    revision = write(cast, drafted, title="Approvals")
    assert (revision.number, revision.change, revision.title) == (1, "first", "Approvals")
    assert rows(revision) == [
        (1, "# What we ask"),
        (2, "Plans should answer within *two* days."),
        (3, "Physicians of the same specialty should review a refusal."),
        (4, "- Publish the criteria."),
    ]
    assert revision.blocks.get(key=2).html == "<p>Plans should answer within <em>two</em> days.</p>"
    assert revision.digest == digest_of("Approvals", TEXT.split("\n\n"))
    event = Event.objects.get(name="position.text_revised")
    assert (event.actor, event.acting_for) == (cast.peer, cast.lagoon)
    assert event.facts == {"revision": revision.pk, "number": 1, "change": "first", "digest": revision.digest}


def test_save_text_leaves_earlier_revisions_as_they_were(cast, drafted):
    first = write(cast, drafted)
    before = list(first.blocks.values())
    second = write(cast, drafted, TEXT.replace("*two* days", "one day").replace("# What we ask\n\n", ""), note="Sooner")
    assert (second.number, second.note) == (2, "Sooner")
    assert rows(second)[0] == (2, "Plans should answer within one day.")
    assert list(first.blocks.values()) == before
    third = write(cast, drafted, "# Aims\n\n" + "Plans should answer within one day.")
    assert rows(third) == [(5, "# Aims"), (2, "Plans should answer within one day.")]


def test_save_text_is_found_by_its_drafters_alone(cast, drafted):
    write(cast, drafted, title="Approvals")
    audiences = Passage.objects.filter(entry=drafted.pk).values_list("part", "entry__audience")
    assert sorted(audiences) == [("text", drafted.drafting_audience_id), ("title", drafted.drafting_audience_id)]
    assert Position.objects.get().entry.title == "Approvals"


def test_save_text_after_another_wrote_is_refused_and_says_so(cast, drafted):
    make_drafter(cast, drafted, "colleague")
    write(cast, drafted)
    with refused("Meanwhile somebody wrote revision 1. Yours is below: compare them and send it again."):
        write(cast, drafted, "Mine.", base=0, change="first", by="colleague")


def test_save_text_is_for_drafters_who_declared_interests(cast, drafted):
    make_drafter(cast, drafted, "colleague", declares=False)
    with refused("Declare your interests first: nobody drafts before."):
        write(cast, drafted, by="colleague")
    with refused("Only its drafters write the text."):
        write(cast, drafted, by="staff")


@pytest.mark.parametrize("state", ["accepted", "comment", "sign-on", "ballot", "adopted", "public"])
def test_save_text_waits_while_the_text_is_frozen(cast, state):
    position = in_state(cast, state)
    if state == "accepted":
        make_drafter(cast, position)
    with refused("The text is frozen: it can be changed when the societies have answered."):
        write(cast, position, "Other words.")


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("", "Write the text first."),
        (" \n ", "Write the text first."),
        ("a\x00", "This contains a NUL character, which cannot be kept. Paste it again as plain text."),
        ("é" * 60_000, "This is too long: a position has room for 100 kB."),
        ("x" * 100_001, "This is too long: 100,001 characters, and there is room for 100,000."),
        ("a\n\n" * 401, "A text has at most 400 paragraphs."),
        ("[x]: https://example.org/", "A text has at most 400 paragraphs."),
    ],
)
def test_save_text_refuses_what_is_no_text(cast, drafted, raw, reason):
    with refused(reason):
        write(cast, drafted, raw)


@pytest.mark.parametrize("change", ["", "first", "radical"])
def test_save_text_says_how_much_changes(cast, drafted, change):
    write(cast, drafted)
    with refused("Say how much the text changes."):
        write(cast, drafted, "Other words.", change=change)


def test_save_text_of_the_same_words_is_no_revision(cast, drafted):
    write(cast, drafted)
    with refused("Nothing was changed."):
        write(cast, drafted)


def test_save_text_is_rolled_back_whole(cast, drafted):
    fail_after(lambda: write(cast, drafted))
