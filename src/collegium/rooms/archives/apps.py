"""Introduces the archives of mailing lists to the house."""

from django.apps import AppConfig


class ArchivesConfig(AppConfig):
    name = "collegium.rooms.archives"
    label = "archives"

    def ready(self) -> None:
        from collegium.core.access.registry import checks
        from collegium.core.notices.registry import notices
        from collegium.core.people.registry import exports, joins
        from collegium.rooms.discussions.registry import named_posts

        from . import events  # noqa: F401 - declares the past tenses

        notices.register("archives.ArchiveOpened", "collegium.rooms.archives.notices.ArchiveOpened")
        exports.register("archives", "collegium.rooms.archives.exports.archives")
        joins.register("archives", "collegium.rooms.archives.joining.HELD")
        named_posts.register("archives", "collegium.rooms.archives.queries.posts_named")
        checks.register("archives", "collegium.rooms.archives.queries.unsound_archives")
