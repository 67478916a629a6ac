"""The swift way of drawing writes exactly what the template engine would."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.template import Context, Engine
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy, override

from collegium.design.components import Component
from collegium.design.gallery import gallery_of_components
from collegium.design.swift import written

pytestmark = pytest.mark.urls("collegium.design.tests.addresses")


def everything_drawn():
    return [
        example.drawn for chapter in gallery_of_components() for piece in chapter.pieces for example in piece.examples
    ]


def test_every_example_is_what_the_engine_writes(monkeypatch):
    swift = everything_drawn()
    monkeypatch.setattr(
        Component, "_writer", lambda self: lambda scope, context: self.template.nodelist.render(context)
    )
    monkeypatch.setattr(Component, "pure", False)
    assert everything_drawn() == swift


VALUES: dict[str, Any] = {
    "text": "<a> & 'b'",
    "trusted": mark_safe("<b>"),
    "lazy": gettext_lazy("question"),
    "number": 1234,
    "ratio": 1.5,
    "none": None,
    "empty": "",
    "one": {"label": "<x>", "url": "/x", "inner": {"deep": "d"}, "items": "own"},
    "thing": SimpleNamespace(label="<y>", call=lambda: "called", word="w"),
    "rows": [{"n": 1}, {"n": 2, "flag": True}],
    "pairs": [("a", 1), ("b", 2)],
}


@pytest.mark.parametrize(
    "source",
    [
        "{{ text }}{{ trusted }}{{ lazy }}{{ number }}{{ ratio }}{{ none }}{{ empty }}",
        "{{ one.label }}{{ one.inner.deep }}{{ one.items }}{{ thing.label }}{{ thing.call }}{{ rows.1.n }}",
        "{{ text|upper }}{{ empty|default:'x' }}{{ one.label|safe }}{{ 'literal' }}{{ _('question') }}",
        "{{ rows|length }}{{ rows.1.n }}",
        "{% if text %}a{% elif number %}b{% else %}c{% endif %}{% if none %}a{% elif empty %}b{% else %}c{% endif %}",
        "{% if not empty and number > 3 or none %}y{% endif %}{% if text == 'x' %}a{% else %}b{% endif %}",
        "{% if number != 3 %}a{% endif %}{% if number >= 9 and number <= 9 %}b{% endif %}{% if text < 3 %}c{% endif %}",
        "{% if 'a' in text %}in{% endif %}{% if none is None %}is{% endif %}{% if missing %}m{% else %}none{% endif %}",
        "{% if one.nothing %}a{% else %}b{% endif %}{% if thing.nothing.more %}a{% else %}b{% endif %}",
        "{% for row in rows %}{{ row.n }}{% if row.flag %}!{% endif %},{% endfor %}",
        "{% for row in none %}x{% empty %}e{% endfor %}",
        "{% for row in rows %}{{ forloop.counter }}{% endfor %}{% for k, v in pairs %}{{ k }}{{ v }}{% endfor %}",
        "{% for row in rows reversed %}{{ row.n }}{% endfor %}{% for row in missing %}x{% endfor %}",
        "{% for row in rows %}{% for other in rows %}{{ row.n }}{{ other.n }} {% endfor %}{% endfor %}{{ text }}",
        "{% translate 'question' %}{% translate 'a' as b %}{{ b }}{% translate text %}{% translate 'x' context 'y' %}",
        "{% blocktranslate with n=number %}{{ n }} of them{% endblocktranslate %}{% with a=text %}{{ a }}{% endwith %}",
        '{% include "design/components/coverage-bar.html" with bar=one %}{# nothing #}{% comment %}x{% endcomment %}',
        '{% icon "check" %}{% icon "check" _("Done") %}{% icon "check" text %}',
        '{% c "tag" label=text %}{% c "tag" label=_("new") %}{% c "button" label=one.label data-x=number %}',
        '{% component "card" title=text %}{{ text }}{% for row in rows %}{{ row.n }}{% endfor %}{% endcomponent %}',
        "",
        "only text",
    ],
)
def test_a_template_is_drawn_as_by_the_engine(source):
    values = {**VALUES, "one": {**VALUES["one"], "count": 3, "width": 50}}
    template = Engine.get_default().from_string("{% load components i18n %}" + source)
    context = Context(dict(values))
    context.template = template
    context.render_context.template = template
    assert written(template.nodelist)(context, context) == template.render(Context(dict(values)))


def test_a_drawing_is_for_one_language():
    tag = Component("since", (), slots=("label", "anchor"))
    drawn = {}
    for language in ("en", "de"):
        with override(language):
            drawn[language] = tag.draw({"label": "x", "anchor": "y"})
    assert drawn["en"] == drawn["de"] == '<p class="since" id="y"><span>x</span></p>'
    assert set(tag._writers) == {"en", "de"}


def test_with_debug_a_drawing_follows_its_template(settings):
    settings.DEBUG = True
    tag = Component("since", (), slots=("label", "anchor"))
    first = tag.template
    tag.draw({"label": "x", "anchor": "y"})
    assert tag.template is not first or settings.TEMPLATES[0]["OPTIONS"]["loaders"]
