"""The access table's rows of sign-on letters: prepared by a society, open, public, for members alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from collegium.core.calls import actions as calls
from collegium.core.calls.tests.scene import mandate
from collegium.core.people.models import Mandate
from collegium.rooms.signons import actions, links
from collegium.rooms.signons.course import STATES
from collegium.rooms.signons.models import Letter, Outsider, Signature
from collegium.rooms.signons.terms import Terms, Wording

from .table import DONE, MISSING, PAGE, REFUSED, Row, nothing
from .world import EVERYONE, MEMBERS, OFFICE, World

Parts = frozenset[str | None]
Where = Callable[[World], dict[str, Any]]
DAY = timedelta(days=1)
LAGOON: Parts = frozenset({"peer", "two_seats", "delegate", "liaison"})
HARBOUR: Parts = frozenset({"chair", "colleague"})
DELEGATE: Parts = frozenset({"delegate"})
PREPARES, HOSTS = LAGOON | OFFICE, DELEGATE | OFFICE
WORDS = {
    "letter_id": lambda world: [*Letter.objects.values_list("pk", flat=True), 999_999],
    "signature_id": lambda world: [*Signature.objects.values_list("pk", flat=True), 999_999],
    "outsider_id": lambda world: [*Outsider.objects.values_list("pk", flat=True), 999_999],
    "step": lambda world: [*STATES, "none-such"],
    "paper": lambda world: ["letter", "addendum", "none-such"],
    "form": lambda world: ["pdf", "docx", "none-such"],
    # Who has the key of a page for outside organizations, or a link from a letter, is meant to read it.
    "key": lambda world: ["none-such"],
    "token": lambda world: ["none-such"],
}


def furnish(world: World) -> None:
    """A canary in each text, in a reservation the host alone reads, in what an outside organization says of itself."""
    for part in ("delegate", "chair"):
        if not Mandate.objects.filter(tenure=world.cast.tenures[part], act="sign").exists():
            mandate(world.cast.tenures[part], "sign")
    _begun(world, "own", PREPARES, host=world.cast.lagoon)
    _open(world)
    _sent(world, "published", EVERYONE)
    _sent(world, "membersonly", MEMBERS, publication="members")


def _begun(world: World, label: str, seen: Parts, *, host: Any = None, **facts: Any) -> Letter:
    now = timezone.now() - 8 * DAY
    word = {part: world.canary(f"{label}{part}", seen) for part in ("subject", "text", "ask", "addressee")}
    wording = Wording(addressee=word["addressee"], subject=f"On {word['subject']}", raw=f"Dear all,\n\n{word['text']}")
    terms = Terms(
        ask=f"We ask for {word['ask']}.",
        delivers_on=(now + 30 * DAY).date(),
        time_zone="UTC",
        is_advocacy=False,
        **facts,
    )
    letter = actions.open_letter(wording, terms=terms, host=host, viewer=world.viewer("staff"), at=now)
    world.made[f"letter_{label}"] = letter
    return letter


def _asked(world: World, label: str, seen: Parts, **facts: Any) -> Letter:
    letter, now = _begun(world, label, seen, **facts), timezone.now() - 8 * DAY
    staff = world.viewer("staff")
    actions.move_letter(letter, to="clearance", viewer=staff, at=now)
    actions.move_letter(letter, to="circulating", viewer=staff, at=now, closes_at=now + 20 * DAY)
    return Letter.objects.select_related("current", "round__call").get(pk=letter.pk)


def _open(world: World) -> None:
    letter = _asked(world, "asked", MEMBERS, reservations="internal")
    words = world.canary("reservation", OFFICE | HARBOUR)
    _sign(world, letter, "chair", timezone.now(), choice="reserved", raw=f"Not {words}.")
    staff, now = world.viewer("staff"), timezone.now()
    world.made["letter_asked"] = letter = actions.open_outside(letter, viewer=staff, at=now)
    told = {name: world.canary(f"outside{name}", OFFICE) for name in ("officer", "organization", "title")}
    digest = Letter.objects.select_related("current").get(pk=letter.pk).current.digest
    outsider = actions.ask_to_sign(letter, **told, email="o@example.org", digest=digest, at=now)
    world.made["outsider"] = actions.consent(outsider, digest=digest, at=now)


def _sign(world: World, letter: Letter, part: str, at: Any, **facts: Any) -> None:
    assert letter.round is not None
    assert letter.current is not None
    row = letter.round.call.roll.get(organization=world.cast.tenures[part].seat.organization)
    told = {"choice": "signed", "facts": {"text": letter.current.digest}} | facts
    calls.answer_call(row, **told, viewer=world.viewer(part), at=at)


def _sent(world: World, label: str, seen: Parts, **facts: Any) -> None:
    """Harbour has withdrawn from it since."""
    letter = _asked(world, label, seen, **facts)
    now, staff = timezone.now(), world.viewer("staff")
    for part in ("delegate", "chair"):
        _sign(world, letter, part, now - 4 * DAY)
    assert letter.round is not None
    calls.close_early(letter.round.call, by=world.cast.staff, at=now - 3 * DAY)
    actions.move_letter(letter, to="assembled", viewer=staff, at=now - 2 * DAY, locks_at=now - DAY)
    actions.move_letter(letter, to="sent", viewer=staff, at=now, reason=world.canary(f"how{label}", MEMBERS))
    left = letter.signatures.get(society=world.cast.harbour)
    line = world.canary(f"line{label}", seen)
    world.made[f"left_{label}"] = actions.withdraw_signature(left, line=line, viewer=world.viewer("chair"), at=now)
    world.made[f"stays_{label}"] = letter.signatures.get(society=world.cast.lagoon)


def of(label: str, **more: Any) -> Where:
    return lambda world: {"letter_id": world.made[f"letter_{label}"].pk, **more}


def _signature(label: str, which: str) -> Where:
    return lambda world: {
        "letter_id": world.made[f"letter_{label}"].pk,
        "signature_id": world.made[f"{which}_{label}"].pk,
    }


def _outsider(world: World) -> dict[str, Any]:
    return {"letter_id": world.made["letter_asked"].pk, "outsider_id": world.made["outsider"].pk}


def _key(world: World) -> dict[str, Any]:
    return {"key": Letter.objects.get(pk=world.made["letter_asked"].pk).outside_key}


def _token(world: World) -> dict[str, Any]:
    return {"token": links.write(world.made["outsider"])}


def _current(world: World) -> str:
    return Letter.objects.select_related("current").get(pk=world.made["letter_asked"].pk).current.digest


def _written(world: World) -> dict[str, Any]:
    return {"addressee": "Orla", "subject": "Delays", "raw": "Other words.", "base": "1"}


def _settled(world: World) -> dict[str, Any]:
    return {
        "ask": "We ask.",
        "delivers_on": (timezone.now() + 60 * DAY).date().isoformat(),
        "time_zone": "UTC",
        "edits": "all",
        "publication": "public",
        "dissent": "silent",
        "reservations": "listed",
        "minimum": "1",
    }


def _delivered(world: World) -> dict[str, Any]:
    return {"to": (timezone.now() + 50 * DAY).date().isoformat()}


def _from_outside(world: World) -> dict[str, Any]:
    told = {"organization": "Guild", "officer": "Bo", "title": "Chair", "email": "bo@example.org"}
    return told | {"is_authorized": "on", "text": _current(world)}


SEEN_BY = {"own": PREPARES, "asked": MEMBERS, "published": EVERYONE, "membersonly": MEMBERS}
PAGES = [
    Row("signons:list", {PAGE: EVERYONE}),
    Row("signons:new_letter", {PAGE: HOSTS | {"chair"}}),
    *(Row("signons:letter", {PAGE: who}, of(name), state=name, nobody=MISSING) for name, who in SEEN_BY.items()),
    Row("signons:letter", {}, lambda w: {"letter_id": 999_999}, state="unknown", nobody=MISSING),
    *(
        Row("signons:version", {PAGE: who}, of(name, number=1), state=name, nobody=MISSING)
        for name, who in SEEN_BY.items()
    ),
    Row("signons:version", {}, of("published", number=9), state="unknown", nobody=MISSING),
    Row("signons:changes", {}, of("published"), state="one version", nobody=MISSING),
    Row("signons:history", {PAGE: PREPARES}, of("own")),
    Row("signons:history", {PAGE: MEMBERS}, of("published"), state="public"),
    Row("signons:terms", {PAGE: HOSTS}, of("own")),
    Row("signons:terms", {PAGE: OFFICE}, of("published"), state="public"),
    Row("signons:delivery", {PAGE: HOSTS}, of("own")),
    Row("signons:text", {PAGE: HOSTS}, of("own")),
    Row("signons:text", {PAGE: OFFICE}, of("asked"), state="of the council"),
    Row("signons:step", {PAGE: HOSTS}, of("own", step="clearance")),
    Row("signons:step", {PAGE: OFFICE}, of("asked", step="cancelled"), state="of the council"),
    Row("signons:step", {}, of("own", step="sent"), state="no such step"),
    Row("signons:addendum", {}, of("published"), state="without one"),
    Row("signons:proof", {}, of("published"), state="sent already"),
    Row("signons:paper", {PAGE: EVERYONE}, of("published", paper="letter", form="pdf")),
    Row("signons:paper", {PAGE: EVERYONE}, of("published", paper="letter", form="docx"), state="docx"),
    Row(
        "signons:paper", {PAGE: MEMBERS}, of("membersonly", paper="letter", form="pdf"), state="members", nobody=MISSING
    ),
    Row("signons:paper", {}, of("asked", paper="letter", form="pdf"), state="not sent", nobody=MISSING),
    Row("signons:withdrawal", {PAGE: LAGOON}, _signature("published", "stays")),
    Row("signons:telling", {PAGE: OFFICE}, _signature("published", "left")),
    Row("signons:telling", {}, _signature("published", "stays"), state="not withdrawn"),
    Row("signons:outsiders", {PAGE: OFFICE}, of("asked")),
    Row("signons:outsiders", {PAGE: HOSTS}, of("own"), state="own"),
    Row("signons:outside", {PAGE: EVERYONE}, _key),
    Row("signons:outside", {}, lambda w: {"key": "none-such"}, state="unknown", nobody=MISSING),
    Row("signons:asked", {PAGE: EVERYONE}, _key),
    Row("signons:asked", {}, lambda w: {"key": "none-such"}, state="unknown", nobody=MISSING),
    Row("signons:outsider", {PAGE: EVERYONE}, _token),
    Row("signons:outsider", {}, lambda w: {"token": "none-such"}, state="unknown", nobody=MISSING),
    Row("signons:refuse", {PAGE: OFFICE}, _outsider),
]

DEEDS = [
    Row(
        "signons:new_letter",
        {DONE: OFFICE, REFUSED: frozenset({"delegate", "chair"})},
        post=lambda w: _written(w) | _settled(w),
    ),
    Row("signons:terms", {DONE: HOSTS}, of("own"), _settled),
    Row("signons:terms", {REFUSED: OFFICE}, of("asked"), _settled, state="asked"),
    Row("signons:delivery", {DONE: HOSTS}, of("own"), _delivered),
    Row("signons:delivery", {REFUSED: OFFICE}, of("published"), _delivered, state="sent"),
    Row("signons:text", {DONE: HOSTS}, of("own"), _written),
    Row("signons:text", {REFUSED: OFFICE}, of("published"), _written, state="sent"),
    Row("signons:step", {DONE: HOSTS}, of("own", step="clearance"), nothing),
    Row("signons:step", {REFUSED: HOSTS}, of("own", step="cancelled"), nothing, state="without a reason"),
    Row("signons:withdrawal", {DONE: DELEGATE, REFUSED: LAGOON}, _signature("published", "stays"), nothing),
    Row("signons:telling", {DONE: OFFICE}, _signature("published", "left"), lambda w: {"told": "no"}),
    Row("signons:telling", {REFUSED: OFFICE}, _signature("published", "left"), nothing, state="empty"),
    Row("signons:open_outside", {REFUSED: HOSTS}, of("own"), nothing, state="own"),
    Row("signons:open_outside", {REFUSED: OFFICE}, of("asked"), nothing, state="open already"),
    Row("signons:close_outside", {DONE: OFFICE}, of("asked"), nothing),
    Row("signons:confirm", {DONE: OFFICE}, _outsider, nothing),
    Row("signons:refuse", {DONE: OFFICE}, _outsider, lambda w: {"line": "Unknown."}),
    Row("signons:refuse", {REFUSED: OFFICE}, _outsider, nothing, state="without a reason"),
    Row("signons:outside", {DONE: EVERYONE}, _key, _from_outside),
    Row("signons:outside", {REFUSED: EVERYONE}, _key, nothing, state="empty"),
    Row("signons:outside", {}, lambda w: {"key": "none-such"}, nothing, state="unknown", nobody=MISSING),
    Row("signons:outsider", {DONE: EVERYONE}, _token, lambda w: {"text": _current(w)}),
    Row("signons:outsider", {REFUSED: EVERYONE}, _token, nothing, state="another text"),
]
