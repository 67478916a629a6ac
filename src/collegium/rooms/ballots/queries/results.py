"""The result of a ballot: the newest count that nobody made to certify another, and who has certified that."""

from __future__ import annotations

from django.db.models import QuerySet

from ..models import Ballot, Certification, Count


def result_of(ballot: Ballot) -> Count:
    """What counts; Count.DoesNotExist before the votes are counted."""
    return Count.objects.filter(ballot=ballot, certification=None).latest("number")


def certifications_of(ballot: Ballot, result: Count) -> QuerySet[Certification]:
    """Of this very result: whoever certified a tie has not certified what the chair then decided."""
    return Certification.objects.filter(ballot=ballot, count__digest=result.digest).select_related("by")
