"""Introduces calls to the house."""

from django.apps import AppConfig

NOTICES = (
    "SeatAnswered",
    "CallAnnounced",
    "CallDue",
    "CallNudged",
    "CallExtended",
    "CallCancelled",
    "CallClosed",
    "DraftNoted",
)


class CallsConfig(AppConfig):
    name = "collegium.core.calls"
    label = "calls"

    def ready(self) -> None:
        from collegium.core.access.registry import checks
        from collegium.core.entries.registry import addresses
        from collegium.core.notices.registry import notices
        from collegium.core.people.registry import departing, exports, joins
        from collegium.core.trail.registry import periodic

        from . import events  # noqa: F401 - declares the past tenses
        from .registry import call_kinds

        addresses.register("call", "collegium.core.calls.queries.call_address")
        addresses.register("answer_draft", "collegium.core.calls.queries.draft_address")
        call_kinds.register("consultation", "collegium.core.calls.consultations.CONSULTATION")
        for notice in NOTICES:
            notices.register(f"calls.{notice}", f"collegium.core.calls.notices.{notice}")
        periodic.register("calls", "collegium.core.calls.jobs.advance")
        departing.register("calls", "collegium.core.calls.departing.belongings")
        exports.register("calls", "collegium.core.calls.exports.calls")
        joins.register("calls", "collegium.core.calls.joining.HELD")
        checks.register("calls", "collegium.core.calls.queries.checking.unsound_calls")
