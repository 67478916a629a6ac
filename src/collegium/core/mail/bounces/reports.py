"""Reports of mail servers that came in: which letter of ours each is of, and what is done about it."""

from __future__ import annotations

import re

from allauth.account.models import EmailAddress

from ..mailings import tokens
from ..mailings.bearers import found_by
from ..models import Incoming, Letter
from ..reading import Bounce
from ..registry import Arrival, Fate
from .actions import count_bounce
from .complaints import heed_complaint, heed_reader
from .envelopes import LETTER, Sent, sent_of
from .failing import failed_of
from .reaching import addresses_of

State = Incoming.State
# Fields of our letter, sent back with a complaint, that hold the reader's token.
_OURS = re.compile(r"\b([bu]-[0-9a-f]{40})@", re.ASCII | re.IGNORECASE)
_FIELDS = ("return-path", "original-mail-from", "list-unsubscribe")


def take_report(arrival: Arrival) -> Fate:
    """Heed a report, wherever it came: what is not about a letter of ours to the reader it names is only recorded."""
    report = arrival.reading.bounce
    assert report is not None  # asked by whoever calls
    local = arrival.incoming.to.rpartition("@")[0]
    heeded = _complained(report, local, arrival) if report.kind == "complaint" else _bounced(report, local, arrival)
    return Fate(State.RECORDED, heeded)


def _bounced(report: Bounce, local: str, arrival: Arrival) -> str:
    """Counted by the token in the address it came back to alone: anybody can write the rest."""
    sent = sent_of(local)
    if sent is None:
        return "unknown_bounce"
    heeded = "late"
    for one, email in _addresses(sent):
        failed = failed_of(report, email)
        if failed is not None:
            count_bounce(one, failed, at=arrival.at)
            heeded = "bounce"
    return heeded


def _addresses(sent: Sent) -> list[tuple[Sent, str]]:
    """The addresses a letter went to, and how each is written: one, but for an address that two had in turn."""
    if sent.of != LETTER:
        found = EmailAddress.objects.filter(pk=sent.address_id)
    else:
        letter = Letter.objects.filter(pk=sent.of_id).first()
        found = EmailAddress.objects.filter(pk__in=addresses_of(letter.to) if letter else [])
    return [(sent._replace(address_id=address.pk), address.email.lower()) for address in found]


def _complained(report: Bounce, local: str, arrival: Arrival) -> str:
    """By the token of the letter that was complained about, as its envelope or its link to stop holds it."""
    told = dict(report.headers)
    for token in [local, *(found for field in _FIELDS for found in _OURS.findall(told.get(field, "")))]:
        if _heeded(token.lower(), report, arrival):
            return "complaint"
    return "unknown_complaint"


def _heeded(token: str, report: Bounce, arrival: Arrival) -> bool:
    sent = sent_of(token)
    if sent is not None:
        return heed_complaint(sent, feedback=report.feedback_type, at=arrival.at)
    bearer = tokens.read(tokens.STOP, token[2:]) if token.startswith("u-") else None
    found = found_by(bearer) if bearer else None
    return found is not None and heed_reader(found[0], found[1].pk, feedback=report.feedback_type, at=arrival.at)
