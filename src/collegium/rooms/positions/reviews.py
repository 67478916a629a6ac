"""The call of a review: whether societies still hold with what the council published."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.core.access.errors import Refused
from collegium.core.calls.models import Call
from collegium.core.calls.registry import CallKind, Choice
from collegium.core.people.models import Mandate

from . import course


def _cancelled(call: Call, at: datetime) -> None:
    """It is what the decision waits for."""
    if call.position_review.decided_id is None:
        raise Refused(_("The review ends with what is decided of the position, on its own page."))


REVIEW = CallKind(
    course.REVIEW,
    gettext_lazy("Review of a position"),
    # What a society says here bears on what it holds with the others, not on a text that is being written.
    act=Mandate.Act.ADOPT,
    cancelled=_cancelled,
    choices=(
        Choice("reaffirm", gettext_lazy("Reaffirm it as it is"), gettext_lazy("Reaffirm")),
        Choice("revise", gettext_lazy("Revise it: say what has to change"), gettext_lazy("Revise"), True, "part"),
        Choice("rescind", gettext_lazy("Rescind it: say why"), gettext_lazy("Rescind"), True, "off"),
        Choice("no-view", gettext_lazy("We have no view"), gettext_lazy("No view"), state="wait"),
    ),
)
