"""When two accounts of one person may be joined, and who may ask for it."""

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer

from .models import Departure, Joining, Person
from .queries.addresses import primary_address, spelled
from .queries.joined import open_joinings
from .registry import obstacles
from .rules import check_office

# More than these a person does not wait for at once; each sends letters to somebody.
MOST_OPEN = 3
SECOND_STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def check_ask_to_join(person: Person, email: str, by: Any, open_now: int) -> None:
    """One's own account, with another address than one's own; whether somebody has it is not told."""
    if by.pk != person.pk or not person.is_active:
        raise Refused(_("Only the person can change this."))
    try:
        validate_email(email)
    except ValidationError as error:
        raise Refused(_("“%(email)s” is not an address.") % {"email": email}) from error
    if EmailAddress.objects.filter(spelled(email), user=person.pk).exists():
        raise Refused(_("This address is one of this account already. Type the address of the other account."))
    if open_now >= MOST_OPEN:
        raise Refused(_("You wait for several letters already. Withdraw one first, or wait until it lapses."))


def check_begin_joining(viewer: Viewer, stays: Person, other: Person, reason: str) -> None:
    """The council's team, with a reason, for somebody else; both accounts can be written to."""
    check_office(viewer)
    if not reason.strip():
        raise Refused(_("Give the reason: it stands in the letters to both addresses."))
    if viewer.person_id in (stays.pk, other.pk):
        raise Refused(_("For yourself, ask on the page of your own account: nobody of the team joins their own here."))
    check_join(stays, other, viewer.at)
    for person in (stays, other):
        if not primary_address(person, viewer.at):
            raise Refused(
                _("%(name)s (@%(handle)s) has no address a letter could go to.")
                % {"name": person.name, "handle": person.handle}
            )
    if open_joinings(stays, viewer.at).filter(stays=other, other=stays).exists():
        raise Refused(_("The other way round this was asked already. Withdraw that first."))


def check_join(stays: Person, other: Person, at: datetime) -> None:
    """Two open accounts, nobody under way out of a society, no second step that a letter would go round."""
    if stays.pk == other.pk:
        raise Refused(_("An account cannot be joined to itself."))
    if stays.merged_into_id or other.merged_into_id:
        raise Refused(_("One of the two accounts was joined to another one already."))
    if not (stays.is_active and other.is_active):
        raise Refused(_("One of the two accounts is closed."))
    if Departure.objects.filter(person__in=[stays, other], state=Departure.State.OPEN).exists():
        raise Refused(_("One of the two accounts is about to leave a society. Join them once that is done."))
    if Authenticator.objects.filter(user=other, type__in=SECOND_STEPS).exists():
        raise Refused(
            _(
                "The other account has a passkey or an authenticator app, which a letter must not go round. Sign in to "
                "it and take them away, or begin from it: then it is the one that stays."
            )
        )
    for obstacle in obstacles.all():
        for reason in obstacle(stays, other, at):
            raise Refused(reason)


def check_agree(joining: Joining, by: Any, at: datetime) -> None:
    """Whoever is signed in to the account that stays, while the link is good."""
    if by.pk != joining.stays_id:
        raise Refused(_("This link is not for the account you are signed in to. Sign in to the one that is to stay."))
    if not joining.is_open(at):
        raise Refused(_("This link was used, withdrawn, or is too old."))


def check_withdraw(joining: Joining, viewer: Viewer) -> None:
    """Whoever asked, or the council's team; while it waits."""
    if viewer.person_id != joining.stays_id:
        check_office(viewer)
    if joining.state != Joining.State.OPEN:
        raise Refused(_("This joining was done, withdrawn, or has lapsed."))


def siblings(joining: Joining) -> Q:
    """Other joinings that one of the two accounts waits for: once both are one, they are void."""
    two = [joining.stays_id, joining.other_id]
    return Q(state=Joining.State.OPEN) & (Q(stays__in=two) | Q(other__in=two)) & ~Q(pk=joining.pk)
