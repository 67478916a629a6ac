"""Introduces finding to the house, and the findable things of the places below it."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "collegium.core.search"
    label = "search"

    def ready(self) -> None:
        from collegium.core.trail.registry import periodic

        from .registry import kinds

        for name in ("person", "group", "society", "undertaking", "file"):
            kinds.register(name, f"collegium.core.search.things.{name.upper()}")
        periodic.register("search", "collegium.core.search.jobs.put_in_place")
