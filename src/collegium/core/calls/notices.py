"""Who is told what of a call: those asked, of its opening and its dates; those without an answer, that time runs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.core.access.statements import rows
from collegium.core.notices.registry import ByLetter, Notice
from collegium.core.people.queries.keeping import ROSTER_KEEPERS
from collegium.core.trail.models import Event

from .models import Call, DraftNote, Reminder
from .queries.able import able, able_parameters, able_sql
from .wording import deadline

_UNANSWERED = """SELECT DISTINCT able.person_id FROM ({able}) AS able JOIN calls_rollrow r ON r.id = able.row_id
WHERE NOT r.is_answered AND r.struck_at IS NULL"""
_ASKED = "SELECT DISTINCT able.person_id FROM ({able}) AS able"
# Liaisons and chief executives: the society's office, and its second contact.
_KEEPERS = """
SELECT DISTINCT t.person_id FROM calls_rollrow r JOIN people_organization o ON o.entry_id = r.organization_id
JOIN people_seat s ON s.organization_id = r.organization_id
JOIN people_function f ON f.id = s.function_id AND f.slug = ANY(%(functions)s)
JOIN people_tenure t ON t.seat_id = s.id AND t.period @> (%(at)s::timestamptz AT TIME ZONE o.time_zone)::date
WHERE r.call_id = %(call)s AND r.struck_at IS NULL AND (%(all)s OR NOT r.is_answered)
AND COALESCE(r.id = %(row)s::bigint, true)"""


def call_of(event: Event) -> Call:
    """The call whose history an event stands in."""
    return Call.objects.select_related("entry", "group__circle").get(pk=event.entry_id or 0)


def _keepers(call: Call, at: datetime, *, row: int | None = None, is_all: bool = False) -> set[int]:
    told = {"functions": list(ROSTER_KEEPERS), "at": at, "call": call.pk, "all": is_all, "row": row}
    return {person for (person,) in rows(_KEEPERS, told)}


def _asked(call: Call, at: datetime, sql: str) -> set[int]:
    return {person for (person,) in rows(sql.format(able=able_sql(call)), able_parameters(call, at))}


class _OfCall(Notice):
    by_letter = ByLetter.SENT
    is_direct = True

    @classmethod
    def sentence(cls, event: Event) -> str:
        call = call_of(event)
        told = {"actor": event.actor.name if event.actor else _("Somebody"), "deadline": deadline(call)}
        return str(cls.words % told)


class _ToAllAsked(_OfCall):
    """To whoever may answer, whether or not somebody has."""

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        return _asked(call_of(event), event.at, _ASKED)


class CallAnnounced(_OfCall):
    """To whoever may answer and the society's office, with the roll as it would be, so that errors come up early."""

    name = "calls.CallAnnounced"
    event = "call.opened"
    label = gettext_lazy("My society is asked something")
    words = gettext_lazy("You are asked for an answer by %(deadline)s")

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        call = call_of(event)
        return _asked(call, event.at, _ASKED) | _keepers(call, event.at, is_all=True)


class CallDue(_OfCall):
    """To whoever may answer where nobody has."""

    name = "calls.CallDue"
    event = "call.reminded"
    label = gettext_lazy("An answer of my society is due")
    words = gettext_lazy("Your answer is still missing; there is time until %(deadline)s")

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        call = call_of(event)
        if event.facts["kind"] == Reminder.Kind.SECOND_CONTACT:
            # Those who answer were reminded before; now the society's second contact hears of it, once.
            return _keepers(call, event.at) - _asked(call, event.at, _UNANSWERED)
        return _asked(call, event.at, _UNANSWERED)


class CallNudged(_OfCall):
    """To whoever may answer for the one that was reminded by hand, and to its office."""

    name = "calls.CallNudged"
    event = "call.nudged"
    label = gettext_lazy("The council’s team asks for an answer of my society")
    words = gettext_lazy("%(actor)s asks for your answer by %(deadline)s")

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        call, row = call_of(event), event.facts["row"]
        return {one.person_id for one in able(call, event.at, row_id=row)} | _keepers(call, event.at, row=row)


class CallExtended(_ToAllAsked):
    """To all who were asked."""

    name = "calls.CallExtended"
    event = "call.extended"
    label = gettext_lazy("The deadline of something my society is asked was moved")
    words = gettext_lazy("The deadline was moved to %(deadline)s")


class CallCancelled(_ToAllAsked):
    """To all who were asked."""

    name = "calls.CallCancelled"
    event = "call.cancelled"
    label = gettext_lazy("Something my society was asked was cancelled")
    words = gettext_lazy("%(actor)s cancelled this call; the reason is on its page")


class CallClosed(_ToAllAsked):
    """To all who were asked, whether or not they answered."""

    name = "calls.CallClosed"
    event = "call.closed"
    label = gettext_lazy("Something my society was asked is closed")
    words = gettext_lazy("This call is closed")
    by_letter = ByLetter.ON_REQUEST


class SeatAnswered(_OfCall):
    """To primary and alternates: that it is answered, and by whom; not what."""

    name = "calls.SeatAnswered"
    event = "call.answered"
    also = ("answer.withdrawn",)
    label = gettext_lazy("Somebody answered for my society")
    words = gettext_lazy("%(actor)s answered for your society")
    is_statutory = True

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        return {one.person_id for one in able(call_of(event), event.at, row_id=event.facts["row"])}

    @classmethod
    def sentence(cls, event: Event) -> str:
        if event.name == "answer.withdrawn":
            return _("%(actor)s withdrew the answer of your society") % {"actor": event.actor or _("Somebody")}
        return super().sentence(event)


class DraftNoted(Notice):
    """To whoever takes part in the draft."""

    name = "calls.DraftNoted"
    event = "answer.noted"
    label = gettext_lazy("Somebody wrote a note on a draft I work on")
    words = gettext_lazy("%(actor)s wrote a note on the draft of your society’s answer")

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        note = DraftNote.objects.filter(pk=event.thing_id or 0)
        return note.values_list("draft__entry__follows__person", flat=True).filter(
            draft__entry__follows__state="following"
        )
