"""How fast a post goes out to thousands, beside a loop over the framework's own mail API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.utils import timezone

from collegium.config.bench.crowds import Work, crowd, speaker, spoken_in
from collegium.config.bench.sink import Sink, open_sink
from collegium.config.locators import MailRelay
from collegium.core.mail.mailings.posting import Office
from collegium.core.notices.jobs import wake
from collegium.core.people.models import Tenure
from collegium.core.trail.models import Event
from collegium.rooms.discussions.actions import answer_topic
from collegium.rooms.discussions.models import Post, Topic

RECIPIENTS = 5_000
NAIVE = 500


def measured(tell: Callable[[str], object]) -> dict[str, Any]:
    """A post to RECIPIENTS members, all wanting every message, into a relay on this machine."""
    tell("Sending letters …")
    [topic], tenure = spoken_in()
    with crowd("crowd", RECIPIENTS, topic), open_sink() as sink:
        settings.MAIL_RELAY = MailRelay("127.0.0.1", sink.port, "", "", "none", 10, settings.DEFAULT_FROM_EMAIL)
        _fan_out(topic, tenure, sink)  # templates and statements are ready from here on
        return _fan_out(topic, tenure, sink) | {"naive": _loop(sink, topic)}


def _fan_out(topic: Topic, tenure: Tenure, sink: Sink) -> dict[str, Any]:
    sink.begin()
    begun = Work()
    post = answer_topic(
        topic, raw="A measured answer.\n\n" * 20, tenure=tenure, viewer=speaker(tenure), at=timezone.now()
    )
    wake(Event.objects.get(name="topic.answered", entry=topic.pk, facts__part_id=post.pk).pk)
    chosen = begun.since()
    before = Work()
    sent = Office(timezone.now).send_due()
    spent = before.since()
    return {
        "recipients": sent,
        "per_second": sent / spent.clock,
        "cpu": (spent.own + spent.database) / sent * 1000,
        "cpu_database": spent.database / sent * 1000,
        "chosen_in": chosen.clock,
        "first_after": sink.first_at - begun.clock,
    }


def _loop(sink: Sink, topic: Topic) -> dict[str, float]:
    """What anybody would write first: each letter composed and sent on its own, over one connection."""
    post = Post.objects.filter(topic=topic).order_by("-number")[0]
    backend = get_connection(
        "django.core.mail.backends.smtp.EmailBackend", host="127.0.0.1", port=sink.port, username="", password=""
    )
    before = Work()
    for number in range(NAIVE):
        letter = EmailMultiAlternatives(
            f"Re: {topic.entry.title}", post.raw, settings.DEFAULT_FROM_EMAIL, [f"r{number}@measured.example"]
        )
        letter.attach_alternative(post.article, "text/html")
        letter.connection = backend
        letter.send()
    backend.close()
    spent = before.since()
    return {"per_second": NAIVE / spent.clock, "cpu": spent.own / NAIVE * 1000}
