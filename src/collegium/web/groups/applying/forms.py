"""What somebody says of themselves who applies with a role, and what a society answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.core.groups.models import Group
from collegium.core.groups.queries import roles_of, societies_of
from collegium.core.people.models import Function, Organization, Tenure
from collegium.web.account.forms.fields import NameWords, Words


class OneOf(forms.TypedChoiceField):
    """A row out of a list by its id."""

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce=int, **options)

    def offer(self, rows: Mapping[int, str]) -> None:
        """Nothing is to be chosen where there is one."""
        self.choices = list(rows.items()) if len(rows) == 1 else [("", _("Choose …")), *rows.items()]


class RoleForm(forms.Form):
    """The role somebody has at a society; only what the group's present policy admits can be chosen."""

    society = OneOf(label=_("Your society"))
    function = OneOf(label=_("What you do there"))
    title = NameWords(
        label=_("Your title"),
        room=150,
        help_text=_("As it stands under your letters."),
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    capacity = forms.ChoiceField(label=_("In which capacity"), widget=forms.RadioSelect)
    leadership = forms.ChoiceField(label=_("Staff or volunteer"), widget=forms.RadioSelect)
    note = Words(
        label=_("A word to those who answer"),
        room=2000,
        multiline=True,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Your society and the council’s team read it."),
    )

    def __init__(self, *args: Any, group: Group, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        assert group.circle is not None  # a founded group has a circle
        self.societies: dict[int, Organization] = {row.pk: row for row in societies_of(group, at)}
        self.functions: dict[int, Function] = {row.pk: row for row in roles_of(group)}
        fields: Any = self.fields
        fields["society"].offer({pk: row.name for pk, row in self.societies.items()})
        fields["function"].offer({pk: row.name for pk, row in self.functions.items()})
        _limit(fields["capacity"], Tenure.Capacity, group.circle.capacities)
        _limit(fields["leadership"], Tenure.Leadership, group.circle.leaderships)

    def clean_society(self) -> Organization:
        return self.societies[self.cleaned_data["society"]]

    def clean_function(self) -> Function:
        return self.functions[self.cleaned_data["function"]]


def _limit(field: Any, words: Any, admitted: list[str]) -> None:
    field.choices = [(value, label) for value, label in words.choices if value in admitted]
    field.initial = field.choices[0][0] if field.choices else None
    if len(field.choices) == 1:
        field.widget = forms.HiddenInput()


class StrangerForm(RoleForm):
    """The same from somebody who has no account."""

    name = NameWords(label=_("Your name"), room=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("Your e-mail address at work"),
        max_length=254,
        help_text=_("We send one letter there, to make sure that it is yours."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    field_order = ("name", "email", "society", "function", "title", "capacity", "leadership", "note")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # Its length is judged here: the browser would silently cut off what is pasted.
        self.fields["email"].widget.attrs.pop("maxlength", None)


class ReasonForm(forms.Form):
    """An answer to somebody who asks to come in, with its reason; `told` says who reads it."""

    told: Any = ""
    reason = Words(
        label=_("Your answer"),
        room=2000,
        multiline=True,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].help_text = self.told


class RoleAnswerForm(ReasonForm):
    """What a society says to a role."""

    told = _("If you confirm, the council’s team reads it. If you do not, the person does: then say why.")
