"""What came back and came in at the demo council: a society whose mail server is gone, a complaint, some letters."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress

from collegium.core.access.queries import belonging
from collegium.core.groups.models import Group
from collegium.core.mail.bounces.actions import count_bounce
from collegium.core.mail.bounces.envelopes import MAILING, Sent
from collegium.core.mail.bounces.failing import Failed
from collegium.core.mail.models import Complaint, Incoming
from collegium.core.notices.actions import choose_level
from collegium.core.notices.models import Level
from collegium.core.people.demo import PERSONAS
from collegium.core.people.models import Organization, Person
from collegium.core.people.queries import present_tenures
from collegium.core.trail.actions import without_waking
from collegium.rooms.discussions.actions.writing import PART
from collegium.rooms.discussions.models import HeldPost, Post

DAY = timedelta(days=1)
# The letters that came back are of mailings nobody wrote.
FIRST = 9_000_000_000
NO_SERVER = Failed(is_hard=True, status="5.4.4", said="550 5.4.4 no mail server for dune-psychiatry.example")
SHUT = Failed(is_hard=True, status="5.2.1", said="550 5.2.1 mailbox disabled")
FULL = Failed(is_hard=False, status="5.2.2", said="552 5.2.2 mailbox full, try when its owner is back from the islands")
ALL_OF, SOME_OF = "dune-psychiatry", "kelp-endocrinology"
# What became of letters that came in: state, reason, hours ago. None waits: in a demonstration that would be a fault.
CAME: tuple[tuple[str, str, int], ...] = (
    ("posted", "", 2),
    ("held", "unproved", 5),
    ("done", "", 9),
    ("refused", "stranger", 11),
    ("refused", "another_person", 20),
    ("refused", "rule", 26),
    ("refused", "encrypted", 31),
    ("recorded", "automatic", 33),
    ("recorded", "bounce", 34),
    ("recorded", "complaint", 40),
    ("recorded", "late", 49),
    ("failed", "error", 51),
)
_HOUSE = {"automatic", "bounce", "complaint", "late"}


def load(at: datetime) -> None:
    """Addresses from which letters come back, a complaint, and the way of some letters."""
    with without_waking():
        for person in _people_of(ALL_OF, at):
            _bounces(person, NO_SERVER, days=3, at=at)
        for person in _people_of(SOME_OF, at)[:2]:
            _bounces(person, FULL, days=2, at=at)
        handle = next(persona.handle for persona in PERSONAS if persona.key == "leaver")
        _bounces(Person.objects.get(handle=handle), SHUT, days=3, at=at)
        _complain(at)
    _letters(at)


def _people_of(slug: str, at: datetime) -> list[Person]:
    society = Organization.objects.get(slug=slug)
    tenures = present_tenures(at).filter(seat__organization=society).select_related("person").order_by("pk")
    return list({tenure.person_id: tenure.person for tenure in tenures}.values())


def _bounces(person: Person, failed: Failed, *, days: int, at: datetime) -> None:
    address = EmailAddress.objects.filter(user=person, primary=True).first()
    for day in range(days) if address else ():
        sent = Sent(MAILING, FIRST + day, address.pk if address else 0)
        count_bounce(sent, failed, at=at - (days - day) * DAY)


def _complain(at: datetime) -> None:
    """By somebody who is no persona: what they read is not missed by anybody who looks around."""
    group, known = _group(), [persona.handle for persona in PERSONAS]
    assert group.circle is not None  # it was chosen for having one
    reader = Person.objects.filter(pk__in=belonging(group.circle.audience_id, at)).exclude(handle__in=known).first()
    if reader is not None:
        choose_level(group.entry, level=Level.NOTHING, by=reader)
        told = {"kind": "discussions.posts", "place": group.entry, "feedback": "abuse", "has_stopped": True}
        Complaint.objects.create(person=reader, of=MAILING, of_id=FIRST, at=at - 2 * DAY, **told)


def _group() -> Group:
    return Group.objects.exclude(circle=None).select_related("entry", "circle").order_by("pk")[0]


def _letters(at: datetime) -> None:
    group = _group()
    post = Post.objects.filter(topic__group=group).select_related("author", "topic").order_by("pk").first()
    held = HeldPost.objects.select_related("author").order_by("pk").first()
    for number, (state, reason, hours) in enumerate(CAME):
        came = at - timedelta(hours=hours)
        told: dict[str, Any] = {"sender": "stranger@far-away.example", "to": f"{group.slug}@council.example"}
        if reason in _HOUSE:
            told["sender"] = "mailer-daemon@far-away.example"
        elif reason != "stranger" and post is not None:
            told |= {"person": post.author, "sender": "", "place_id": group.pk}
        if state == "posted" and post is not None:
            told |= {"entry_id": post.topic_id, "part": PART, "part_id": post.pk}
        if state == "held" and held is not None:
            told |= {"person": held.author, "entry": held.entry, "place_id": held.group_id}
        handled = came + timedelta(seconds=2)
        Incoming.objects.create(
            state=state, reason=reason, received_at=came, handled_at=handled, digest=f"invented {number}", **told
        )
