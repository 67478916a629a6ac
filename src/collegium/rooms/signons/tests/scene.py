"""Letters for tests, made through the actions: one in each state, and what a test looks at afterwards."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from collegium.core.calls import actions as calls
from collegium.core.calls.models import RollRow
from collegium.core.groups.tests.cast import Cast
from collegium.core.notices.actions import tell
from collegium.core.notices.models import Notification
from collegium.core.people.models import Organization
from collegium.core.trail.models import Event
from collegium.rooms.signons import actions
from collegium.rooms.signons.models import Letter, Round, Signature, Version
from collegium.rooms.signons.terms import Terms, Wording

DAY = timedelta(days=1)
TEXT = "Dear Director,\n\nPlans should answer within *two* days.\n\nRefusals should be reviewed by a physician."
NEWER = TEXT.replace("two", "one")


def wording(**facts: Any) -> Wording:
    told: dict[str, Any] = {
        "addressee": "Orla Penhaligon",
        "office": "Director, Bureau of Tides",
        "address": "1 Quay Street\nPort Wrack",
        "subject": "Delays of approvals",
        "raw": TEXT,
    }
    return Wording(**told | facts)


def terms(cast: Cast, **facts: Any) -> Terms:
    """Delivered twenty days after the cast's moment; says something new, and is no advocacy unless said otherwise."""
    told: dict[str, Any] = {
        "ask": "We ask for answers within two days.",
        "delivers_on": (cast.at + 20 * DAY).date(),
        "time_zone": "UTC",
        "is_advocacy": False,
    }
    return Terms(**told | facts)


def drafted(
    cast: Cast, *, host: Organization | None = None, by: str = "staff", text: str = TEXT, **facts: Any
) -> Letter:
    told = wording(raw=text, **facts.pop("wording", {}))
    return actions.open_letter(told, terms=terms(cast, **facts), host=host, viewer=cast.viewer(by), at=cast.at)


def move(cast: Cast, letter: Letter, to: str, at: datetime, *, by: str = "staff", **facts: Any) -> Any:
    return actions.move_letter(letter, to=to, viewer=cast.viewer(by, at), at=at, **facts)


def open_letter(cast: Cast, **facts: Any) -> tuple[Letter, datetime]:
    """Open for signature, for ten days, and a moment a day after it opened."""
    letter = drafted(cast, **facts)
    move(cast, letter, "clearance", cast.at)
    move(cast, letter, "circulating", cast.at, closes_at=cast.at + 10 * DAY)
    return fresh(letter), cast.at + DAY


def fresh(letter: Letter) -> Letter:
    found: Letter = Letter.objects.select_related("current", "round__call__entry").get(pk=letter.pk)
    return found


def newest(letter: Letter) -> Version:
    found = fresh(letter).current
    assert found is not None  # every letter begins with a text
    return found


def present(letter: Letter) -> Round:
    found = fresh(letter).round
    assert found is not None  # asked once societies are asked
    return found


def row_of(letter: Letter, society: Organization) -> RollRow:
    rows = RollRow.objects.select_related("call__entry", "organization__entry")
    return rows.get(call=present(letter).call_id, organization=society)


def sign(
    cast: Cast, letter: Letter, part: str, at: datetime, *, choice: str = "signed", raw: str = "", text: str = ""
) -> Any:
    """The society of the part signs the text as it is now, or the one of this hash."""
    viewer, society = cast.viewer(part, at), cast.tenures[part].seat.organization
    facts = {"text": text or newest(letter).digest}
    return calls.answer_call(row_of(letter, society), choice=choice, raw=raw, facts=facts, viewer=viewer, at=at)


def save(cast: Cast, letter: Letter, raw: str, at: datetime, *, by: str = "staff", **facts: Any) -> Any:
    facts.setdefault("change", "editorial")
    if facts["change"] == "substantive":
        facts.setdefault("closes_at", at + 4 * DAY)
    base, viewer = newest(letter).number, cast.viewer(by, at)
    return actions.save_text(letter, wording(raw=raw), base=base, viewer=viewer, at=at, **facts)


def closed(letter: Letter) -> tuple[Letter, datetime]:
    at = present(letter).call.closes_at
    calls.advance_calls(at=at)
    return fresh(letter), at


def assembled(cast: Cast, letter: Letter, at: datetime) -> tuple[Letter, datetime]:
    """Its list can be left for a day, after which it can be sent; and a moment an hour later."""
    move(cast, letter, "assembled", at, locks_at=at + DAY)
    return fresh(letter), at + timedelta(hours=1)


def sent(cast: Cast, **facts: Any) -> tuple[Letter, datetime]:
    """Signed by Lagoon and, with a reservation, by Harbour; and sent."""
    letter, at = open_letter(cast, **facts)
    sign(cast, letter, "delegate", at)
    sign(cast, letter, "chair", at, choice="reserved", raw="But not for *emergencies*.")
    letter, at = assembled(cast, *closed(letter))
    at += DAY
    move(cast, letter, "sent", at, reason="By courier.")
    return fresh(letter), at + DAY


def names(letter: Letter, **facts: Any) -> list[str]:
    """Who stands on the list, in its order."""
    return [str(one) for one in Signature.objects.filter(letter=letter, ended_at=None, **facts)]


def steps(letter: Letter) -> list[tuple[str, str]]:
    return list(letter.steps.order_by("pk").values_list("was", "now"))


def told(name: str, at: datetime) -> list[str]:
    """Who is told of the newest event of this name, each by the name of the notice that reached them."""
    event = Event.objects.filter(name=name).order_by("-pk")[0]
    tell(event, at=at)
    found = Notification.objects.filter(event=event).order_by("person__name")
    return [f"{name.partition('.')[2]}: {person}" for name, person in found.values_list("notice", "person__name")]
