"""Who may do what with positions, and whether a position may go on."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.standard import OFFICE
from collegium.core.access.viewers import Viewer
from collegium.core.groups.models import Group
from collegium.core.people.models import Mandate, Organization, Tenure
from collegium.core.people.queries import present_tenures
from collegium.core.people.rules import check_office, check_society_writes
from collegium.design.text import MAX_BYTES
from collegium.rooms.ballots.models import Ballot
from collegium.rooms.discussions.rules.topics import cleaned

from ..course import IN_FORCE, STATES, Move, move_of
from ..guards import Attempt, check_guard, standing_ballots
from ..models import Committee, Drafter, Issue, Position, Revision
from ..queries.speaking import is_of_committee, mandated_tenures

LONGEST_INTERESTS, LONGEST_NOTE = 5_000, 300


def is_chair(viewer: Viewer) -> bool:
    """Whether the viewer moves positions on: the council's team, and officers of the group named for it."""
    return viewer.is_among(OFFICE) or is_of_committee(viewer, Committee.Role.POLICY)


def is_team(viewer: Viewer) -> bool:
    return viewer.is_among(OFFICE)


def may_ask_for_review(viewer: Viewer) -> bool:
    """Who moves positions on, and any society with cause: through whom it adopts what the council holds."""
    return is_chair(viewer) or bool(mandated_tenures(viewer, Mandate.Act.ADOPT))


def stepping_society(viewer: Viewer) -> Organization | None:
    """For which society somebody takes a step who does not move positions on: it is one of its own."""
    tenures = [] if is_chair(viewer) else mandated_tenures(viewer, Mandate.Act.ADOPT)
    return tenures[0].seat.organization if tenures else None


# The conditions on persons that the table of steps names. The presiding officer's decisions and publishing are recorded
# by the council's team.
WHO: dict[str, Callable[[Viewer], bool]] = {
    "chair": is_chair,
    "holding": may_ask_for_review,
    "presiding": is_team,
    "communications": is_team,
    # What follows from something else, and nobody decides here.
    "house": lambda _viewer: False,
}


def check_open_position(viewer: Viewer, kind: str, issue: Issue | None) -> None:
    """Who moves positions on; from an accepted issue, or from none."""
    if not is_chair(viewer):
        raise Refused(_("Only the council's team and its policy chair begin positions."))
    if kind not in Position.Kind.values:
        raise Refused(_("There is no such kind of position."))
    if issue is not None and issue.entry.state != Issue.State.ACCEPTED:
        raise Refused(_("Accept the issue first."))


def check_move_position(viewer: Viewer | None, position: Position, attempt: Attempt) -> Move:
    """A step of the table, by whom it names, while its guards hold; without a viewer the clock takes it."""
    move = move_of(position.entry.state, attempt.now)
    if move is None:
        raise Refused(_("From here the position does not go there."))
    if viewer is None and not move.clock:
        raise Refused(_("This step is not taken by itself."))
    if viewer is not None and not WHO[move.who](viewer):
        raise Refused(_("You cannot take this step: it is for the council's team or its policy chair."))
    if move.needs_reason and not attempt.reason:
        raise Refused(_("Give the reason: it is shown and kept."))
    for guard in (*move.guards, *([move.clock] if viewer is None else ())):
        check_guard(guard, position, attempt)
    return move


def check_put_to_ballot(viewer: Viewer, position: Position, body: Group) -> None:
    """The council's team, once it is before the governing body, to one of those there are; one ballot at a time."""
    if not is_team(viewer):
        raise Refused(_("Only the council's team prepares ballots."))
    if position.entry.state != "ballot":
        raise Refused(_("Bring the position before the governing body first."))
    if body.kind != Group.Kind.GOVERNING_BODY:
        raise Refused(_("A governing body adopts positions."))
    if standing_ballots(position).exists():
        raise Refused(_("There is a ballot about it already."))


def check_vote_again(ballot: Ballot) -> None:
    """An annulled ballot is repeated while its position waits for a vote on the same wording, and for no other ballot.

    It waits before the governing body, or in force, once its adoption was annulled: the body upholds or rescinds it.
    """
    position = Position.objects.get(pk=ballot.about_id)
    was_shaken = position.entry.state in IN_FORCE and position.annulments.exists()
    if position.entry.state != "ballot" and not was_shaken:
        raise Refused(_("The position is not before the governing body: a vote on it cannot be repeated."))
    if standing_ballots(position).exists():
        raise Refused(_("There is a ballot about it already."))
    wording = position.adopted if was_shaken else position.presented
    if wording is None or wording.digest != ballot.about_hash:
        words = _(
            "This ballot was not about the wording the societies were last shown: put that one to a ballot of its own."
        )
        raise Refused(words)


def check_name_drafter(viewer: Viewer, position: Position, tenure: Tenure) -> None:
    """Who moves positions on; somebody with a seat at a member society or of the council's team; once."""
    _check_prepares(viewer, position)
    here = present_tenures(viewer.at).filter(pk=tenure.pk, person__closed_at=None)
    kinds = (Organization.Kind.SOCIETY, Organization.Kind.SUBSPECIALTY, Organization.Kind.COUNCIL)
    if not here.filter(seat__organization__kind__in=kinds).exists():
        raise Refused(_("A drafter holds a seat at a member society or of the council's team."))
    if Drafter.objects.filter(position=position, tenure=tenure, period__upper_inf=True).exists():
        raise Refused(_("This person drafts it already."))


def check_release_drafter(viewer: Viewer, drafter: Drafter) -> None:
    """Who moves positions on, or the drafter, while named."""
    if not drafter.period.upper_inf:
        raise Refused(_("This person no longer drafts it."))
    if drafter.tenure.person_id != viewer.person_id:
        _check_prepares(viewer, drafter.position)


def check_declare_interests(viewer: Viewer, drafter: Drafter) -> None:
    """The drafter alone, while named; again whenever they change."""
    if drafter.tenure.person_id != viewer.person_id:
        raise Refused(_("Everybody declares their own interests."))
    if not drafter.period.upper_inf:
        raise Refused(_("You no longer draft this."))


def check_prepare(viewer: Viewer, position: Position) -> None:
    """Name who leads and whom it touches: who moves positions on, before societies are asked."""
    _check_prepares(viewer, position)
    if position.entry.state not in ("accepted", "drafting", "disposition", "deferred"):
        raise Refused(_("The societies are being asked: this stays as it is until they have answered."))


def _check_prepares(viewer: Viewer, position: Position) -> None:
    if not is_chair(viewer):
        raise Refused(_("Only the council's team and its policy chair can do this."))


def check_save_text(position: Position, drafter: Drafter | None, *, base: int) -> None:
    """A drafter who has declared interests, while drafting goes on, from the newest revision."""
    if drafter is None:
        raise Refused(_("Only its drafters write the text."))
    if drafter.declared_at is None:
        raise Refused(_("Declare your interests first: nobody drafts before."))
    check_society_writes(drafter.tenure.seat.organization)
    if not STATES[position.entry.state].edits:
        raise Refused(_("The text is frozen: it can be changed when the societies have answered."))
    newest = position.current.number if position.current else 0
    if base != newest:
        words = _("Meanwhile somebody wrote revision %(number)s. Yours is below: compare them and send it again.")
        raise Refused(words % {"number": newest})


def check_change(change: str, number: int) -> None:
    """A class of change there is, for every wording but the first."""
    if (number == 1) != (change == Revision.Change.FIRST) or change not in Revision.Change.values:
        raise Refused(_("Say how much the text changes."))


def check_text(raw: str) -> str:
    """The text as it is kept: at most 100 kB."""
    text = cleaned(raw, longest=MAX_BYTES, multiline=True, empty=_("Write the text first."))
    if len(text.encode()) > MAX_BYTES:
        raise Refused(_("This is too long: a position has room for %(room)s kB.") % {"room": MAX_BYTES // 1000})
    return text


def check_note(note: str) -> str:
    return cleaned(note, longest=LONGEST_NOTE, multiline=False, empty="")


def check_questions(raw: str) -> str:
    """What societies are asked beyond the text, or nothing."""
    return cleaned(raw, longest=LONGEST_INTERESTS, multiline=True, empty="")


def check_interests(words: str, *, has_interests: bool) -> str:
    """What the interests are, where there are any."""
    if not has_interests:
        return ""
    return cleaned(words, longest=LONGEST_INTERESTS, multiline=True, empty=_("Say which interests you have."))


def sees_all_revisions(viewer: Viewer, position: Position) -> bool:
    """Whether the viewer reads wordings that were not shown to the societies: its drafters and the team do."""
    return viewer.is_among(OFFICE) or viewer.is_among(position.drafting_audience_id) or is_chair(viewer)


def check_replace_position(viewer: Viewer, position: Position, target: Position) -> None:
    """Relations between positions are kept by the council's team: of an adopted one to one that was published."""
    check_office(viewer)
    if position.adopted_at is None:
        raise Refused(_("Only what was adopted replaces another position."))
    if target.published_at is None or target.pk == position.pk:
        raise Refused(_("Only another position that was published is replaced."))
