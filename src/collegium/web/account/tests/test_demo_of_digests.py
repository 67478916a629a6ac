"""Two personas of the demo council have digests with something in them; what is told once is not told again."""

from __future__ import annotations

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from collegium.core.groups import demo as groups
from collegium.core.mail.digests.contents import contents_of, make_ready
from collegium.core.mail.models import Digest, Mailing
from collegium.core.notices.jobs import wake
from collegium.core.notices.models import Notification
from collegium.core.people import demo as people
from collegium.core.people.tests.factories import AT
from collegium.rooms.discussions import demo as discussions
from collegium.web.account import demo

pytestmark = pytest.mark.django_db


def test_personas_with_digests_have_some_to_look_at():
    for place in (people, groups, discussions, demo):
        place.load(AT)
    handles = {persona.key: persona.handle for persona in people.PERSONAS}
    cadences = set(Digest.objects.values_list("person__handle", "cadence"))
    assert cadences == {(handles["second-peer"], "daily"), (handles["two-seats"], "weekly")}
    found = list(Mailing.objects.filter(kind="mail.digest"))
    make_ready(found, AT)
    assert min(contents_of(mailing).count for mailing in found) >= 1

    said = list(demo.said_lately(AT).values_list("pk", flat=True))
    before = told(said)
    assert ProcrastinateJob.objects.filter(task_name=wake.name, args__event_id__in=said).exists()
    for pk in said:
        wake(pk)
    assert told(said) == before


def told(events):
    """Under the bell and by letter."""
    of_these = {"event__in": events}
    return Notification.objects.filter(**of_these).count(), Mailing.objects.filter(**of_these).count()
