"""Invented content for the gallery: names short and long, numbers small and large, a form sent and refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from collegium.design.house import House, Place, Reader
from collegium.design.text import render_markdown

NOW = datetime(2026, 11, 21, 14, 30, tzinfo=UTC)
LONG_NAME = "Prof. Dr. Maximiliana Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh de la Cruz, MPH"
LONG_PLACE = "Intercontinental Confederation of Paediatric Gastroenterology, Hepatology and Nutrition Societies"
LONG_TITLE = (
    "What do you do when the auditors, the foundation’s board and the registry’s steering committee each want a "
    "different written method for sharing the same four salaries?"
)

ASKED = """Our auditors have asked for a **written allocation method** before year end.

The registry is owned by the society, funded two thirds by the foundation, and its staff sit in both.

- head-count has been our key so far
- it no longer holds since the data platform moved

Has anybody moved to a *usage-based* key, and did your auditors accept it without a side letter?"""

ANSWERED = """We did, two years ago. Three keys, fixed each January by both boards:

| Cost | Key | Share |
| --- | --- | ---: |
| Data platform | records submitted | 62 % |
| Staff | hours booked | 48 % |
| Office | square metres | 31 % |

The memo is four pages; the auditors accepted it as it was, because *the boards minute the keys*.

> Ask me for the spreadsheet. See also [the template](https://example.org/keys) and `KEYS-2026`."""


class SampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label=_("Title"), max_length=120, help_text=_("One line that others will find next year."))
    society = forms.ChoiceField(
        label=_("You speak for"),
        choices=[("lagoon", "Society of Lagoon Cardiology"), ("reef", "Academy of Reef Dermatology")],
    )
    begins = forms.DateField(label=_("First day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[("q", _("A question")), ("d", _("A discussion")), ("a", _("An announcement"))],
        widget=forms.RadioSelect,
        help_text=_("A question can get an accepted answer."),
    )
    told = forms.MultipleChoiceField(
        label=_("Who should hear of it"),
        choices=[("group", _("Everyone in the group")), ("chairs", _("The chairs"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = forms.CharField(label=_("Note to the chair"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    paper = forms.FileField(label=_("Paper"), required=False, help_text=_("PDF or DOCX, up to 20 MB."))
    agree = forms.BooleanField(label=_("I have read what may be shared in this group"), help_text=_("Two minutes."))
    text = forms.CharField(
        label=_("Your answer"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}), required=False
    )


def sent_form() -> SampleForm:
    """The form as it comes back: a title too long, a day that is none, nothing agreed; what was typed is kept."""
    typed = {
        "title": LONG_TITLE,
        "society": "reef",
        "begins": "31 November",
        "kind": "x",
        "note": "See <b>last</b> year.",
    }
    form = SampleForm(typed, auto_id="sent_%s")
    form.is_valid()
    return form


def example_values() -> dict[str, Any]:
    """Everything the examples name."""
    return {
        "now": NOW,
        "today": date(2026, 11, 21),
        "soon": NOW + timedelta(days=2, hours=7),
        "later": NOW + timedelta(days=18),
        "gone": NOW - timedelta(days=1),
        "long_name": LONG_NAME,
        "long_place": LONG_PLACE,
        "long_title": LONG_TITLE,
        "form": SampleForm(auto_id="fresh_%s", initial={"kind": "q"}),
        "sent": sent_form(),
        "editor_form": SampleForm(auto_id="edit_%s"),
        "asked": render_markdown(ASKED),
        "answered": render_markdown(ANSWERED, link_mention=lambda handle: None),
        "house": sample_house(),
        "outside": House(name="Council of Island Specialty Societies", sign_in_url="#"),
        "workplaces": _workplaces(),
        **_lists(),
    }


def _workplaces() -> list[dict[str, Any]]:
    """Sections of places, the first of them the present one."""
    pages = [
        {"label": gettext("Waiting"), "url": "#", "current": True},
        {"label": gettext("Requests"), "url": "#requests"},
    ]
    return [
        {"label": gettext("Today"), "url": "#", "current": True, "places": pages},
        {"label": gettext("Machine"), "url": "#health", "places": [{"label": gettext("Health"), "url": "#health"}]},
    ]


def _lists() -> dict[str, Any]:
    day = timedelta(days=1)
    return {
        "places": [
            {"label": gettext("All"), "url": "#", "current": True, "count": 128},
            {"label": gettext("Questions"), "url": "#", "count": 41},
            {"label": gettext("Open"), "url": "#", "count": 7},
            {"label": gettext("Announcements"), "url": "#"},
        ],
        "people": [{"initials": letters} for letters in ("IO", "TH", "PR", "ME", "BL", "RA", "JW")],
        "societies": [
            ("Society of Lagoon Cardiology", 6),
            ("College of Harbour Surgeons", 4),
            ("Academy of Reef Dermatology", 3),
            (LONG_PLACE, 3),
            ("Guild of Coastal Anesthesia", 2),
            *[(f"Society no. {n}", 1) for n in range(6, 16)],
        ],
        "trace": [
            {"at": NOW - 9 * day, "who": "Ines Okafor", "what": gettext("asked the question")},
            {"at": NOW - 8 * day, "who": "Tomasz Halloran", "what": gettext("answered")},
            {"at": NOW - day, "who": LONG_NAME, "what": gettext("accepted the answer"), "note": gettext("as chair")},
        ],
        "way": [
            {"label": gettext("Draft"), "state": "done"},
            {"label": gettext("Comment"), "state": "now", "note": gettext("until 4 December")},
            {"label": gettext("Vote"), "state": "todo"},
        ],
        "story": [
            {"at": date(2026, 3, 4), "text": gettext("Raised by the registries group"), "url": "#"},
            {"at": date(2026, 6, 1), "text": gettext("First draft"), "note": gettext("212 comments, all answered")},
            {"at": NOW, "text": gettext("Adopted and published")},
        ],
        "terms": [
            (gettext("Adopted"), gettext("9 December 2026 by the board: 41 for, 3 against, 4 abstained")),
            (gettext("Supported by"), gettext("44 of 51 societies, two with a reservation")),
            (gettext("Cite"), f"{LONG_PLACE}. Position 2026-07, version 1."),
        ],
        "crumbs": [
            {"label": gettext("Groups"), "url": "#"},
            {"label": gettext("Chief Financial Officers"), "url": "#"},
            {"label": gettext("question")},
        ],
        "roster": [
            ("Chief executive", "Dr. Ruth Alder", "Society of Lagoon Cardiology", "done", gettext("held")),
            ("Chief finance officer", "Ines Okafor", LONG_PLACE, "done", gettext("held")),
            ("General counsel", "—", "College of Harbour Surgeons", "open", gettext("vacant")),
            ("Chief information officer", "Bao Lindqvist", "Academy of Reef Dermatology", "part", gettext("interim")),
        ],
    }


def sample_house(current: str = "topic") -> House:
    """The masthead of an invented council, as a signed-in reader sees it."""
    labels = ((_("Home"), "home"), (_("Groups"), "topic"), (_("Societies"), "societies"), (_("People"), "people"))
    return House(
        name="Council of Island Specialty Societies",
        nav=[Place(str(label), "#", current=word == current) for label, word in labels]
        + [Place(gettext("Office"), "#", count=4)],
        person=Reader(
            name="Ines Okafor",
            url="#",
            note="Society of Lagoon Cardiology",
            menu=[
                Place(gettext("Profile"), "#"),
                Place(gettext("Notices"), "#", count=3),
                Place(gettext("Sign-in"), "#"),
            ],
        ),
        badge=3,
        notices_url="#",
        search_url="#",
        sign_out_url="#",
        demo=True,
        demo_url="#",
        footer=[Place(gettext("About"), "#"), Place(gettext("Privacy"), "#")],
    )


SAMPLES: dict[str, Callable[[], dict[str, Any]]] = {
    "topic": example_values,
    "group": example_values,
    "form": example_values,
}
