"""Introduces entries to the house."""

from django.apps import AppConfig


class EntriesConfig(AppConfig):
    name = "collegium.core.entries"
    label = "entries"

    def ready(self) -> None:
        from collegium.core.access.registry import checks

        checks.register("passages", "collegium.core.entries.queries.misplaced_passages")
