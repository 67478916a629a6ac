"""What is filled in at a desk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from allauth.account.fields import EmailField
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.core.calls.clocks import Day
from collegium.core.people.actions import Heir
from collegium.core.people.models import Departure, Function, Person, Tenure
from collegium.web.account.forms.fields import NameWords, Words

from ..together import Row

FAR = timedelta(days=365 * 5)


class DayField(Day):
    """A day within five years of today."""

    def __init__(self, **options: Any) -> None:
        super().__init__(validators=(), **options)
        self.today: date | None = None

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day is not None and self.today is not None and abs(day - self.today) > FAR:
            raise ValidationError(_("This day is too far away."))
        return day


class DayForm(forms.Form):
    """A form whose days are near today."""

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            if isinstance(field, DayField):
                field.today = today


class HolderForm(DayForm):
    """Who takes a seat: somebody of the society, or somebody new or elsewhere by their address."""

    function = forms.ModelChoiceField(
        label=gettext_lazy("Seat"), queryset=Function.objects.none(), to_field_name="slug"
    )
    person = forms.ModelChoiceField(
        label=gettext_lazy("Somebody of the society"),
        queryset=Person.objects.none(),
        to_field_name="handle",
        required=False,
        empty_label=gettext_lazy("Somebody else, by address"),
    )
    name = NameWords(label=gettext_lazy("Name"), room=150, required=False)
    email = EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        required=False,
        help_text=gettext_lazy("A letter goes there. Whoever signs in with it already keeps their account and name."),
    )
    title = NameWords(label=gettext_lazy("Title"), room=150)
    capacity = forms.ChoiceField(label=gettext_lazy("Capacity"), choices=Tenure.Capacity.choices, initial="holder")
    leadership = forms.ChoiceField(
        label=gettext_lazy("Staff or volunteer"), choices=Tenure.Leadership.choices, initial="staff"
    )
    starts_on = DayField(label=gettext_lazy("First day"))
    succeeds = forms.BooleanField(
        label=gettext_lazy("Whoever holds the seat until then leaves it on the day before"), required=False
    )

    def __init__(self, *args: Any, functions: Any, people: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["function"].queryset = functions  # type: ignore[attr-defined]  # a field of rows
        self.fields["person"].queryset = people  # type: ignore[attr-defined]  # a field of rows
        self.fields["email"].widget.attrs = {"type": "email", "autocomplete": "off"}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not given.get("person") and not {"name", "email"} & set(self.errors):
            for field in ("name", "email"):
                if not given.get(field):
                    self.add_error(field, _("Say who it is."))
        return given


class CorrectionForm(forms.Form):
    """What somebody is called in a seat."""

    title = NameWords(label=gettext_lazy("Title"), room=150)
    leadership = forms.ChoiceField(label=gettext_lazy("Staff or volunteer"), choices=Tenure.Leadership.choices)


class CapacityForm(DayForm):
    """In another capacity from a day on."""

    capacity = forms.ChoiceField(label=gettext_lazy("Capacity"), choices=Tenure.Capacity.choices)
    from_day = DayField(label=gettext_lazy("From"))


class LastDayForm(DayForm):
    """The last day of a tenure, or of somebody at the society."""

    last_day = DayField(label=gettext_lazy("Last day"))


class DepartureForm(DayForm):
    """Who leaves, and when."""

    person = forms.ModelChoiceField(
        label=gettext_lazy("Who leaves"), queryset=Person.objects.none(), to_field_name="handle"
    )
    last_day = DayField(label=gettext_lazy("Last day"))

    def __init__(self, *args: Any, people: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]  # a field of rows


class AttestationForm(forms.Form):
    """For each seat that is held: another title, or that the person no longer holds it. Left alone it is confirmed."""

    def __init__(self, *args: Any, tenures: Iterable[Tenure], **options: Any) -> None:
        super().__init__(*args, **options)
        self.rows = [self._row(tenure) for tenure in tenures]

    def _row(self, tenure: Tenure) -> Row:
        title, gone = f"title-{tenure.pk}", f"gone-{tenure.pk}"
        words = {"name": tenure.person.name, "function": tenure.seat.function.name}
        self.fields[title] = Words(
            label=_("Title of %(name)s as %(function)s") % words, room=150, initial=tenure.title, required=False
        )
        self.fields[gone] = forms.BooleanField(label=_("%(name)s no longer holds this seat") % words, required=False)
        return {"tenure": tenure, "title": self[title], "gone": self[gone]}

    def titles(self) -> dict[int, str]:
        """By tenure; a title left empty stays as it was."""
        given = {row["tenure"].pk: self.cleaned_data[row["title"].name] for row in self.rows}
        return {pk: title for pk, title in given.items() if title}

    def removals(self) -> set[int]:
        """The tenures of those who no longer hold the seat."""
        return {row["tenure"].pk for row in self.rows if self.cleaned_data[row["gone"].name]}


class HandOnForm(forms.Form):
    """For each seat and thing, who takes it; the names of the fields carry the ids."""

    def __init__(
        self,
        *args: Any,
        departure: Departure,
        seats: Iterable[Row],
        things: Iterable[Row],
        people: Iterable[Person],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.departure = departure
        self.people = {str(person.pk): person for person in people}
        nobody = [("", _("Nobody yet"))]
        self.choices = [*nobody, *((key, person.full_name) for key, person in self.people.items())]
        self.seats = [self._seat(row) for row in seats]
        self.things = [self._thing(row) for row in things]

    def _successor(self, name: str, label: str, initial: int | None) -> None:
        self.fields[name] = forms.ChoiceField(
            label=label, choices=self.choices, required=False, initial=str(initial or "")
        )

    def _seat(self, row: Row) -> Row:
        tenure, succession = row["tenure"], row["succession"]
        name = f"seat-{tenure.pk}"
        function = row["seat"].function.name
        self._successor(name, _("Who follows as %(function)s") % {"function": function}, _heir(row))
        self.fields[f"{name}-capacity"] = forms.ChoiceField(
            label=_("In which capacity, as %(function)s") % {"function": function},
            choices=Tenure.Capacity.choices,
            initial=succession.capacity if succession else tenure.capacity,
            required=False,
        )
        if row["mandates"]:
            self.fields[f"{name}-mandates"] = forms.BooleanField(
                label=_("With the mandates: %(acts)s") % {"acts": ", ".join(map(str, row["mandates"]))},
                required=False,
                initial=row["with_mandates"] or self.departure.handed_at is None,
            )
        parts = {part: name + end for part, end in (("who", ""), ("capacity", "-capacity"), ("mandates", "-mandates"))}
        return row | {"fields": {part: self[field] for part, field in parts.items() if field in self.fields}}

    def _thing(self, row: Row) -> Row:
        thing = row["thing"]
        name = f"{thing.kind}-{thing.thing_id}"
        self._successor(name, _("Who takes: %(thing)s") % {"thing": thing.label}, row["successor"])
        return row | {"field": self[name], "name": name}

    def heirs(self) -> dict[int, Heir | None]:
        """By the id of the tenure that ends."""
        found: dict[int, Heir | None] = {}
        for row in self.seats:
            name = f"seat-{row['tenure'].pk}"
            person = self.people.get(self.cleaned_data[name])
            capacity = self.cleaned_data[f"{name}-capacity"] or Tenure.Capacity.HOLDER
            mandates = bool(self.cleaned_data.get(f"{name}-mandates"))
            found[row["tenure"].pk] = Heir(person, capacity, mandates) if person else None
        return found

    def takers(self) -> dict[tuple[str, int], Person | None]:
        """By kind and id of the thing."""
        return {
            (row["thing"].kind, row["thing"].thing_id): self.people.get(self.cleaned_data[row["name"]])
            for row in self.things
        }


def _heir(row: Row) -> int | None:
    succession = row["succession"]
    return succession.person_id if succession else row["suggested"]
