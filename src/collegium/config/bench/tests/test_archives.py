"""The archive that is measured comes in whole, and nothing of it is left."""

from __future__ import annotations

from collegium.config.bench import archives
from collegium.core.entries.models import Entry, Passage
from collegium.rooms.archives.models import PastLetter
from collegium.rooms.discussions.models import Topic


def test_it_is_brought_in_measured_and_taken_away(cast):
    before = Entry.objects.count(), Passage.objects.count()
    found = archives.measured(lambda _words: None, number=30)
    assert found["letters"] == 30
    assert found["per_second"] > 0
    assert found["naive"]["cpu"] > 0
    assert (Entry.objects.count(), Passage.objects.count()) == before
    assert (Topic.objects.count(), PastLetter.objects.count()) == (0, 0)
