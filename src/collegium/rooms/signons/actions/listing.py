"""The list of signatories: made when the letter closes, put in the register's order when it is assembled."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from collegium.core.calls.models import Answer, Call
from collegium.core.trail import actions as trail

from .. import events
from ..choices import RESERVED, SIGNS
from ..guards import signed_in_round, standing
from ..models import Letter, Outsider, Signature
from ..queries.speaking import in_standing

# Rows of a statement: of thousands of signatures.
BATCH = 1_000


def list_signatures(letter: Letter, call: Call, at: datetime, *, is_late: bool = False) -> list[Signature]:
    """Make the list from what stands on the call, without societies that are members no more; part of closing."""
    found = Answer.objects.filter(row__call=call, row__struck_at=None, ended_at=None, choice__in=SIGNS)
    answers = list(found.select_related("row__organization__entry").order_by("row__organization__entry__title", "pk"))
    members = in_standing([answer.row.organization_id or 0 for answer in answers], at)
    made = []
    for answer in answers:
        if answer.row.organization_id in members:
            made.append(_of_society(letter, answer, is_late=is_late))
        else:
            facts = {"society": answer.row.organization_id, "phase": "open"}
            trail.record(
                events.SIGNATURE_LAPSED, on=letter, by=None, acting_for=answer.row.organization, at=at, facts=facts
            )
    Signature.objects.bulk_create(made, batch_size=BATCH)
    bound = signed_in_round(letter)
    waiting = Outsider.objects.filter(letter=letter, outcome=Outsider.Outcome.CONFIRMED, digest__in=bound)
    return made + [list_outsider(outsider, at) for outsider in waiting if not is_late]


def _of_society(letter: Letter, answer: Answer, *, is_late: bool) -> Signature:
    return Signature(
        letter=letter,
        society=answer.row.organization,
        answer=answer,
        is_reserved=answer.choice == RESERVED,
        digest=answer.facts["text"],
        signed_at=answer.at,
        is_late=is_late,
    )


def list_outsider(outsider: Outsider, at: datetime) -> Signature:
    """An outside organization's name comes onto the list; part of closing the letter, or of confirming it later."""
    made: Signature = Signature.objects.create(
        letter=outsider.letter, outsider=outsider, digest=outsider.digest, signed_at=outsider.asked_at
    )
    return made


def assemble(letter: Letter, *, is_late: bool = False) -> list[Signature]:
    """Fix names and order: societies as the register has them, by name, then outside organizations; a new proof."""
    signatures = standing(letter, is_late=is_late)
    # Places are given anew: two names do not meet at one on the way.
    Signature.objects.filter(letter=letter, is_late=is_late).update(place=None)
    ordered = in_order(signatures)
    for place, signature in enumerate(ordered, 1):
        signature.name, signature.place = signature.signer, place
    Signature.objects.bulk_update(ordered, ["name", "place"], batch_size=BATCH)
    if not is_late:
        letter.proof += 1
        letter.save(update_fields=["proof"])
    return ordered


def in_order(signatures: Iterable[Signature]) -> list[Signature]:
    """As the register orders: societies by name, then outside organizations by name."""
    return sorted(signatures, key=lambda one: (one.society_id is None, one.signer, one.pk))
