"""Introduces letters to the house."""

from django.apps import AppConfig
from django.core import checks


class MailConfig(AppConfig):
    name = "collegium.core.mail"
    label = "mail"

    def ready(self) -> None:
        from collegium.core.trail.registry import periodic

        from .checks import letters_are_whole

        checks.register(letters_are_whole, "house")
        periodic.register("mail.forget", "collegium.core.mail.jobs.forget")
