"""Who may call, answer and rule, and when."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.standard import OFFICE
from collegium.core.access.viewers import Viewer
from collegium.core.people.models import Mandate, Organization, Standing
from collegium.core.people.rules import check_keep_roster, check_time_zone, check_told

from .models import Answer, Call, Draft, Extension, Reminder, RollRow, Ruling, Sitting
from .models.planning import LONGEST
from .queries.able import Able
from .queries.rolls import Roll
from .registry import call_kinds

LONGEST_WINDOW = timedelta(days=730)
LONGEST_WORDS = 20_000
# Under which name an answer keeps the hash of the text it is bound to.
TEXT = "text"
# How long after one addressee was reminded by hand nobody does it again.
NUDGES_REST = timedelta(hours=20)


def check_run_calls(viewer: Viewer) -> None:
    """The council's team calls; a room that lets others do so asks its own rule and acts for the house."""
    if not viewer.is_among(OFFICE):
        raise Refused(_("Only the council's team can do this."))


def check_window(opens_at: datetime, closes_at: datetime, time_zone: str) -> None:
    """A window with an end after its beginning, in a zone there is, of two years at most."""
    check_time_zone(time_zone)
    check_told(opens_at, closes_at)
    if closes_at <= opens_at:
        raise Refused(_("It has to close after it opens."))
    if closes_at - opens_at > LONGEST_WINDOW:
        raise Refused(_("It has to close within two years."))


def check_roll(addressed: str, group: Any, roll: Roll) -> None:
    """Kinds and standings there are, whole weights, and a group exactly where one is meant."""
    if addressed not in Call.Addressed.values:
        raise Refused(_("There is no such kind of roll."))
    if (group is None) != (addressed == Call.Addressed.SOCIETIES):
        raise Refused(_("Say which group is asked."))
    if not set(roll.kinds) <= set(Organization.Kind.values) or not set(roll.standings) <= set(Standing.Status.values):
        raise Refused(_("There is no such kind or standing of a society."))
    if any(weight < 1 for weight in roll.weights.values()):
        raise Refused(_("A weight is a whole number of at least 1."))


def check_draft_call(kind: str, title: str) -> None:
    """A kind some room makes, with a title."""
    if kind not in call_kinds:
        raise Refused(_("There is no such kind of call."))
    if not title.strip():
        raise Refused(_("Give it a title."))


def check_change_call(call: Call) -> None:
    """Only before it is announced."""
    if call.announced_at is not None or call.is_over:
        raise Refused(_("This call is announced already: extend it, or cancel it and make another."))


def check_announce_call(call: Call, at: datetime) -> None:
    """Once, while its end lies ahead."""
    check_change_call(call)
    if call.closes_at <= at:
        raise Refused(_("Its end has passed: choose a later one."))


def check_extend_call(call: Call, closes_at: datetime, reason: str, *, is_answered: bool, at: datetime) -> None:
    """Before it closes, for a reason, to a later moment; to an earlier one only while nobody has answered."""
    if call.announced_at is None or call.is_over:
        raise Refused(_("Only a call that is announced and not over has a deadline to move."))
    if at >= call.closes_at:
        raise Refused(_("The deadline has passed: it cannot be moved any more."))
    if not reason.strip():
        raise Refused(_("Say why."))
    if closes_at == call.closes_at:
        raise Refused(_("This is the deadline already."))
    if closes_at < call.closes_at and is_answered:
        raise Refused(_("Somebody has answered already, so the time can only become longer."))
    if closes_at <= at or closes_at <= call.opens_at:
        raise Refused(_("The deadline has to lie ahead, and after the opening."))
    check_window(call.opens_at, closes_at, call.time_zone)
    most = call.kind_of.most_extensions
    if most is not None and Extension.objects.filter(call=call).count() >= most:
        raise Refused(_("The deadline of this call was moved as often as its rules allow."))


def check_close_call(call: Call, at: datetime, *, early: bool) -> None:
    """Once its time is over; earlier only where whoever calls it knows that it may be."""
    if call.is_over:
        raise Refused(_("This call is over already."))
    if call.opened_at is None:
        raise Refused(_("This call is not open."))
    if at < call.closes_at and not early:
        raise Refused(_("This call is open until its deadline."))


def check_cancel_call(call: Call, reason: str) -> None:
    """What is over stays so; with a reason those who were asked are told."""
    if call.is_over:
        raise Refused(_("This call is over already."))
    if not reason.strip():
        raise Refused(_("Say why."))


def check_rule_on(row: RollRow, kind: str, reason: str) -> None:
    """Before the call is closed, for a reason; what is struck is not struck again."""
    if kind not in Ruling.Kind.values:
        raise Refused(_("There is no such ruling."))
    if not reason.strip():
        raise Refused(_("Say why."))
    if row.call.is_over:
        raise Refused(_("The roll is ruled on before the call is over."))
    if kind == Ruling.Kind.STRIKE and row.struck_at is not None:
        raise Refused(_("It is off the roll already."))
    if kind == Ruling.Kind.RESTORE and row.struck_at is None:
        raise Refused(_("It is on the roll."))


def check_answer_in_time(call: Call, at: datetime) -> None:
    """`at` lies within the window and the call, locked by whoever asks, has not been closed or cancelled."""
    if call.cancelled_at is not None:
        raise Refused(_("This call was cancelled."))
    if call.announced_at is None or at < call.opens_at:
        raise Refused(_("This call is not open yet."))
    if call.closed_at is not None or at >= call.closes_at:
        raise Refused(_("The time for answers is over."))


def check_answer(row: RollRow, able: Able | None, standing: Answer | None) -> None:
    """By somebody who may now, for a row on the roll; an alternate does not replace what the primary said."""
    if able is None:
        raise Refused(_("You have no mandate to answer this."))
    if row.struck_at is not None:
        raise Refused(_("It was taken off the roll of this call."))
    if standing is not None and able.is_alternate and not standing.is_alternate:
        raise Refused(_("Whoever holds the mandate has answered; an alternate cannot change that."))


def check_words(call: Call, choice: str, raw: str) -> None:
    """An answer there is, with words where it asks for them, and not too many."""
    found = call.kind_of.choice(choice)
    if not choice:
        raise Refused(_("Choose one of the answers."))
    if found is None:
        raise Refused(_("There is no such answer."))
    if found.needs_words and not raw.strip():
        raise Refused(_("This answer needs words: say why, or what would have to change."))
    _check_length(raw)


def _check_length(raw: str) -> None:
    if len(raw) > LONGEST_WORDS:
        raise Refused(_("This is too long: at most %(most)d characters.") % {"most": LONGEST_WORDS})


def check_text_seen(call: Call, facts: dict[str, Any]) -> None:
    """Where answers are bound to a text, the one who answers has seen it as it is now; the call is held still."""
    bound = call.kind_of.binds(call)
    if bound and facts.get(TEXT) != bound:
        raise Refused(_("The text was changed meanwhile: read it as it is now, and answer again."))


def check_withdraw_answer(call: Call, standing: Answer | None) -> None:
    """Where the kind of call allows it, of what stands."""
    if standing is None:
        raise Refused(_("There is no answer to withdraw."))
    if not call.kind_of.can_be_withdrawn:
        raise Refused(_("An answer to this call can be changed, but not withdrawn."))


def check_enter_answer(viewer: Viewer, call: Call, evidence: str) -> None:
    """The council's team enters what a society sent, and says what it relies on; no ballot is cast for another."""
    check_run_calls(viewer)
    if call.kind_of.act == Mandate.Act.VOTE:
        raise Refused(_("Nobody votes for another."))
    if not evidence.strip():
        raise Refused(_("Say what this relies on: who wrote it, and when."))


def check_nudge(viewer: Viewer, row: RollRow, at: datetime) -> None:
    """Who has not answered an open call, once a day."""
    check_run_calls(viewer)
    if row.is_answered or row.struck_at is not None or not row.call.takes_answers(at):
        raise Refused(_("There is nothing to remind of."))
    if Reminder.objects.filter(row=row, at__gt=at - NUDGES_REST).exists():
        raise Refused(_("A reminder went out within the last day."))


def check_work_on(row: RollRow, viewer: Viewer, at: datetime) -> None:
    """Somebody of the society, while the call is open or about to be."""
    if row.organization is None or not viewer.belongs_to(row.organization.audience_id):
        raise Refused(_("Only people of the society prepare its answer."))
    if row.call.is_over or at >= row.call.closes_at:
        raise Refused(_("The time for answers is over."))


def check_keep_draft(draft: Draft | None, row: RollRow, choice: str, raw: str, seen: int) -> None:
    """An answer there is, or none yet; and nobody overwrites what they have not seen."""
    if choice and row.call.kind_of.choice(choice) is None:
        raise Refused(_("There is no such answer."))
    _check_length(raw)
    if draft is not None and draft.version != seen:
        raise Refused(_("Somebody changed the draft meanwhile. Look at theirs, and save yours again."))


def check_note(raw: str) -> None:
    """Some words, not too many."""
    if not raw.strip():
        raise Refused(_("Write something."))
    _check_length(raw)


def check_plan(by: Any, organization: Organization, at: datetime) -> None:
    """Whoever keeps the society's roster keeps its calendar too."""
    check_keep_roster(by, organization, at)


def check_lead_time(act: str, days: int) -> None:
    """A kind of act there is, and days within a year."""
    if act not in Mandate.Act.values:
        raise Refused(_("There is no such kind of act."))
    if not 0 <= days <= LONGEST:
        raise Refused(_("Between 0 and %(most)d days.") % {"most": LONGEST})


def check_add_sitting(organization: Organization, days: Collection[Any], at: datetime) -> None:
    """Days that lie ahead, not too many."""
    if any(day < organization.day_of(at) for day in days):
        raise Refused(_("Days that lie ahead."))
    if Sitting.objects.filter(organization=organization, on__gte=organization.day_of(at)).count() + len(days) > 60:
        raise Refused(_("These are more days than a calendar of one society holds."))
