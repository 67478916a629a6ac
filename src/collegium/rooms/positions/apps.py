"""Introduces positions to the house."""

from django.apps import AppConfig


class PositionsConfig(AppConfig):
    name = "collegium.rooms.positions"
    label = "positions"

    def ready(self) -> None:
        from collegium.core.access.registry import audience_names, checks, sources
        from collegium.core.calls.registry import call_kinds
        from collegium.core.entries.registry import addresses, link_kinds
        from collegium.core.people.registry import exports, joins
        from collegium.core.search.registry import kinds
        from collegium.core.trail.registry import periodic
        from collegium.rooms.ballots.registry import annulments, outcomes, reruns
        from collegium.rooms.signons.registry import clearers, grounds, guards

        from . import events  # noqa: F401 - declares the past tenses

        queries = "collegium.rooms.positions.queries.audiences"
        sources.register("positions.drafters", "collegium.rooms.positions.sources.drafters")
        audience_names.register("drafting", f"{queries}.drafting_names")
        for kind in ("issue", "position", "consultation"):
            addresses.register(kind, f"{queries}.{kind}_address")
        for kind in ("position", "issue", "comment"):
            kinds.register(kind, f"collegium.rooms.positions.findable.{kind.upper()}")
        for kind in ("comment", "support"):
            call_kinds.register(f"position.{kind}", f"collegium.rooms.positions.kinds.{kind.upper()}")
        grounds.register("position", "collegium.rooms.positions.gating.may_ground")
        guards.register("supported", "collegium.rooms.positions.gating.advocacy_supported")
        clearers.register("positions", "collegium.rooms.positions.rules.positions.is_chair")
        outcomes.register("position", "collegium.rooms.positions.actions.adopting.follow_ballot")
        reruns.register("position", "collegium.rooms.positions.rules.positions.check_vote_again")
        annulments.register("position", "collegium.rooms.positions.actions.annulling.follow_annulment")
        periodic.register("positions", "collegium.rooms.positions.jobs.move_on")
        link_kinds.register("supersedes", "collegium.rooms.positions.links.SUPERSEDES")
        checks.register("positions", "collegium.rooms.positions.queries.invariants.unsound_positions")
        exports.register("positions", "collegium.rooms.positions.exports.positions")
        joins.register("positions", "collegium.rooms.positions.joining.HELD")
        self._introduce_publication()
        self._introduce_notices()

    def _introduce_publication(self) -> None:
        from collegium.core.calls.registry import call_kinds

        from .registry import guards, related, supporters

        related.register("letters", "collegium.rooms.positions.queries.letters.letters_on")
        supporters.register("positions", "collegium.rooms.positions.queries.support.to_be_named")
        call_kinds.register("position.review", "collegium.rooms.positions.reviews.REVIEW")
        for guard in (
            "embargo_over",
            "embargo_ended",
            "supporters_confirmed",
            "review_heard",
            "annulled",
            "voted_down",
        ):
            guards.register(guard, f"collegium.rooms.positions.guarding.{guard}")

    def _introduce_notices(self) -> None:
        from collegium.core.notices.registry import notices

        # A person is told by the first that fits: what is addressed to them before what is said to many.
        for notice in (
            "IssueReferred",
            "IssueDecided",
            "IssueTouchingDecided",
            "IssueTouches",
            "IssueRaised",
            "DrafterNamed",
            "PositionMovedOn",
            "TouchedSocietyAsked",
            "SocietyAsked",
            "CommentDisposed",
            "CommentMade",
            "EmbargoSet",
            "EmbargoLifted",
            "AdoptionShaken",
            "AdoptionUpheld",
            "VersionBegun",
        ):
            notices.register(f"positions.{notice}", f"collegium.rooms.positions.notices.{notice}")
