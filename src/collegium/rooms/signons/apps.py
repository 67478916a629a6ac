"""Introduces sign-on letters to the house."""

from django.apps import AppConfig

NOTICES = (
    "SignatureAskedAgain",
    "SignedTextChanged",
    "ProofMade",
    "SignatoriesChanged",
    "SignedLetterMoved",
    "HostedLetterMoved",
    "LetterToClear",
    "OutsiderAsks",
)


class SignonsConfig(AppConfig):
    name = "collegium.rooms.signons"
    label = "signons"

    def ready(self) -> None:
        from collegium.core.access.registry import audience_names, checks, sources
        from collegium.core.calls.registry import call_kinds
        from collegium.core.entries.registry import addresses
        from collegium.core.mail.registry import letters
        from collegium.core.notices.registry import notices
        from collegium.core.people.registry import exports, joins
        from collegium.core.search.registry import kinds
        from collegium.core.trail.registry import periodic, wakers

        from . import events  # noqa: F401 - declares the past tenses

        queries = "collegium.rooms.signons.queries"
        sources.register("signons.preparers", "collegium.rooms.signons.sources.preparers")
        audience_names.register("signon", f"{queries}.audiences.preparing_names")
        addresses.register("signon", f"{queries}.audiences.letter_address")
        call_kinds.register("signon.letter", "collegium.rooms.signons.kinds.LETTER")
        call_kinds.register("signon.addendum", "collegium.rooms.signons.kinds.ADDENDUM")
        for notice in NOTICES:
            notices.register(f"signons.{notice}", f"collegium.rooms.signons.notices.{notice}")
        for letter in ("verify_outsider", "ask_outsider_again", "outsider_confirmed", "outsider_refused"):
            letters.register(f"signons.{letter}", f"collegium.rooms.signons.mails.{letter.upper()}")
        wakers.register("signons.outsiders", "collegium.rooms.signons.mails.write_for")
        periodic.register("signons", "collegium.rooms.signons.jobs.advance")
        kinds.register("signon", "collegium.rooms.signons.findable.LETTER")
        exports.register("signons", "collegium.rooms.signons.exports.signons")
        joins.register("signons", "collegium.rooms.signons.joining.HELD")
        checks.register("signons", f"{queries}.invariants.unsound_letters")
