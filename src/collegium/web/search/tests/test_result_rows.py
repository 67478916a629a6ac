"""Rows of results are drawn by hand for speed, and stay what a template would draw."""

from datetime import UTC, datetime

import pytest
from django.template import Context, Template
from django.utils.safestring import mark_safe

from collegium.core.search.kinds import Shown
from collegium.core.search.queries import Result
from collegium.web.search.rows import drawn

AT = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
MARKED = mark_safe("Who <mark>pays</mark> &amp; why?")
SHOWN = Shown("Who pays & why?", "/topics/7/?a=1&b", ("CFOs & friends", "Ines “I” Okafor, Society of <Lagoon>"), AT)
POST = Result("post", "Post & more", "message-square", MARKED, SHOWN, MARKED, "and 3 more places in the <same>")
VARIANTS = [
    POST,
    POST._replace(excerpt=mark_safe(""), more=""),
    POST._replace(shown=SHOWN._replace(at=None)),
    POST._replace(shown=SHOWN._replace(line=(), at=None)),
    POST._replace(kind="person", shown=SHOWN._replace(initials="I&O")),
]
TEMPLATE = Template(
    """{% load components i18n %}{% for result in results %}
<article class="row result-row">{% if result.shown.initials %}
<span class="face" aria-hidden="true">{{ result.shown.initials }}</span>{% else %}
<span class="result-kind">{% icon result.icon %}</span>{% endif %}
<div class="row-main"><h2><a href="{{ result.shown.url }}">{{ result.title }}</a></h2>
<p class="row-line"><span>{{ result.label }}</span>
{% for word in result.shown.line %}<span>{{ word }}</span>{% endfor %}
{% if result.shown.at %}<span>{% c "time" at=result.shown.at %}</span>{% endif %}</p>
{% if result.excerpt %}<p class="result-text">{{ result.excerpt }}</p>{% endif %}
{% if result.more %}<p class="row-line">{{ result.more }}</p>{% endif %}</div></article>{% endfor %}"""
)


@pytest.mark.parametrize("results", [[], *([result] for result in VARIANTS), VARIANTS])
def test_a_row_is_what_the_template_draws(results):
    expected = TEMPLATE.render(Context({"results": results}))
    assert "".join(drawn(results).split()) == "".join(expected.split())
