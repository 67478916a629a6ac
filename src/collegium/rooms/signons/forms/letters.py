"""A letter's text and terms, and what a step asks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.core.access.chosen import Chosen
from collegium.core.access.judged import JudgedWords, paragraph
from collegium.core.calls.clocks import Day, LocalMoment, in_zone, zones
from collegium.core.entries.models import Entry
from collegium.core.people.models import Organization

from ..models import Letter, Version
from ..rules import words
from ..rules.letters import MOST_NEEDED
from ..terms import Terms, Wording


class WordingForm(forms.Form):
    """All that stands above the names."""

    addressee = JudgedWords(label=gettext_lazy("To whom does it go?"), judge=words.check_addressee)
    office = JudgedWords(label=gettext_lazy("Their office"), judge=words.check_name, required=False)
    address = JudgedWords(label=gettext_lazy("Address"), judge=words.check_address, required=False, widget=paragraph(3))
    subject = JudgedWords(label=gettext_lazy("Subject"), judge=words.check_subject)
    raw = JudgedWords(
        label=gettext_lazy("Text"),
        judge=words.check_text,
        widget=paragraph(20),
        help_text=gettext_lazy("Markdown, from the salutation to the closing. Names come below it by themselves."),
    )

    def wording(self) -> Wording:
        """From a sound form."""
        names = ("addressee", "office", "address", "subject", "raw")
        return Wording(**{name: self.cleaned_data[name] for name in names})


class TermsFields(forms.Form):
    """What societies sign under."""

    ask = JudgedWords(
        label=gettext_lazy("What does it ask?"),
        judge=words.check_ask,
        help_text=gettext_lazy("One sentence: societies read it first."),
    )
    grounds = Chosen(label=gettext_lazy("Which position does it follow from?"), required=False)
    is_advocacy = forms.BooleanField(
        label=gettext_lazy("It is advocacy: it asks somebody outside to do or to leave something"), required=False
    )
    delivers_on = Day(
        label=gettext_lazy("When is it delivered?"),
        help_text=gettext_lazy("Signing ends at least one day before that day."),
    )
    time_zone = forms.ChoiceField(label=gettext_lazy("On the clock of"), choices=zones)
    edits = forms.ChoiceField(
        label=gettext_lazy("What may be changed while it circulates?"),
        choices=Letter.Edits.choices,
        widget=forms.RadioSelect,
    )
    publication = forms.ChoiceField(
        label=gettext_lazy("Who reads it?"), choices=Letter.Publication.choices, widget=forms.RadioSelect
    )
    dissent = forms.ChoiceField(
        label=gettext_lazy("What is said of those who do not sign?"),
        choices=Letter.Dissent.choices,
        widget=forms.RadioSelect,
    )
    reservations = forms.ChoiceField(
        label=gettext_lazy("What becomes of reservations?"),
        choices=Letter.Reservations.choices,
        widget=forms.RadioSelect,
    )
    minimum = forms.IntegerField(
        label=gettext_lazy("How many societies have to sign?"), min_value=1, max_value=MOST_NEEDED, initial=1
    )
    late_until = LocalMoment(
        label=gettext_lazy("Until when are later names taken?"),
        required=False,
        help_text=gettext_lazy("They go to the addressee in an addendum. None are taken if this is left empty."),
    )

    def __init__(self, *args: Any, grounds: Iterable[Entry], **options: Any) -> None:
        super().__init__(*args, **options)
        chosen: Any = self.fields["grounds"]
        chosen.offer(grounds, empty=_("None: it says something new"))

    def terms(self) -> Terms:
        """From a sound form."""
        given = {name: self.cleaned_data[name] for name in TermsFields.base_fields}
        given["late_until"] = in_zone(given["late_until"], given["time_zone"])
        given["grounds"] = given["grounds"].pk if given["grounds"] else None
        return Terms(**given)


class NewLetterForm(WordingForm, TermsFields):
    """A letter with its host, text and terms."""

    host = Chosen(label=gettext_lazy("Who hosts it?"), required=False)

    def __init__(self, *args: Any, hosts: Iterable[Organization], takes_council: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        host: Any = self.fields["host"]
        host.offer(hosts, empty=_("The council's team") if takes_council else "—")
        host.required = not takes_council
        self.order_fields(["host", *WordingForm.base_fields, *TermsFields.base_fields])


class TextForm(WordingForm):
    """Another wording, from the version it began with; while societies are asked with the class of the change."""

    change = forms.ChoiceField(
        label=gettext_lazy("How much does it change?"),
        choices=[one for one in Version.Change.choices if one[0] != Version.Change.DRAFT],
        widget=forms.RadioSelect,
        required=False,
        help_text=gettext_lazy(
            "Where it says something else, every signature is asked for again, and silence is no signature."
        ),
    )
    note = JudgedWords(label=gettext_lazy("In a few words: what changed?"), judge=words.check_line, required=False)
    closes_at = LocalMoment(
        label=gettext_lazy("If everybody is asked again: until when?"),
        required=False,
        help_text=gettext_lazy("At least three days, and at least one day before the day of delivery."),
    )
    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=99_999)

    def __init__(self, *args: Any, letter: Letter, is_open: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.zone = letter.time_zone
        if not is_open:
            del self.fields["change"], self.fields["closes_at"]
        elif letter.edits == Letter.Edits.MINOR:
            self.fields["change"].choices = Version.Change.choices[1:-1]  # type: ignore[attr-defined]  # of choices
            del self.fields["closes_at"]

    def told(self) -> dict[str, Any]:
        """What the action is told, from a sound form."""
        given = self.cleaned_data
        closes_at = in_zone(given.get("closes_at"), self.zone)
        return {"base": given["base"], "change": given.get("change", ""), "note": given["note"], "closes_at": closes_at}


class StepForm(forms.Form):
    """A step: why, until when societies are asked, until when the list can be left."""

    closes_at = LocalMoment(label=gettext_lazy("Until when can societies sign?"))
    locks_at = LocalMoment(
        label=gettext_lazy("Until when can a signature be withdrawn?"),
        help_text=gettext_lazy("Signers read the proof until then: at least four hours from now."),
    )
    reason = JudgedWords(
        label=gettext_lazy("The reason"), judge=words.check_reason, required=False, widget=paragraph(4)
    )

    def __init__(self, *args: Any, move: Any, zone: str, label: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.zone = zone
        for asked, name in (("end", "closes_at"), ("lock", "locks_at")):
            if asked not in move.asks:
                del self.fields[name]
        self.fields["reason"].label = label
        self.fields["reason"].required = move.needs_reason
        self.fields["reason"].error_messages["required"] = _("Give the reason: it is shown and kept.")

    def told(self) -> dict[str, Any]:
        """What the action is told, from a sound form."""
        given = self.cleaned_data
        moments = {name: in_zone(given.get(name), self.zone) for name in ("closes_at", "locks_at")}
        return {"reason": given["reason"]} | moments


class DeliveryForm(forms.Form):
    """Another day of delivery."""

    to = Day(label=gettext_lazy("When is it delivered?"))


class LineForm(forms.Form):
    """A line that is kept."""

    line = JudgedWords(label=gettext_lazy("A line about it"), judge=words.check_line, required=False)

    def __init__(self, *args: Any, label: str, is_needed: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["line"].label, self.fields["line"].required = label, is_needed
