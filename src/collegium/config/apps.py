"""Introduces the configuration's own table to Django, and what may stand in addresses."""

from django.apps import AppConfig
from django.urls import register_converter

from collegium.config.routes import Number


class ConfigConfig(AppConfig):
    name = "collegium.config"
    label = "config"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_converter(Number, "number")
