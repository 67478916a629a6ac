"""The call of a review: whether societies still hold with what the council published."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from collegium.core.calls.registry import CallKind, Choice
from collegium.core.people.models import Mandate

from . import course

REVIEW = CallKind(
    course.REVIEW,
    _("Review of a position"),
    # What a society says here bears on what it holds with the others, not on a text that is being written.
    act=Mandate.Act.ADOPT,
    choices=(
        Choice("reaffirm", _("Reaffirm it as it is"), _("Reaffirm")),
        Choice("revise", _("Revise it: say what has to change"), _("Revise"), True, "part"),
        Choice("rescind", _("Rescind it: say why"), _("Rescind"), True, "off"),
        Choice("no-view", _("We have no view"), _("No view"), state="wait"),
    ),
)
