"""Introduces people and their societies to the house."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PeopleConfig(AppConfig):
    name = "collegium.core.people"
    label = "people"

    def ready(self) -> None:
        from collegium.core.access.registry import audience_names, checks, grounds, silences, sources
        from collegium.core.entries.registry import addresses
        from collegium.core.trail.registry import periodic

        from . import events  # noqa: F401 - declares the past tenses
        from .directory import ensure_directory
        from .registry import exports, joins

        periodic.register("people.addresses", "collegium.core.people.jobs.put_addresses_in_effect")
        periodic.register("people.departures", "collegium.core.people.jobs.close_departures")
        periodic.register("people.attestations", "collegium.core.people.jobs.ask_to_attest")
        periodic.register("people.rosters", "collegium.core.people.jobs.forget_old_rosters")
        periodic.register("people.findable", "collegium.core.people.jobs.find_changed_people")
        periodic.register("people.joinings", "collegium.core.people.jobs.close_joinings")
        joins.register("people", "collegium.core.people.held.HELD")
        checks.register("joined", "collegium.core.people.queries.unsound_joined")
        exports.register("people", "collegium.core.people.exports.person")
        for ground in ("tenures", "standings", "in_standing"):
            grounds.register(ground, f"collegium.core.people.sources.{ground}")
        sources.register("societies", "collegium.core.people.sources.societies")
        sources.register("members", "collegium.core.people.sources.members")
        sources.register("office", "collegium.core.people.sources.office")
        silences.register("attestations", "collegium.core.people.sources.silent")
        audience_names.register("society", "collegium.core.people.queries.society_audience_names")
        addresses.register("society", "collegium.core.people.queries.society_address")
        addresses.register("directory", "collegium.core.people.queries.directory_address")
        post_migrate.connect(ensure_directory, sender=self)
