"""Introduces letters to the house."""

from django.apps import AppConfig
from django.core import checks


class MailConfig(AppConfig):
    name = "collegium.core.mail"
    label = "mail"

    def ready(self) -> None:
        from collegium.core.access.registry import checks as sound
        from collegium.core.notices.registry import channels, notices, tellers
        from collegium.core.people.registry import exports, joins
        from collegium.core.trail.registry import periodic

        from .bounces import events  # noqa: F401 - declares the past tenses
        from .checks import letters_are_whole
        from .probes import events as _events  # noqa: F401 - the same
        from .registry import DIGESTS, NOTICES, letters, mailboxes, other_mailings

        joins.register("mail", "collegium.core.mail.joining.HELD")
        channels.register("letter", "collegium.core.mail.telling.deliver")
        tellers.register("mail", "collegium.core.mail.mailings.choosing.address_to_many")
        checks.register(letters_are_whole, "house")
        sound.register("letters", "collegium.core.mail.waiting.letters_that_stand_still")
        periodic.register("mail.forget", "collegium.core.mail.jobs.forget")
        periodic.register("mail.digests", "collegium.core.mail.jobs.write_digests")
        letters.register("mail.digest", "collegium.core.mail.digests.saying.DIGEST")
        letters.register("mail.notice", "collegium.core.mail.telling.NOTICE")
        other_mailings.register(NOTICES, "collegium.core.mail.telling.OF_NOTICES")
        other_mailings.register(DIGESTS, "collegium.core.mail.digests.saying.OF_DIGESTS")
        for box in ("stops", "mutes", "bounces"):
            mailboxes.register(f"mail.{box}", f"collegium.core.mail.incoming.own.{box.upper()}")
        letters.register("mail.refused", "collegium.core.mail.incoming.refusing.REFUSED")
        letters.register("mail.probe", "collegium.core.mail.probes.letters.PROBE")
        notices.register("mail.LettersStopped", "collegium.core.mail.bounces.notices.LettersStopped")
        exports.register("mail", "collegium.core.mail.exports.letters")
        periodic.register("mail.probes", "collegium.core.mail.jobs.try_addresses")
