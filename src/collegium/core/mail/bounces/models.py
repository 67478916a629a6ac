"""What came back: how each address fares, each bounce once, and complaints."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import models
from django.db.models import Q


class AddressHealth(models.Model):
    """How letters to an address fare; without a row nothing ever came back. It says nothing of any membership.

    A suspended address gets no letters but those somebody has just asked for, and now and then one that tries it.
    """

    address = models.OneToOneField(EmailAddress, models.CASCADE, primary_key=True, related_name="health")
    # See `scoring`.
    points = models.PositiveSmallIntegerField(default=0)
    day = models.DateField(null=True)
    of_day = models.PositiveSmallIntegerField(default=0)
    since = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    # The last server's words, without names in addresses.
    is_hard = models.BooleanField(default=False)
    status = models.CharField(max_length=12, blank=True)
    said = models.CharField(max_length=200, blank=True)
    suspended_at = models.DateTimeField(null=True)
    probes = models.PositiveSmallIntegerField(default=0)
    # When the next letter tries the address; while one is on its way there is none.
    probe_due_at = models.DateTimeField(null=True)
    probe = models.ForeignKey("mail.Letter", models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(suspended_at__isnull=False) | Q(probe_due_at=None, probe=None),
                name="only_suspended_addresses_are_tried",
            ),
        ]
        indexes = [
            models.Index(fields=["probe_due_at"], condition=Q(suspended_at__isnull=False), name="health_suspended"),
            models.Index(fields=["last_at"], name="health_by_time"),
        ]


class Bounce(models.Model):
    """A letter of ours that was not delivered. Reported twice, or by somebody who saw its envelope, it is one."""

    address = models.ForeignKey(EmailAddress, models.CASCADE, related_name="bounces", db_index=False)
    # A word of `envelopes`, and the mailing or the letter.
    of = models.CharField(max_length=10)
    of_id = models.BigIntegerField()
    at = models.DateTimeField()
    is_hard = models.BooleanField()
    status = models.CharField(max_length=12, blank=True)
    said = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address", "of", "of_id"], name="bounced_once")]
        indexes = [models.Index(fields=["at"], name="bounce_by_time")]


class Complaint(models.Model):
    """A reader's mail provider passed on that they want no such letter: that kind of letter stopped, and it alone."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    of = models.CharField(max_length=10)
    of_id = models.BigIntegerField()
    at = models.DateTimeField()
    # The name of the kind of letter, and the group it was of.
    kind = models.CharField(max_length=60)
    place = models.ForeignKey("entries.Entry", models.SET_NULL, null=True, related_name="+", db_index=False)
    # abuse, fraud, opt-out, … (RFC 5965, 7.3).
    feedback = models.CharField(max_length=40, blank=True)
    # Letters of one's own sign-in are never stopped.
    has_stopped = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "of", "of_id"], name="complained_once")]
        indexes = [models.Index(fields=["at"], name="complaint_by_time")]
