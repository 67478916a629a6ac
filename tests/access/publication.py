"""The access table's rows of publication: what is under embargo, published, under review; papers and citations."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from collegium.rooms.positions import actions
from collegium.rooms.positions.tests.factories import in_state, later, move

from .positions import of, unknown
from .table import DONE, MISSING, PAGE, REFUSED, Row, nothing
from .world import EVERYONE, MEMBERS, OFFICE, World

WORDS = {"form": lambda world: ["bib", "ris", "none-such"], "other": lambda world: [world.made["old"].pk, 999_999]}


def furnish(world: World) -> None:
    """One held back, one that replaced another, one under review of which a new version is begun."""
    cast = world.cast
    title, text = world.canary("embargotitle", MEMBERS), world.canary("embargotext", MEMBERS)
    held = world.made["held"] = in_state(cast, "adopted", title=f"On {title}", raw=f"Say {text}.")
    at = later(cast, 300)
    actions.set_embargo(held, ends_at=at + timedelta(days=300), zone="UTC", viewer=cast.viewer("staff", at), at=at)
    world.made["old"] = in_state(cast, "public", title="As it was")
    new = world.made["new"] = in_state(cast, "adopted", title="As it is")
    actions.replace_position(new, target=world.made["old"], viewer=cast.viewer("staff", at), at=at)
    move(cast, new, "public", at=at)
    reviewed = world.made["reviewed"] = in_state(cast, "under-review", title="Under review")
    begun = world.canary("versiontitle", OFFICE)
    version = actions.begin_version(reviewed, viewer=cast.viewer("staff", at), at=at)
    version.entry.title = f"On {begun}"
    version.entry.save(update_fields=["title"])


def ahead(world: World) -> dict[str, Any]:
    """A year after the way to adoption began."""
    day = (world.cast.at + timedelta(days=340)).date()
    return {"day": day.isoformat(), "time": "09:00", "zone": "UTC", "publishes": "on"}


def sooner(world: World) -> dict[str, Any]:
    """Earlier than usual, after the way to adoption."""
    review, sunset = ((world.cast.at + timedelta(days=days)).date() for days in (400, 500))
    return {"review_on": review.isoformat(), "sunset_on": sunset.isoformat(), "reason": "The trial reports."}


def _objected(world: World) -> dict[str, Any]:
    """In the published ballot nobody objected."""
    ballot = world.made["published"]
    return {"ballot_id": ballot.pk, "row_id": ballot.call.roll.order_by("pk")[0].pk}


READ = [
    Row("ballots:objection", {}, _objected),
    Row("positions:paper", {PAGE: EVERYONE}, of("public"), nobody=MISSING),
    Row("positions:paper", {PAGE: MEMBERS}, of("held"), state="held", nobody=MISSING),
    Row("positions:paper", {}, unknown(), state="unknown", nobody=MISSING),
    Row("positions:word", {PAGE: EVERYONE}, of("public"), nobody=MISSING),
    Row("positions:word", {PAGE: MEMBERS}, of("held"), state="held", nobody=MISSING),
    Row("positions:word", {}, unknown(), state="unknown", nobody=MISSING),
    Row("positions:edition", {PAGE: EVERYONE}, of("public", number=1), nobody=MISSING),
    Row("positions:edition", {}, of("public", number=9), state="unknown", nobody=MISSING),
    Row("positions:edition", {}, of("held", number=1), state="held", nobody=MISSING),
    Row("positions:cited", {PAGE: EVERYONE}, of("public", form="bib"), nobody=MISSING),
    Row("positions:cited", {PAGE: EVERYONE}, of("public", form="ris"), state="RIS", nobody=MISSING),
    Row("positions:cited", {}, of("held", form="bib"), state="held", nobody=MISSING),
    Row(
        "positions:since",
        {PAGE: EVERYONE},
        lambda w: {"pk": w.made["new"].pk, "other": w.made["old"].pk},
        nobody=MISSING,
    ),
    Row(
        "positions:since",
        {},
        lambda w: {"pk": w.made["old"].pk, "other": w.made["new"].pk},
        state="other",
        nobody=MISSING,
    ),
    Row("positions:embargo", {PAGE: OFFICE}, of("held")),
    Row("positions:embargo", {}, of("public"), state="public"),
    Row("positions:supporters", {PAGE: OFFICE}, of("held")),
    Row("positions:supporters", {}, of("before_body"), state="not adopted"),
    Row("positions:dates", {PAGE: OFFICE}, of("public")),
    Row("positions:dates", {}, of("before_body"), state="not adopted"),
    Row("positions:version", {PAGE: OFFICE}, of("public")),
    Row("positions:version", {}, of("held"), state="held"),
]
DEEDS = [
    Row("positions:embargo", {DONE: OFFICE}, of("held"), ahead),
    Row("positions:embargo", {REFUSED: OFFICE}, of("held"), nothing, state="empty"),
    Row("positions:lift_embargo", {DONE: OFFICE}, of("held"), nothing),
    Row("positions:lift_embargo", {}, of("public"), nothing, state="public"),
    Row("positions:supporters", {REFUSED: OFFICE}, of("held"), nothing, state="empty"),
    Row("positions:dates", {DONE: OFFICE}, of("held"), sooner),
    Row("positions:dates", {REFUSED: OFFICE}, of("held"), nothing, state="empty"),
    Row("positions:dates", {}, of("before_body"), nothing, state="not adopted"),
    Row("positions:version", {DONE: OFFICE}, of("public"), nothing),
    Row("positions:version", {REFUSED: OFFICE}, of("reviewed"), nothing, state="begun"),
]
