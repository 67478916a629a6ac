"""The plainest of calls: a question, answered in words."""

from django.utils.translation import gettext_lazy

from collegium.core.people.models import Mandate

from .registry import CallKind, Choice

CONSULTATION = CallKind(
    "consultation",
    gettext_lazy("Consultation"),
    act=Mandate.Act.ANSWER,
    choices=(
        Choice("answered", gettext_lazy("Answer"), gettext_lazy("Answered"), needs_words=True),
        Choice("nothing", gettext_lazy("Nothing to say"), gettext_lazy("Nothing to say"), state="off"),
    ),
)
