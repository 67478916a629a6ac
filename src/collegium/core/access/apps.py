"""Introduces access to the house."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccessConfig(AppConfig):
    name = "collegium.core.access"
    label = "access"

    def ready(self) -> None:
        from .registry import audience_names, checks
        from .standard import ensure_standard_audiences

        audience_names.register("public", "collegium.core.access.queries.standard_names")
        audience_names.register("members", "collegium.core.access.queries.standard_names")
        audience_names.register("office", "collegium.core.access.queries.standard_names")
        audience_names.register("named", "collegium.core.access.queries.standard_names")
        checks.register("admissions", "collegium.core.access.queries.unsettled")
        post_migrate.connect(ensure_standard_audiences, sender=self)
