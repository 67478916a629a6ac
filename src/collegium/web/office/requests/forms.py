"""What the queue is narrowed by, and what the council's team answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.core.groups.models import Application
from collegium.web.account.forms.fields import Words
from collegium.web.groups.applying.forms import ReasonForm

State = Application.State
# What the queue can show -> the states it stands for.
SHOWN: dict[str, tuple[str, ...]] = {
    "": Application.OPEN,
    "council": (State.COUNCIL,),
    "society": (State.SOCIETY,),
    "approved": (State.APPROVED,),
    "declined": (State.DECLINED,),
    "withdrawn": (State.WITHDRAWN,),
    "unverified": (State.UNVERIFIED,),
    "lapsed": (State.LAPSED,),
    "all": tuple(State.values),
}
WORDS = {"": _("Everything open"), "council": _("Waiting for an answer"), "all": _("In every state")}


class QueueForm(forms.Form):
    """Which requests to look at; what cannot be read narrows nothing."""

    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[(key, WORDS.get(key) or State(key).label) for key in SHOWN]
    )
    group = forms.TypedChoiceField(label=_("Group"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, groups: list[dict[str, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["group"]
        field.choices = [("", _("Every group")), *((row["id"], row["name"]) for row in groups)]


class AnswerForm(ReasonForm):
    """What the council's team says."""

    told = _("The person reads it in the letter. To decline, say why.")


class VouchForm(forms.Form):
    """Whose word the team has where nobody at the society can be written to."""

    remark = Words(
        label=_("Who confirmed the role, and how"),
        room=1000,
        multiline=True,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Such as “the president, by telephone on 3 May”."),
    )
