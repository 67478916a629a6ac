"""Preparing a ballot: what can be asked, under which rule, and when it is announced."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.standard import OFFICE
from collegium.core.access.viewers import Viewer

from ..models import Ballot
from ..rulesets import RuleSet

MOST_OPTIONS = 200
MOST_NOTICE = 120


def check_prepare_ballot(viewer: Viewer) -> None:
    """The council's team; a room that calls a ballot itself asks its own rule."""
    if not viewer.is_among(OFFICE):
        raise Refused(_("Only the council’s team prepares ballots."))


def check_settings(
    method: str, ruleset: RuleSet, *, is_secret: bool, publication: str, seats: int, options: Sequence[str]
) -> None:
    """A method and a rule there are, and of a secret ballot nothing that would tell who voted how."""
    if method not in Ballot.Method.values or publication not in Ballot.Publication.values:
        raise Refused(_("There is no such method, or no such way to publish."))
    try:
        ruleset.as_rule()
    except (KeyError, ValueError) as wrong:
        raise Refused(_("There is no such rule.")) from wrong
    if ruleset.tie not in ("fails", "casting") or not 0 <= ruleset.notice_days <= MOST_NOTICE:
        raise Refused(_("There is no such rule."))
    if is_secret and publication == Ballot.Publication.BY_SOCIETY:
        raise Refused(_("Who voted how cannot be published of a secret ballot: nobody knows it."))
    if is_secret and (ruleset.takes_objections or ruleset.stopped_by_objection):
        raise Refused(_("An objection has words, which tell whose it is: a secret ballot takes none."))
    if is_secret and ruleset.tie == "casting":
        raise Refused(_("In a secret ballot the chair has voted, or not, and nobody knows: a tie is not carried."))
    _check_options(method, seats, options)


def _check_options(method: str, seats: int, options: Sequence[str]) -> None:
    if method == Ballot.Method.MOTION:
        if options or seats != 1:
            raise Refused(_("A motion is answered by yes, no or abstaining; it has no candidates."))
        return
    names = [name.strip() for name in options]
    if len(names) < 2 or len(names) > MOST_OPTIONS:
        raise Refused(_("Name at least two candidates, and at most %(most)d.") % {"most": MOST_OPTIONS})
    if any(not name or len(name) > 150 for name in names) or len({name.casefold() for name in names}) < len(names):
        raise Refused(_("Each candidate has a name of its own, of at most 150 characters."))
    if not 1 <= seats < len(names):
        raise Refused(_("There are fewer places to fill than candidates, and at least one."))


def check_weights(weights: dict[int, int], *, is_secret: bool) -> None:
    if is_secret and any(weight != 1 for weight in weights.values()):
        raise Refused(_("A vote of another weight would be known by it: in a secret ballot all weigh the same."))


def check_change_ballot(viewer: Viewer, ballot: Ballot) -> None:
    """Only before it is announced."""
    check_prepare_ballot(viewer)
    if ballot.call.announced_at is not None or ballot.annulled_at is not None:
        raise Refused(_("What was announced is not changed: annul the ballot, and run another."))


def check_names_wording(about_hash: str, raw: str) -> None:
    """Whoever votes on a wording reads which one in the question itself."""
    if about_hash and about_hash not in raw:
        raise Refused(_("It is about a wording, which the question names by its hash: leave the hash in it."))


def check_announce_ballot(viewer: Viewer, ballot: Ballot, at: datetime) -> None:
    """With the notice its rule asks for."""
    check_change_ballot(viewer, ballot)
    if ballot.call.opens_at < at:
        raise Refused(_("Its opening has passed: choose a later one."))
    notice = timedelta(days=ballot.ruleset.notice_days)
    if ballot.call.opens_at - at < notice:
        raise Refused(
            _("Its rule asks for %(days)d days between announcement and opening: choose a later opening.")
            % {"days": ballot.ruleset.notice_days}
        )
    if ballot.body.circle is None:
        raise Refused(_("The body has no members."))


def check_drawn(ballot: Ballot) -> None:
    """Its call is announced with the ballot, once the lots are drawn and all that is asked has its hash."""
    if not ballot.text_hash:
        raise Refused(_("Announce the ballot, on its own page: the call goes with it."))
