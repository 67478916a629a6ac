"""What results can be narrowed by."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache, lru_cache
from html import escape
from typing import Any

from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from collegium.core.search.candidates import Narrowing

# Of each list the keys and names one may choose from.
Offered = tuple[tuple[tuple[int, str], ...], ...]

PERIODS = {
    "month": (_("In the last month"), timedelta(days=31)),
    "quarter": (_("In the last three months"), timedelta(days=92)),
    "year": (_("In the last year"), timedelta(days=366)),
    "three-years": (_("In the last three years"), timedelta(days=3 * 366)),
}
_NOTHING = {"group": _("Every group"), "society": _("Every society"), "function": _("Every function")}


class LongList(forms.Select):
    """A list of a hundred choices, written at once: drawing each by a template takes longer than all the page."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        attributes = format_html_join("", ' {}="{}"', self.build_attrs(self.attrs, attrs or {}).items())
        options = [_option(str(key), str(label), str(value or "")) for key, label in self.choices]
        return format_html('<select name="{}"{}>{}</select>', name, attributes, mark_safe("".join(options)))  # noqa: S308 - each part is escaped


def _option(key: str, label: str, chosen: str) -> str:
    return f'<option value="{escape(key)}"{" selected" if key == chosen else ""}>{escape(label)}</option>'


def _one_of(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=1, max_value=2**62, widget=LongList)


class NarrowingForm(forms.Form):
    """A group, a society, a function, a period; what is none of these narrows by nothing."""

    group = _one_of(_("Group"))
    society = _one_of(_("Society"))
    function = _one_of(_("Function"))
    period = forms.ChoiceField(
        label=_("Written"),
        required=False,
        choices=[("", _("At any time")), *((name, label) for name, (label, _length) in PERIODS.items())],
        widget=LongList,
    )

    def asked(self) -> dict[str, Any]:
        """What was chosen, of what can be chosen."""
        self.is_valid()
        return {name: value for name in self.fields if (value := self.cleaned_data.get(name))}

    def narrowing(self, kind: str, at: datetime) -> Narrowing:
        chosen = self.asked()
        period = PERIODS.get(chosen.pop("period", ""))
        return Narrowing(kind=kind, since=at - period[1] if period else None, **chosen)

    def drawn(self, lists: Mapping[str, Sequence[Mapping[str, Any]]]) -> SafeString:
        """The fields with their choices, found with the page itself; a list without any is left out."""
        offered = tuple(tuple((row["id"], row["name"]) for row in lists[f"of_{name}"]) for name in _NOTHING)
        if self.is_valid():
            return _drawn(get_language(), offered, tuple(self.asked().items()))
        return self.offering(offered)

    def offering(self, offered: Offered) -> SafeString:
        for (name, nothing), choices in zip(_NOTHING.items(), offered, strict=True):
            field: Any = self.fields[name]
            field.widget.choices = [("", nothing), *choices]
            if not choices:
                del self.fields[name]
        return render_to_string("web/search/narrowing.html", {"form": self})


def narrowed_by(given: QueryDict) -> NarrowingForm:
    """The form with what was chosen. Mostly that is nothing, and to make a form takes longer than to read it."""
    return NarrowingForm(given) if any(map(given.get, NarrowingForm.base_fields)) else _by_nothing()


@cache
def _by_nothing() -> NarrowingForm:
    """One for all pages, only read: the fields are drawn of a form of their own."""
    form = NarrowingForm({})
    form.full_clean()
    return form


@lru_cache(maxsize=256)
def _drawn(_language: str | None, offered: Offered, chosen: tuple[tuple[str, Any], ...]) -> SafeString:
    """The fields are kept by all that is in them: to draw a hundred choices takes as long as the rest of the page."""
    return NarrowingForm(dict(chosen)).offering(offered)
