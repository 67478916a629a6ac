"""Introduces discussions to the house."""

from django.apps import AppConfig


class DiscussionsConfig(AppConfig):
    name = "collegium.rooms.discussions"
    label = "discussions"

    def ready(self) -> None:
        from collegium.core.access.registry import checks
        from collegium.core.entries.registry import addresses, link_kinds, part_addresses
        from collegium.core.notices.registry import notices
        from collegium.core.people.registry import departing, exports, handing, joins, taking_back
        from collegium.core.search.registry import kinds

        from . import events  # noqa: F401 - declares the past tenses

        addresses.register("topic", "collegium.rooms.discussions.queries.topic_address")
        for kind in ("related", "continues"):
            link_kinds.register(kind, f"collegium.rooms.discussions.links.{kind.upper()}")
        part_addresses.register("post", "collegium.rooms.discussions.queries.topics.post_address")
        for kind in ("topic", "post"):
            kinds.register(kind, f"collegium.rooms.discussions.findable.{kind.upper()}")
        exports.register("discussions", "collegium.rooms.discussions.exports.discussions")
        departing.register("discussions", "collegium.rooms.discussions.departing.belongings")
        for kind in ("questions", "mentions"):
            handing.register(kind, f"collegium.rooms.discussions.departing.hand_on_{kind}")
        taking_back.register("questions", "collegium.rooms.discussions.departing.take_back_questions")
        joins.register("discussions", "collegium.rooms.discussions.joining.HELD")
        checks.register("topics", "collegium.rooms.discussions.queries.unsound_topics")
        # A person is told by the first that fits: what is addressed to them before what is said to all.
        for notice in ("Mentioned", "AnsweredMe", "TopicAnswered", "AnswerAccepted", "Announced", "TopicOpened"):
            notices.register(f"discussions.{notice}", f"collegium.rooms.discussions.notices.{notice}")
        self._introduce_letters()
        self._introduce_moderation()

    def _introduce_letters(self) -> None:
        from collegium.core.mail.registry import letters, mailboxes, mailings, own_letters

        for event in ("topic.opened", "topic.answered"):
            mailings.register(event, "collegium.rooms.discussions.letters.OF_POSTS")
        for letter, name in (("posted", "POSTED"), ("something_new", "ANNOUNCED_ONLY"), ("private", "PRIVATE")):
            letters.register(f"discussions.{letter}", f"collegium.rooms.discussions.letters.{name}")
        for letter in ("held", "held_only"):
            letters.register(f"discussions.{letter}", f"collegium.rooms.discussions.held_letters.{letter.upper()}")
        own_letters.register("discussions.PostHeld", "collegium.rooms.discussions.held_letters.deliver")
        for letter in ("quiet", "ask_quiet"):
            letters.register(f"discussions.{letter}", f"collegium.rooms.discussions.quieting.{letter.upper()}")
        for box in ("answers", "authors", "officers", "groups"):
            mailboxes.register(f"discussions.{box}", f"collegium.rooms.discussions.mailboxes.{box.upper()}")
        # After the groups: a group that is called so is a group.
        for box in ("stops", "mutes"):
            mailboxes.register(f"discussions.{box}", f"collegium.rooms.discussions.quieting.{box.upper()}")

    def _introduce_moderation(self) -> None:
        from collegium.core.entries.registry import part_addresses
        from collegium.core.files.registry import readers
        from collegium.core.groups.registry import held_back
        from collegium.core.notices.registry import notices

        queries = "collegium.rooms.discussions.queries.moderation"
        for part, name in (
            ("report", "moderation"),
            ("deletion", "deletion"),
            ("own_report", "report"),
            ("held", "held"),
            ("continuation", "continuation"),
        ):
            part_addresses.register(part, f"{queries}.{name}_address")
        held_back.register("discussions", f"{queries}.held_back")
        readers.register("held", f"{queries}.readers_of_held")
        for notice in (
            "PostDeleted",
            "PostReported",
            "ReportsUpheld",
            "ReportsDismissed",
            "PostHeld",
            "HeldReleased",
            "HeldRefused",
            "OfficersNudged",
            "TopicMoved",
            "ContinuationProposed",
            "ContinuationAgreed",
            "ContinuationDeclined",
        ):
            notices.register(f"discussions.{notice}", f"collegium.rooms.discussions.notices.{notice}")
