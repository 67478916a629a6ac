"""Introduces ballots to the house."""

from django.apps import AppConfig

NOTICES = (
    "BallotAnnounced",
    "BallotPaused",
    "RecusalAsked",
    "SecretlyVoted",
    "BallotToCertify",
    "BallotCertified",
    "BallotContested",
    "ObjectionAnswered",
)
KINDS = {"motion": "MOTION", "approval": "APPROVAL", "stv": "STV", "secret_ballot": "SECRET"}


class BallotsConfig(AppConfig):
    name = "collegium.rooms.ballots"
    label = "ballots"

    def ready(self) -> None:
        from collegium.core.access.registry import checks
        from collegium.core.calls.registry import call_kinds
        from collegium.core.entries.registry import addresses
        from collegium.core.notices.registry import notices
        from collegium.core.people.registry import exports, joins
        from collegium.core.search.registry import kinds
        from collegium.core.trail.registry import periodic

        from . import events  # noqa: F401 - declares the past tenses

        addresses.register("ballot", "collegium.rooms.ballots.queries.showing.ballot_address")
        for name, constant in KINDS.items():
            call_kinds.register(name, f"collegium.rooms.ballots.kinds.{constant}")
        for notice in NOTICES:
            notices.register(f"ballots.{notice}", f"collegium.rooms.ballots.notices.{notice}")
        periodic.register("ballots", "collegium.rooms.ballots.jobs.advance")
        periodic.register("ballots.marks", "collegium.rooms.ballots.jobs.tell")
        exports.register("ballots", "collegium.rooms.ballots.exports.ballots")
        joins.register("ballots", "collegium.rooms.ballots.joining.HELD")
        kinds.register("ballot", "collegium.rooms.ballots.findable.BALLOT")
        checks.register("ballots", "collegium.rooms.ballots.queries.checking.unsound_ballots")
