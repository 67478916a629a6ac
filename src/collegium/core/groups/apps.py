"""Introduces groups to the house."""

from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "collegium.core.groups"
    label = "groups"

    def ready(self) -> None:
        from collegium.core.access.registry import audience_names, grounds, sources
        from collegium.core.entries.registry import addresses
        from collegium.core.notices.registry import notices
        from collegium.core.people.registry import departing, exports, handing, joins, obstacles, unbegun
        from collegium.core.trail.registry import periodic

        from . import events  # noqa: F401 - declares the past tenses

        for ground in ("eligible", "offices", "invitations", "ties", "bound", "undertaken", "suspended"):
            grounds.register(ground, f"collegium.core.groups.sources.{ground}")
        for name in ("members", "readings"):
            sources.register(f"groups.{name}", f"collegium.core.groups.sources.{name}")
        periodic.register("groups.undertakings", "collegium.core.groups.jobs.remind")
        audience_names.register("circle", "collegium.core.groups.queries.circle_names")
        audience_names.register("officers", "collegium.core.groups.queries.officers_names")
        departing.register("groups", "collegium.core.groups.departing.belongings")
        for kind in ("office", "invitation"):
            handing.register(kind, "collegium.core.groups.departing.recommend")
        joins.register("groups", "collegium.core.groups.joining.HELD")
        obstacles.register("groups", "collegium.core.groups.joining.obstacles")
        unbegun.register("groups", "collegium.core.groups.departing.take_back")
        periodic.register("groups.applications", "collegium.core.groups.jobs.let_applications_lapse")
        exports.register("groups", "collegium.core.groups.exports.groups")
        addresses.register("group", "collegium.core.groups.queries.group_address")
        addresses.register("undertaking", "collegium.core.groups.queries.undertaking_address")
        for notice in (
            "JoinRequested",
            "JoinApproved",
            "JoinDeclined",
            "MemberConfirmed",
            "MembershipConfirmed",
            "OfficeConfirmed",
            "UndertakingAsked",
            "UndertakingNeeded",
            "UndertakingDue",
            "PersonSuspended",
            "SuspensionLifted",
            "ReadingAsked",
            "ReadingConfirmed",
            "ApplicationWaits",
            "HoldingChanged",
        ):
            notices.register(f"groups.{notice}", f"collegium.core.groups.notices.{notice}")
