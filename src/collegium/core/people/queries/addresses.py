"""Which addresses live: sign in, receive and match."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db.models import DateField, DateTimeField, Exists, Func, OuterRef, Q, QuerySet, Value

from ..domains import spellings
from ..models import AddressTie, Person, Tenure

# Tied to an organization where its owner has no tenure on the local date of the moment.
_LAPSED = """
FROM people_addresstie tie JOIN people_organization o ON o.entry_id = tie.organization_id
WHERE tie.address_id = {address}.id AND NOT EXISTS (
    SELECT FROM people_tenure t JOIN people_seat s ON s.id = t.seat_id
    WHERE s.organization_id = tie.organization_id AND t.person_id = {address}.user_id
    AND t.period @> ({at}::timestamptz AT TIME ZONE o.time_zone)::date)"""
# Whether an address lives, for statements written by hand, told the alias of its row and the
# moment. That the account is open is asked apart.
LIVE = f"NOT EXISTS (SELECT {_LAPSED})"


def live_addresses(at: datetime) -> QuerySet[EmailAddress]:
    """Addresses that sign in, receive and match at the moment, of open accounts."""
    # The same as LIVE. Asked of each row by itself: of one address it is not looked which of all others are stale.
    day = Func(
        Value(at, DateTimeField()),
        OuterRef("organization__time_zone"),
        template="(%(expressions)s)::date",
        arg_joiner=" AT TIME ZONE ",
        output_field=DateField(),
    )
    held = Tenure.objects.filter(seat__organization=OuterRef("organization"), person=OuterRef("address__user"))
    lapsed = AddressTie.objects.filter(~Exists(held.filter(period__contains=day)), address=OuterRef("pk"))
    return EmailAddress.objects.filter(~Exists(lapsed), user__closed_at=None)


def spelled(email: str) -> Q:
    """The rows of an address, in whichever spelling of its domain they are kept."""
    found = Q()
    for spelling in spellings(email):
        found |= Q(email__iexact=spelling)
    return found


def is_live(address: EmailAddress, at: datetime) -> bool:
    return live_addresses(at).filter(pk=address.pk).exists()


def live_owner(email: str, at: datetime) -> Person | None:
    """The person who signs in with the address, verified ones first; None if nobody does."""
    # Which addresses are stale is asked of few, and of one that is nobody's too: signing in takes the same work whether
    # or not somebody has the address.
    same = list(EmailAddress.objects.filter(spelled(email)).values_list("pk", flat=True))
    found = live_addresses(at).filter(pk__in=same or [0]).order_by("-verified", "pk")
    address = found.select_related("user").first()
    return address.user if address else None


def primary_address(person: Person, at: datetime) -> str:
    """Where the person is reached, or an empty string: the primary live address, else any live one."""
    found = live_addresses(at).filter(user=person).order_by("-primary", "-verified", "pk")
    return found.values_list("email", flat=True).first() or ""
