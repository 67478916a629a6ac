"""What people write in a topic: texts, the seat they speak from, the files they add."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.core.access.judged import JudgedWords
from collegium.core.files.models import Attachment
from collegium.core.groups.models import Group

from .models import Report
from .rules import check_text, check_title, check_words

TOPIC_ADDRESS = re.compile(r"(?:^|/topics/)(\d{1,9})(?:[/?#]|$)", re.ASCII)
LONGEST_ADDRESS = 300


class Files(forms.ClearableFileInput):
    """Several files at once. They are uploaded before the form is judged, so a refused form loses none."""

    allow_multiple_selected = True


class Number(forms.IntegerField):
    """A number the page itself put in the form; anything else counts as none."""

    widget = forms.HiddenInput

    def __init__(self, *, digits: int) -> None:
        self.digits = digits
        super().__init__(required=False)

    def clean(self, value: Any) -> int | None:
        text = str(value or "")
        plain = text.isascii() and text.isdigit() and len(text) <= self.digits
        return (int(text) or None) if plain else None


@dataclass(frozen=True, slots=True)
class Seat:
    """A tenure one can speak from, by its id; an action takes it for the tenure."""

    id: int
    title: str
    society: str

    @property
    def pk(self) -> int:
        return self.id


class PostForm(forms.Form):
    """A text, and from which seat it is said where there is a choice."""

    raw = JudgedWords(judge=check_text, widget=forms.Textarea(attrs={"rows": 6}))
    tenure = forms.ChoiceField(label=gettext_lazy("You speak as"), required=False, widget=forms.RadioSelect)
    files = forms.FileField(  # type: ignore[assignment]  # fields leave the class: the form's own `files` stay
        label=gettext_lazy("Files"), required=False, widget=Files
    )

    def __init__(self, *args: Any, seats: Sequence[Seat], **options: Any) -> None:
        super().__init__(*args, **options)
        self.seats = {str(seat.id): seat for seat in seats}
        # The uploads that wait for this form; see `take_files`.
        self.attachments: list[Attachment] = []
        choice: Any = self.fields["tenure"]
        choice.choices = [(key, f"{seat.title}, {seat.society}") for key, seat in self.seats.items()]
        choice.required = len(seats) > 1
        choice.error_messages |= {
            "required": _("Choose the seat you speak from."),
            "invalid_choice": _("You do not hold this seat, or it does not admit you here."),
        }
        self.fields["raw"].label = _("Your text")

    def clean_tenure(self) -> Seat | None:
        """The seat that was chosen, or the only one there is."""
        only = next(iter(self.seats.values())) if len(self.seats) == 1 else None
        return self.seats.get(self.cleaned_data["tenure"], only)


class AnswerForm(PostForm):
    """An answer to a topic, or to one post of it; `seen` is the newest post when the form was drawn."""

    reply_to = Number(digits=9)
    seen = Number(digits=9)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["raw"].label = _("Your answer")


class TopicForm(PostForm):
    """A new topic and its first post; `since` is when the form was drawn, in seconds since 1970."""

    kind = forms.ChoiceField(label=gettext_lazy("What is it?"), widget=forms.RadioSelect)
    title = JudgedWords(label=gettext_lazy("Title"), judge=check_title)
    audience = forms.ChoiceField(label=gettext_lazy("Who can see it?"), required=False, widget=forms.RadioSelect)
    since = Number(digits=11)

    field_order = ("kind", "title", "raw", "files", "audience", "tenure", "since")

    def __init__(
        self, *args: Any, kinds: Sequence[tuple[str, Any]], audiences: Sequence[tuple[int, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        kind: Any = self.fields["kind"]
        kind.choices = kinds
        audience: Any = self.fields["audience"]
        audience.choices = audiences
        audience.required = len(audiences) > 1
        self.only_audience = audiences[0][0]

    def clean_audience(self) -> int:
        """The id of the audience that was chosen, or of the only one there is."""
        return int(self.cleaned_data["audience"] or self.only_audience)


class EditForm(forms.Form):
    """Another wording of a post."""

    raw = JudgedWords(label=gettext_lazy("Your text"), judge=check_text, widget=forms.Textarea(attrs={"rows": 10}))


class TopicAddress(forms.Field):
    """The address of a topic, as it stands in the browser's address line; cleaned to the topic's id."""

    def to_python(self, value: Any) -> int | None:
        text = str(value or "").strip()
        if not text:
            return None
        found = TOPIC_ADDRESS.search(text[:LONGEST_ADDRESS])
        if found is None:
            raise ValidationError(_("This is not the address of a topic: it ends like /topics/12/."))
        return int(found[1])


class LinkForm(forms.Form):
    """Another topic, and how this one goes with it."""

    to = TopicAddress(
        label=gettext_lazy("Address of the other topic"),
        help_text=gettext_lazy("Copy it from the address line of your browser; it ends like /topics/12/."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("How do they go together?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        kind: Any = self.fields["kind"]
        kind.choices = kinds


class TitleForm(forms.Form):
    """Another title of a topic."""

    title = JudgedWords(label=gettext_lazy("Title"), judge=check_title)


# --- what waits for an officer


class ReportForm(forms.Form):
    """What is wrong with a post."""

    reason = forms.ChoiceField(
        label=gettext_lazy("What is wrong with it?"), choices=Report.Reason.choices, widget=forms.RadioSelect
    )
    words = JudgedWords(
        label=gettext_lazy("In a few words"),
        judge=check_words,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class DecisionForm(forms.Form):
    """What whoever waits for the decision is told."""

    words = JudgedWords(
        label=gettext_lazy("Your words"), judge=check_words, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class DeletionForm(forms.Form):
    """Why an officer deletes a post, for its author."""

    words = JudgedWords(
        label=gettext_lazy("Why? Its author reads this"), judge=check_words, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["words"].error_messages["required"] = _("Say why: its author will read it.")


class ReportedForm(DecisionForm):
    """What those who reported a post are told, and its author if it is deleted."""

    reason = JudgedWords(
        label=gettext_lazy("If you delete it: why? Its author reads this, and not who reported it"),
        judge=check_words,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class HoldingForm(forms.Form):
    """Which posts of a group wait for an officer."""

    holding = forms.ChoiceField(
        label=gettext_lazy("What waits for an officer?"), choices=Group.Holding.choices, widget=forms.RadioSelect
    )
    held_at_first = Number(digits=2)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        number: Any = self.fields["held_at_first"]
        number.widget = forms.TextInput(attrs={"inputmode": "numeric", "size": "3"})
        number.label = _("How many of the first posts of a person")

    def clean_held_at_first(self) -> int:
        """What is no number counts as none, which no group can choose."""
        return self.cleaned_data["held_at_first"] or 0


class HeldForm(EditForm):
    """Another wording of what waits; of a new topic the title too."""

    title = JudgedWords(label=gettext_lazy("Title"), judge=check_title)

    field_order = ("title", "raw")

    def __init__(self, *args: Any, has_title: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not has_title:
            del self.fields["title"]


class PlaceForm(forms.Form):
    """Where a topic goes on."""

    to = forms.ChoiceField(label=gettext_lazy("Where to?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, places: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        to: Any = self.fields["to"]
        to.choices = places

    def clean_to(self) -> int:
        return int(self.cleaned_data["to"])
