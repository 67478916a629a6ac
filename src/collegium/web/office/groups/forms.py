"""What the council's team sets of a group."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.core.access.standard import MEMBERS, OFFICE, PUBLIC
from collegium.core.groups.actions.settings import Settings, settings_of
from collegium.core.groups.models import Group, Office
from collegium.core.groups.models.circles import POLICY_FIELDS
from collegium.core.groups.preview import Closing
from collegium.core.notices.models import Level
from collegium.core.people.models import Organization, Standing, Tenure
from collegium.web.account.forms.fields import Words

PAGES = (
    (PUBLIC, gettext_lazy("Everyone")),
    (MEMBERS, gettext_lazy("Member societies")),
    (OFFICE, gettext_lazy("The council’s team alone")),
)


def _pictures() -> list[tuple[str, Any]]:
    """What a group may decide; without a decision the house's holds."""
    as_house = (
        _("As the house has it: they stand there") if settings.MAIL_SHOWS_PICTURES else _("As the house has it: links")
    )
    return [("", as_house), ("True", _("They stand in the letters")), ("False", _("Links lead to them"))]


class SettingsForm(forms.Form):
    """What a group is for and how one comes in."""

    short = Words(label=gettext_lazy("Short name"), room=40)
    purpose = Words(label=gettext_lazy("Purpose"), room=4000, multiline=True, widget=forms.Textarea(attrs={"rows": 5}))
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Group.Kind.choices)
    joining = forms.ChoiceField(label=gettext_lazy("Joining"), choices=Group.Joining.choices)
    page_audience = forms.TypedChoiceField(
        label=gettext_lazy("Who sees its page"),
        coerce=int,
        choices=PAGES,
        help_text=gettext_lazy(
            "The page with its purpose, charter and officers; what is written in the group is for its members."
        ),
    )
    default_level = forms.ChoiceField(
        label=gettext_lazy("Letters and notices, unless a member chooses otherwise"), choices=Level.choices
    )
    is_content_free = forms.BooleanField(
        label=gettext_lazy("Letters say only that something is new"),
        required=False,
        help_text=gettext_lazy("Nothing that is written in the group goes by e-mail, and nothing is answered there."),
    )
    shows_pictures = forms.TypedChoiceField(
        label=gettext_lazy("Small pictures in the letters"),
        required=False,
        choices=_pictures,
        coerce={"True": True, "False": False}.get,
        empty_value=None,
        help_text=gettext_lazy(
            "Up to five of 200 kB each; whoever has the letter has them. Otherwise a link leads to them."
        ),
    )
    is_new = forms.BooleanField(label=gettext_lazy("Marked as new"), required=False)

    @classmethod
    def of(cls, group: Group, data: Any = None) -> SettingsForm:
        """Filled with what is set."""
        now = settings_of(group)
        return cls(data, initial={name: getattr(now, name) for name in cls.base_fields})

    def settings(self) -> Settings:
        return Settings(**{name: self.cleaned_data[name] for name in SettingsForm.base_fields})


def _several(label: Any, choices: Any = ()) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple)


class PolicyForm(forms.Form):
    """Whom a group admits: a seat has to fit in each of the five."""

    functions = _several(gettext_lazy("Functions"))
    capacities = _several(gettext_lazy("Capacities"), Tenure.Capacity.choices)
    leaderships = _several(gettext_lazy("Staff or volunteer leaders"), Tenure.Leadership.choices)
    organization_kinds = _several(gettext_lazy("Kinds of organizations"), Organization.Kind.choices)
    standings = _several(gettext_lazy("Standings"), Standing.Status.choices)

    def __init__(self, *args: Any, functions: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["functions"]
        field.choices = functions

    def policy(self) -> dict[str, list[str]]:
        return {name: sorted(self.cleaned_data[name]) for name in POLICY_FIELDS}


class FoundForm(SettingsForm, PolicyForm):
    """A new group with its settings and its first policy."""

    name = Words(label=gettext_lazy("Name"), room=150)
    slug = forms.SlugField(
        label=gettext_lazy("Short name in its address"),
        max_length=60,
        help_text=gettext_lazy("Small letters, digits and hyphens: general-counsels."),
    )
    is_closed = forms.BooleanField(
        label=gettext_lazy("Closed"),
        required=False,
        help_text=gettext_lazy(
            "A second person confirms everybody who comes in. A closed group is never opened again."
        ),
    )
    field_order = ("name", "short", "slug", "purpose", "kind", "joining", "page_audience", "is_closed")


class ClosureForm(forms.Form):
    """Typing the group's name shows that one means it; `seen` is the list one has looked at."""

    name = forms.CharField(
        label=gettext_lazy("The group’s name, to close it"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    seen = forms.CharField(max_length=32, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, group: Group, **options: Any) -> None:
        super().__init__(*args, **options)
        self.group = group

    def clean_name(self) -> str:
        typed = " ".join(str(self.cleaned_data["name"]).split())
        if typed.casefold() != self.group.name.casefold():
            raise forms.ValidationError(_("This is not the group’s name. Nothing was closed."))
        return typed

    def is_as_seen(self, closing: Closing) -> bool:
        """Whether the list one looked at is still what would happen; if not, an error says so."""
        if self.cleaned_data["seen"] == closing.fingerprint():
            return True
        self.add_error(None, _("Somebody came or went meanwhile. Look at the list again before the group is closed."))
        return False


class OfficerForm(forms.Form):
    """Whom to name to which office of a group; the seat only where a person has several."""

    handle = forms.CharField(
        label=gettext_lazy("Who"), max_length=60, help_text=gettext_lazy("The handle, as in the address of their page.")
    )
    role = forms.ChoiceField(label=gettext_lazy("Office"), choices=Office.Role.choices)
    tenure = forms.CharField(
        label=gettext_lazy("With which seat?"), max_length=20, required=False, widget=forms.HiddenInput
    )

    def clean_handle(self) -> str:
        return str(self.cleaned_data["handle"]).strip().removeprefix("@").lower()

    def settle_seat(self, seats: list[Tenure]) -> Tenure | None:
        """The seat meant; None with an error where nobody has this handle, or several seats wait to be chosen from."""
        field: Any = self.fields["tenure"]
        choices = [(str(seat.pk), f"{seat.title}, {seat.seat.organization}") for seat in seats]
        chosen = next((seat for seat in seats if str(seat.pk) == self.data.get("tenure")), None)
        if chosen or len(seats) == 1:
            return chosen or seats[0]
        if seats:
            field.widget = forms.RadioSelect(choices=choices)
            self.add_error("tenure", _("They hold several seats: choose one."))
        else:
            self.add_error("handle", _("Nobody with this handle holds a seat now."))
        return None
