"""Who may move a topic, and who may go on with it elsewhere. None of these asks the database."""

from datetime import timedelta

from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.standard import OFFICE
from collegium.core.access.viewers import Viewer
from collegium.core.groups.models import Group
from collegium.core.people.rules import check_writes

from ..models import Continuation, Topic
from .topics import check_sees, check_sees_and_writes, check_unsealed, is_officer

# How long the author has to answer.
WAITS_FOR_AUTHOR = timedelta(days=30)


def check_move_topic(viewer: Viewer, topic: Topic, group: Group, audience_id: int) -> None:
    """An officer of both groups, or one of the council's team who is in both; to the present circle or the officers.

    Whether it would reach anybody new is asked of the admissions; see `queries.moving`.
    """
    check_sees(viewer, topic)
    check_unsealed(topic)
    if audience_id not in _of(group):
        raise Refused(_("A topic moves to the members of a group or to its officers."))
    if topic.group_id == group.pk and topic.entry.audience_id == audience_id:
        raise Refused(_("This is where it is already."))
    runs_both = is_officer(viewer, topic) and viewer.is_among(group.officers_audience_id)
    # Whoever only reads a group for a day brings nothing into it.
    is_team_in_both = viewer.is_among(OFFICE) and viewer.belongs_to(audience_id)
    if not (runs_both or is_team_in_both):
        raise Refused(_("Only an officer of both groups, or one of the council's team who is in both, can move it."))
    if not is_team_in_both:
        check_writes(viewer, topic.group.officers_audience_id)
        check_writes(viewer, group.officers_audience_id)


def _of(group: Group) -> set[int]:
    present = {group.circle.audience_id} if group.circle else set()
    return present | {group.officers_audience_id}


def check_continue_topic(viewer: Viewer, topic: Topic, group: Group) -> None:
    """Whoever is in both groups."""
    check_sees_and_writes(viewer, topic)
    check_unsealed(topic)
    if group.circle is None or not viewer.belongs_to(group.circle.audience_id):
        raise Refused(_("You can continue it only in a group you are in."))
    if topic.entry.audience_id == group.circle.audience_id:
        raise Refused(_("This is where it is already."))


def check_decide_continuation(viewer: Viewer, continuation: Continuation) -> None:
    """The author of the opening post, within thirty days, while it waits."""
    if viewer.person_id != continuation.author_id:
        raise Refused(_("Only whoever opened the topic can answer this."))
    if continuation.state != Continuation.State.WAITING:
        raise Refused(_("This was answered already."))
    if viewer.at - continuation.proposed_at > WAITS_FOR_AUTHOR:
        raise Refused(_("This was proposed more than thirty days ago; it can be proposed again."))
