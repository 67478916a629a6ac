"""The rule of a ballot as it is stored before it opens, what it means to the count, and how it reads in words."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from .counting.motions import Base, Presence, Quorum, Rule, Threshold
from .counting.shares import ALL, HALF, MAJORITY, THREE_QUARTERS, TWO_THIRDS, Share, share

SHARES: dict[str, Share] = {
    "majority": MAJORITY,
    "half": HALF,
    "quarter": share(1, 4),
    "third": share(1, 3),
    "two_thirds": TWO_THIRDS,
    "three_quarters": THREE_QUARTERS,
    "all": ALL,
}
SHARE_WORDS = {
    "majority": gettext_lazy("more than half"),
    "half": gettext_lazy("at least half"),
    "quarter": gettext_lazy("at least a quarter"),
    "third": gettext_lazy("at least a third"),
    "two_thirds": gettext_lazy("at least two thirds"),
    "three_quarters": gettext_lazy("at least three quarters"),
    "all": gettext_lazy("all"),
}
BASE_WORDS = {
    Base.VALID: pgettext_lazy("more than half of …", "those who voted yes or no"),
    Base.CAST: pgettext_lazy("more than half of …", "all votes, abstentions included"),
    Base.ABLE: pgettext_lazy("more than half of …", "all on the roll who are not recused"),
    Base.ENTITLED: pgettext_lazy("more than half of …", "all on the roll"),
    Base.PRESENT: pgettext_lazy("more than half of …", "those who count as present"),
}
PRESENCE_WORDS = {
    Presence.DECIDED: gettext_lazy("whoever votes yes or no"),
    Presence.ANSWERED: gettext_lazy("whoever votes or abstains"),
    Presence.ATTENDED: gettext_lazy("whoever votes, abstains or is recused"),
}
TIES = {
    "fails": gettext_lazy("a tie is not carried"),
    "casting": gettext_lazy("the chair decides a tie, if the chair’s own seat has not voted"),
}


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Names of shares and bases; a quorum of "none" asks for none, `against` "" for no limit of the noes."""

    quorum: str = "majority"
    quorum_base: str = Base.ENTITLED.value
    presence: str = Presence.ANSWERED.value
    threshold: str = "majority"
    base: str = Base.VALID.value
    against: str = ""
    takes_objections: bool = False
    stopped_by_objection: bool = False
    tie: str = "fails"
    closes_early: bool = False
    notice_days: int = 0

    @classmethod
    def of(cls, stored: dict[str, Any]) -> Self:
        names = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in stored.items() if name in names})

    def as_stored(self) -> dict[str, Any]:
        return asdict(self)

    def as_quorum(self) -> Quorum | None:
        """KeyError or ValueError for names there are not, here and below."""
        presence = Presence(self.presence)
        return None if self.quorum == "none" else Quorum(SHARES[self.quorum], Base(self.quorum_base), presence)

    def as_rule(self) -> Rule:
        """As the count of a motion takes it."""
        limit = SHARES[self.against] if self.against else None
        threshold = Threshold(
            SHARES[self.threshold], Base(self.base), limit, stopped_by_objection=self.stopped_by_objection
        )
        return Rule(threshold, self.as_quorum())

    def quorum_words(self) -> str:
        if self.quorum == "none":
            return _("No quorum is asked for.")
        told = {
            "share": SHARE_WORDS[self.quorum],
            "base": BASE_WORDS[Base(self.quorum_base)],
            "presence": PRESENCE_WORDS[Presence(self.presence)],
        }
        return _("Quorum: %(share)s of %(base)s; %(presence)s counts as present.") % told

    def threshold_words(self) -> str:
        """What a motion needs, in a sentence or two."""
        told = {"share": SHARE_WORDS[self.threshold], "base": BASE_WORDS[Base(self.base)]}
        words = [_("Carried by %(share)s of %(base)s voting yes.") % told]
        if self.against == "quarter":
            words.append(_("At most a quarter of those who voted yes or no may be against it."))
        if self.against == "third":
            words.append(_("At most a third of those who voted yes or no may be against it."))
        if self.stopped_by_objection:
            words.append(_("An objection stops it."))
        words.append(_("Where as many are for it as against it, %(tie)s.") % {"tie": TIES[self.tie]})
        return " ".join(words)
