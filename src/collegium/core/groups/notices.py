"""Who is told what happens at a group's door."""

from collections.abc import Iterable

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from collegium.core.access.queries import belonging
from collegium.core.access.standard import OFFICE
from collegium.core.notices.registry import ByLetter, Notice
from collegium.core.people.models import Tenure
from collegium.core.people.queries import present_tenures
from collegium.core.trail.models import Event

from .models import Group, Reading
from .queries.rosters import officers_of, running
from .queries.undertakings import owing


class JoinRequested(Notice):
    """To the officers; to the council's team where the group has none."""

    name = "groups.JoinRequested"
    event = "join_request.made"
    label = gettext_lazy("Somebody asks to join a group I help to run")
    words = gettext_lazy("%(actor)s asks to join")
    is_direct = True
    by_letter = ByLetter.SENT

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        return belonging(event.audience_id, event.at) or belonging(OFFICE, event.at)


class _ToTheOneWhoAsked(Notice):
    is_statutory = True

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        return [event.facts["person"]]


class JoinApproved(_ToTheOneWhoAsked):
    """To whoever asked."""

    name = "groups.JoinApproved"
    event = "join_request.approved"
    label = gettext_lazy("My request to join was approved")
    words = gettext_lazy("Your request to join was approved")


class JoinDeclined(_ToTheOneWhoAsked):
    """To whoever asked; the reason stands on the group's page."""

    name = "groups.JoinDeclined"
    event = "join_request.declined"
    label = gettext_lazy("My request to join was declined")
    words = gettext_lazy("Your request to join was declined; the reason is on the group's page")


class ApplicationWaits(Notice):
    """To the council's team, once a society stands by somebody's role."""

    name = "groups.ApplicationWaits"
    event = "role.confirmed"
    also = ("role.vouched",)
    label = gettext_lazy("An application waits for the council’s team")
    words = gettext_lazy("An application waits for the second key; it stands in the office under “Requests”")
    is_direct = True

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        return belonging(OFFICE, event.at)


class _LetIn(Notice):
    label = gettext_lazy("I was let into a closed group")
    words = gettext_lazy("You are in")
    is_statutory = True

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        if "tenure" in event.facts:
            return Tenure.objects.filter(pk=event.facts["tenure"]).values_list("person", flat=True)
        holders = present_tenures(event.at).filter(seat=event.facts["seat"], confirmations__group=event.entry_id)
        return holders.values_list("person", flat=True)


class MemberConfirmed(_LetIn):
    """To a new holder of a seat who was let into a closed group."""

    name = "groups.MemberConfirmed"
    event = "group.tenure_confirmed"


class MembershipConfirmed(_LetIn):
    """To an invited person, or to those holding the seat that was let into a closed group."""

    name = "groups.MembershipConfirmed"
    event = "membership.confirmed"


class OfficeConfirmed(_LetIn):
    """To an officer whom a closed group confirmed."""

    name = "groups.OfficeConfirmed"
    event = "office.confirmed"
    label = gettext_lazy("I was confirmed as an officer of a closed group")
    words = gettext_lazy("You are an officer of this group")


class UndertakingAsked(Notice):
    """To whoever a group asks for the new version of an undertaking."""

    name = "groups.UndertakingAsked"
    event = "undertaking.version_published"
    label = gettext_lazy("A new version of an undertaking asks for my acceptance")
    words = gettext_lazy("A new version asks for your acceptance")
    is_statutory = True
    by_letter = ByLetter.ELSEWHERE

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        return [row["person_id"] for row in owing(event.at, undertaking=event.entry_id)]


class UndertakingNeeded(UndertakingAsked):
    """To the members of a group that begins to need an undertaking."""

    name = "groups.UndertakingNeeded"
    event = "group.need_begun"
    label = gettext_lazy("A group of mine begins to need an undertaking")
    words = gettext_lazy("This group begins to need an undertaking; accept it to read on")

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        return [row["person_id"] for row in owing(event.at, need=event.thing_id)]


class UndertakingDue(UndertakingAsked):
    """Three days before the bar, to whoever has not accepted."""

    name = "groups.UndertakingDue"
    event = "undertaking.reminded"
    also = ("group.need_reminded",)
    label = gettext_lazy("An undertaking is due")
    words = gettext_lazy("In three days at the latest you read on only with your acceptance")

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        of_need = event.name == "group.need_reminded"
        asked = owing(event.at, need=event.thing_id) if of_need else owing(event.at, undertaking=event.entry_id)
        return [row["person_id"] for row in asked if not row["is_barred"]]


class PersonSuspended(_ToTheOneWhoAsked):
    """To the person; reason and end stand on the group's page and in the letter."""

    name = "groups.PersonSuspended"
    event = "group.person_suspended"
    label = gettext_lazy("I was suspended from a group")
    words = gettext_lazy("You are suspended from this group for a time; the reason is on its page")
    by_letter = ByLetter.ELSEWHERE


class SuspensionLifted(_ToTheOneWhoAsked):
    """To the person."""

    name = "groups.SuspensionLifted"
    event = "group.suspension_lifted"
    label = gettext_lazy("My suspension from a group was lifted")
    words = gettext_lazy("Your suspension is lifted")


class ReadingAsked(Notice):
    """To the rest of the council's team and the chairs: one of them has to confirm it."""

    name = "groups.ReadingAsked"
    event = "reading.asked"
    label = gettext_lazy("One of the council’s team asks to read a group")
    words = gettext_lazy("%(actor)s asks to read this group for the council’s team; a second person has to confirm it")
    is_direct = True
    by_letter = ByLetter.SENT

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        officers = officers_of(Group.objects.filter(pk=event.entry_id), event.at)
        return {
            *belonging(OFFICE, event.at),
            *(office.tenure.person_id for office in officers if office.role != "liaison"),
        }


class ReadingConfirmed(Notice):
    """To the reader, and to everybody whose text is read."""

    name = "groups.ReadingConfirmed"
    event = "reading.confirmed"
    label = gettext_lazy("One of the council’s team reads a group of mine")
    is_statutory = True

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        return {event.facts["person"], *belonging(event.audience_id, event.at)}

    @classmethod
    def sentence(cls, event: Event) -> str:
        reading = Reading.objects.select_related("person").get(pk=event.facts["reading"])
        return _("%(name)s of the council’s team may read this group for a day; the reason is on its page") % {
            "name": reading.person.name
        }


class HoldingChanged(Notice):
    """To the other officers."""

    name = "groups.HoldingChanged"
    event = "group.holding_changed"
    label = gettext_lazy("Which posts wait for an officer changes in a group I help to run")
    words = gettext_lazy("%(actor)s changed which posts wait for an officer")
    is_direct = True

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        return running(event.entry_id, event.at)

    @classmethod
    def sentence(cls, event: Event) -> str:
        """Where nothing is held any more, also how much was held before and waits."""
        told, waiting = super().sentence(event), event.facts.get("waiting", 0)
        if event.facts["holding"] != Group.Holding.NOTHING or not waiting:
            return told
        words = ngettext("%(number)s still waits for you", "%(number)s still wait for you", waiting)
        return f"{told}; {words % {'number': number_format(waiting)}}"
