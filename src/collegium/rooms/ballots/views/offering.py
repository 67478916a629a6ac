"""Which deeds the page of a ballot offers its reader: what they may do, as it stands now."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from collegium.core.access.errors import Refused
from collegium.core.access.standard import OFFICE
from collegium.core.access.viewers import Viewer

from .. import rules
from ..models import Ballot
from ..queries.showing import Page
from .deeds import DEEDS

STATE = Ballot.State
# By state, for those who run it.
RUNNING = {
    STATE.OPEN: ("pause", "extension", "annulment"),
    STATE.ANNOUNCED: ("extension", "annulment"),
    STATE.PAUSED: ("resumption", "annulment"),
    STATE.CLOSED: ("annulment",),
    STATE.COUNTED: ("annulment",),
    STATE.CERTIFIED: ("publication", "annulment"),
    STATE.CONTESTED: ("annulment",),
    STATE.PUBLISHED: ("annulment",),
}


# What a ballot waits for, to go on its way.
NEXT = {"announcement", "resumption", "release", "casting-vote", "certificate", "publication", "rerun"}


@dataclass(frozen=True, slots=True)
class Offered:
    """A button that leads to a deed's page."""

    label: str
    url: str
    kind: str


def offered(page: Page, viewer: Viewer) -> list[Offered]:
    """In the order in which one is likely to need them."""
    ballot, nouns = page.ballot, [*_team(page, viewer), *_verifying(page, viewer)]
    if page.runs:
        nouns += RUNNING.get(STATE(page.state), ())
    if page.mine and page.takes_votes and not any(recusal.person_id == viewer.person_id for recusal in page.recusals):
        nouns.append("own-recusal")
    until = ballot.contestable_until
    if page.mine and until is not None and viewer.at < until and ballot.annulled_at is None:
        nouns.append("contest")
    return [_button(ballot, noun) for noun in nouns]


def _team(page: Page, viewer: Viewer) -> list[str]:
    if not viewer.is_among(OFFICE):
        return []
    if page.state == STATE.PREPARED:
        return ["announcement", "annulment"]
    return ["rerun"] if _may(rules.check_rerun, viewer, page.ballot) else []


def _verifying(page: Page, viewer: Viewer) -> list[str]:
    if not page.verifies:
        return []
    rule = {
        "casting-vote": rules.check_decide_tie,
        "release": rules.check_release,
        "certificate": rules.check_certify,
    }
    return [noun for noun, check in rule.items() if _may(check, viewer, page.ballot)]


def _may(check, viewer: Viewer, ballot: Ballot) -> bool:  # type: ignore[no-untyped-def]  # any rule of viewer and ballot
    try:
        check(viewer, ballot)
    except Refused:
        return False
    return True


def _button(ballot: Ballot, noun: str) -> Offered:
    deed = DEEDS[noun]
    kind = "primary" if noun in NEXT else "danger" if deed.kind == "danger" else "plain"
    return Offered(str(deed.label), reverse(f"ballots:{noun}", args=[ballot.pk]), kind)
