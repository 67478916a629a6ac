"""Introduces the trail to the house."""

from django.apps import AppConfig


class TrailConfig(AppConfig):
    name = "collegium.core.trail"
    label = "trail"

    def ready(self) -> None:
        from collegium.core.access.registry import checks

        from .registry import periodic

        checks.register("trail", "collegium.core.trail.queries.broken_seals")
        checks.register("era", "collegium.core.trail.queries.events_of_another_cluster")
        periodic.register("trail.seal", "collegium.core.trail.jobs.seal")
