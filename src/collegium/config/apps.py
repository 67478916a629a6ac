"""Introduces the configuration's own table to Django."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "collegium.config"
    label = "config"
    default_auto_field = "django.db.models.BigAutoField"
