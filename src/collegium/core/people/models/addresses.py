"""What the house knows of an address beyond allauth's own row: whose it is, and who proposed another."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AddressTie(models.Model):
    """The address belongs to an organization: it lives only as long as its owner has a tenure there."""

    address = models.OneToOneField(EmailAddress, models.CASCADE, related_name="tie")
    organization = models.ForeignKey("people.Organization", models.PROTECT, related_name="+")


class AddressProposal(models.Model):
    """Somebody else proposes an address for a person. It signs nobody in until it takes effect.

    It takes effect when the owner confirms it from the present address or a signed-in session, or, if the present
    address is lost, 72 hours after the council's team let it with a reason.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        DELAYED = "delayed", _("Takes effect after the delay")
        DONE = "done", _("In effect")
        DECLINED = "declined", _("Declined")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="address_proposals")
    email = models.EmailField(max_length=254)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)
    effective_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "email"], condition=Q(state__in=["proposed", "delayed"]), name="address_proposed_once"
            ),
            # The council's team acts only with a reason and only with a delay.
            models.CheckConstraint(
                condition=~Q(state="delayed")
                | (Q(effective_at__isnull=False) & Q(decided_by__isnull=False) & ~Q(reason="")),
                name="delayed_proposal_has_reason",
            ),
        ]
