"""Writing a letter from its three templates."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.conf import settings
from django.template import Context
from django.template.loader import get_template

from collegium.core.people.models import Organization
from collegium.design.house import House

from .registry import LetterKind

SUBJECT_LENGTH = 200


class Written(NamedTuple):
    """A letter's words."""

    subject: str
    text: str
    html: str


def write(kind: LetterKind, context: dict[str, Any], house: House | None = None) -> Written:
    """The words of a letter; ValueError if it is told more or less than its kind needs.

    The house is looked up unless it is given.
    """
    if set(context) != set(kind.needs):
        raise ValueError(f"letter {kind.name} needs {sorted(kind.needs)} and was told {sorted(context)}")
    told = {**context, "house": house or the_house()}
    subject, text, html = kind.templates
    return Written(
        subject=" ".join(_plain(subject, told).split())[:SUBJECT_LENGTH],
        text=_plain(text, told).strip() + "\n",
        html=get_template(html).render(told),
    )


def _plain(template: str, told: dict[str, Any]) -> str:
    """Text for reading as it is: nothing in it is HTML, so nothing is escaped."""
    found: Any = get_template(template)
    return str(found.template.render(Context(told, autoescape=False)))


def the_house() -> House:
    """What every letter says of the house it comes from."""
    council = Organization.objects.filter(kind=Organization.Kind.COUNCIL).values_list("entry__title", flat=True).first()
    return House(name=council or "Collegium", home_url=settings.BASE_URL)
