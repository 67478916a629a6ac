"""Introduces notices to the house."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "collegium.core.notices"
    label = "notices"

    def ready(self) -> None:
        from collegium.core.trail.registry import wakers

        from .registry import channels

        wakers.register("notices", "collegium.core.notices.jobs.wake_for")
        channels.register("bell", "collegium.core.notices.in_app.deliver")
