"""Introduces files to the house."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "collegium.core.files"
    label = "files"
