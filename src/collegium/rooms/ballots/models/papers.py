"""Votes nobody's name is on: in the box while the ballot is open, as papers once it is closed.

Neither table has a time, a voter or a number that counts up. A paper's key is random; its caster has been shown it.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from collegium.core.calls.models import RollRow

from .ballots import Ballot


class _Vote(models.Model):
    key = models.CharField(max_length=32, primary_key=True)
    choice = models.CharField(max_length=20)
    # Ids of options: as ranked, or in ascending order.
    options = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        abstract = True


class BoxPaper(_Vote):
    """A vote in the box of an open ballot."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="+", db_index=False)


class Paper(_Vote):
    """A vote taken out of the box, in an order that chance has made."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="papers")


class ToldMark(models.Model):
    """Those who may vote for the row have been told that it has; once a day, so that no hour is told."""

    row = models.OneToOneField(RollRow, models.CASCADE, primary_key=True, related_name="+")
