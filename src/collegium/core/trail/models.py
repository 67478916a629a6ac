"""Events and the seals that chain them; both only ever grow."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from collegium.core.access.models import Audience, VisibleQuerySet


class CurrentTransaction(models.Func):
    """The id of the running transaction, 64 bits wide: it never wraps, unlike `xmin`."""

    function = "pg_current_xact_id"
    template = "%(function)s()"
    output_field = models.TextField()


class Event(models.Model):
    """What was done: by whom, for whom, on what, when. Facts are ids, states and hashes, never text or addresses."""

    transaction_id = models.BigIntegerField(
        db_default=Cast(Cast(CurrentTransaction(), models.TextField()), models.BigIntegerField()), editable=False
    )
    name = models.CharField(max_length=60)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    acting_for = models.ForeignKey("people.Organization", models.PROTECT, null=True, related_name="+")
    entry = models.ForeignKey("entries.Entry", models.PROTECT, null=True, related_name="events")
    thing = models.CharField(_("what it happened to"), max_length=60, blank=True)
    thing_id = models.BigIntegerField(null=True)
    audience = models.ForeignKey(Audience, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    facts = models.JSONField(default=dict)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["entry", "-at"]),
            models.Index(fields=["transaction_id", "id"]),
            models.Index(fields=["thing", "thing_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.pk}"


class Seal(models.Model):
    """A link of the chain over all events after the previous seal, through (`through_transaction`, `through_event`).

    Transaction ids restart when a backup is restored into a new cluster, so the order of events is by era, transaction
    id, id: an era holds the events with an id over `after_event`.
    """

    era = models.PositiveIntegerField()
    after_event = models.BigIntegerField()
    through_transaction = models.BigIntegerField()
    through_event = models.BigIntegerField()
    events = models.PositiveIntegerField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
