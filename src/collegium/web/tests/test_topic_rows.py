"""Rows of topics are drawn by hand for speed, and stay what the component draws."""

from datetime import UTC, datetime
from itertools import product

import pytest
from django.template import Context, Template

from collegium.web.topics import drawn, page_of

AT = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
PLAIN = {
    "id": 7,
    "title": "Who pays for <b>registries</b> & why?",
    "kind": "discussion",
    "group_short": "CFOs & friends",
    "author_name": "Ines “I” Okafor",
    "society_name": "Society of <Lagoon> Cardiology",
    "answers": 9,
    "unread": 0,
    "is_new": False,
    "at": AT,
    "pinned": False,
    "closed": False,
    "solved": False,
}
VARIANTS = [
    {},
    {"kind": "question"},
    {"kind": "question", "solved": True, "unread": 3},
    {"kind": "question", "closed": True, "is_new": True, "answers": 0},
    {"kind": "announcement", "pinned": True, "unread": 1000, "answers": 1},
    {"society_name": None, "answers": 5021, "closed": True, "solved": True},
    {"author_name": None, "society_name": None},
]
COMPONENT = Template(
    """{% load components i18n %}{% for row in rows %}
{% component "topic-row" title=row.title url=row.url level=level kind=row.kind kind_word=row.word by=row.author_name
    place=row.society_name answers=row.answers unread=row.unread at=row.at new=row.is_new pinned=row.pinned
    closed=row.closed solved=row.solved %}{% slot "note" %}{% if shows %}<span>{{ row.group_short }}</span>{% endif %}
{% endslot %}{% endcomponent %}{% endfor %}""".replace("\n    ", " ")
)


@pytest.mark.parametrize(("variant", "level", "shows"), list(product(VARIANTS, ["2", "3"], [True, False])))
def test_a_row_is_what_the_component_draws(variant, level, shows):
    row = PLAIN | variant
    word = "" if row["kind"] == "discussion" else row["kind"]
    given = {"rows": [row | {"url": "/topics/7/", "word": word}], "level": level, "shows": shows}
    expected = COMPONENT.render(Context(given))
    assert drawn([row], level=int(level), shows_group=shows).split() == expected.split()


def test_a_page_holds_its_size_and_the_pinned_rows_on_top():
    rows = [PLAIN | {"id": pk, "pinned": pk < 3, "at": AT.isoformat()} for pk in range(1, 7)]
    shown, more = page_of(rows, 3)
    assert ([row["id"] for row in shown], more) == ([1, 2, 3, 4, 5], True)
    shown, more = page_of([row | {"at": AT.isoformat()} for row in rows[:5]], 3)
    assert ([row["id"] for row in shown], more) == ([1, 2, 3, 4, 5], False)
