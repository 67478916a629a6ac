"""The tags that use components: what is declared works, what is not is refused, nothing escapes unescaped."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import Context, Engine, TemplateSyntaxError
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from collegium.design import catalogue, components
from collegium.design.catalogue import CATALOGUE
from collegium.design.components import Component, ComponentError, attributes, choice, draw, flag, needed, text

from .drawing import drawn, same_html, without_icons

HERE = Path(__file__).parent
CARD = '{% component "card" title="T" %}'
TEMPLATES = HERE.parent / "templates" / "design"


def test_a_component_draws_its_props_escaped():
    assert drawn('{% c "tag" label=word %}', word="<b>&") == '<span class="tag plain">&lt;b&gt;&amp;</span>'


def test_a_block_fills_named_slots_and_the_rest_is_the_body():
    html = drawn('{% component "card" title="T" %}body{% slot "footer" %}{{ n }}{% endslot %}{% endcomponent %}', n="<")
    same_html(
        html,
        '<article class="card"><h3>T</h3><div class="card-body">body</div><footer>&lt;</footer></article>',
    )


def test_a_slot_sees_the_page_and_a_component_does_not():
    assert "here" in drawn('{% component "section" title="T" %}{{ word }}{% endcomponent %}', word="here")
    assert drawn('{% c "tag" label="x" %}', icon="lock", kind="seal") == '<span class="tag plain">x</span>'


def test_an_empty_slot_counts_as_absent():
    html = drawn(
        '{% component "card" title="T" %}{% slot "footer" %}  {% if no %}x{% endif %} {% endslot %}{% endcomponent %}'
    )
    same_html(html, '<article class="card"><h3>T</h3></article>')


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ('{% c "buton" label="x" %}', "no component “buton”"),
        ('{% c "button" lable="x" %}', "no prop “lable”"),
        ('{% c "button" %}', "needs “label”"),
        ('{% c "button" label="x" kind="huge" %}', "primary, plain, quiet, danger"),
        ('{% c "button" label="x" label="y" %}', "given twice"),
        ('{% c "button" "x" %}', "by name"),
        ("{% c name %}", "in quotes"),
        ("{% c %}", "needs the name"),
        (CARD + '{% slot "foot" %}x{% endslot %}{% endcomponent %}', "no slot “foot”"),
        ('{% component "button" label="x" %}body{% endcomponent %}', "no slot “body”"),
        ('{% slot "footer" %}x{% endslot %}', "directly inside"),
        (
            '{% component "card" title="T" %}{% if x %}{% slot "footer" %}x{% endslot %}{% endif %}{% endcomponent %}',
            "direct",
        ),
        ('{% component "card" title="T" %}{% slot footer %}x{% endslot %}{% endcomponent %}', "in quotes"),
        ('{% component "card" title="T" %}{% slot %}x{% endslot %}{% endcomponent %}', "say"),
        (CARD + '{% slot "footer" %}{% endslot %}{% slot "footer" %}{% endslot %}{% endcomponent %}', "filled twice"),
        ('{% c "button" label="x" style="color:red" %}', "no prop “style”"),
        ('{% c "button" label="x" onclick="x()" %}', "no prop “onclick”"),
        ('{% c "button" label="x" hx-on:click="x()" %}', "no prop “hx-on:click”"),
        ('{% c "state" word="x" data-x="1" %}', "no prop “data-x”"),
    ],
)
def test_what_is_not_declared_is_refused_when_the_page_is_compiled(source, reason):
    with pytest.raises(TemplateSyntaxError, match=reason):
        drawn(source)


@pytest.mark.parametrize(
    ("source", "value", "reason"),
    [
        ('{% c "button" label=value %}', None, "needs “label”, and got nothing"),
        ('{% c "button" label=value %}', ["x"], "is a text"),
        ('{% c "button" label="x" kind=value %}', "huge", "one of primary"),
        ('{% c "count" n=value label="x" %}', "3", "is a number"),
        ('{% c "count" n=value label="x" %}', True, "is a number"),
        ('{% c "history" items=value %}', "abc", "is a list"),
    ],
)
def test_what_does_not_fit_is_refused_when_the_page_is_drawn(source, value, reason):
    with pytest.raises(ComponentError, match=reason):
        drawn(source, value=value)


def test_nothing_for_an_optional_prop_is_its_default():
    assert drawn('{% c "tag" label="x" kind=a url=b %}', a=None, b="") == '<span class="tag plain">x</span>'


def test_a_kept_rendering_never_mixes_up_trusted_and_typed_text():
    trusted, typed = mark_safe("<i>x</i>"), "<i>x</i>"
    assert drawn('{% c "tag" label=word %}', word=trusted) == '<span class="tag plain"><i>x</i></span>'
    assert drawn('{% c "tag" label=word %}', word=typed) == '<span class="tag plain">&lt;i&gt;x&lt;/i&gt;</span>'
    assert drawn('{% c "tag" label=word %}', word=gettext_lazy("question")) == '<span class="tag plain">question</span>'


def test_kept_renderings_stay_few(monkeypatch):
    monkeypatch.setattr(components, "KEPT_AT_MOST", 3)
    tag = Component("tag", CATALOGUE["tag"].props, pure=True)
    for n in range(10):
        assert tag.draw({"label": str(n)}) == f'<span class="tag plain">{n}</span>'
    assert len(tag._kept) == 1


def test_a_value_that_cannot_be_a_key_is_drawn_afresh():
    tag = Component("tag", (needed("label", "thing"), choice("kind", "plain"), text("icon"), text("url")), pure=True)
    assert tag.draw({"label": ["a"]}) == '<span class="tag plain">[&#x27;a&#x27;]</span>'
    assert tag._kept == {}


def test_attributes_are_escaped_and_true_is_the_bare_name():
    given = {"hx-post": '/a?"b"', "data-open": True, "data-shut": False, "id": None, "data-n": 3}
    assert attributes(given) == ' hx-post="/a?&quot;b&quot;" data-open data-n="3"'


def test_a_component_is_drawn_from_python_by_the_same_rules():
    button = draw(CATALOGUE["button"], label="Send", **{"data-x": "1"})
    assert button == '<button class="button primary" type="submit" data-x="1"><span>Send</span></button>'
    section = draw(CATALOGUE["section"], title="T", body="<b>")
    same_html(section, '<section class="section"><div class="section-head"><h2>T</h2></div>&lt;b&gt;</section>')
    with pytest.raises(ComponentError, match="no prop “lable”"):
        draw(CATALOGUE["button"], lable="x")


@pytest.mark.urls("collegium.design.tests.addresses")
def test_blocks_and_partials_work_inside_a_component():
    source = (
        '{% extends "design/plain.html" %}{% load components %}{% block main %}{% component "card" title="T" %}'
        "{% block inner %}inner{% endblock %}{% partialdef part inline %}part{% endpartialdef %}"
        "{% endcomponent %}{% partial part %}{% endblock %}"
    )
    html = Engine.get_default().from_string(source).render(Context({"house": None}))
    card = '<article class="card"><h3>T</h3><div class="card-body">innerpart</div></article>part'
    assert card in html.replace("\n", "")


def test_every_component_has_a_template_an_example_and_a_test():
    named = {component.name for _anchor, _title, row in catalogue.CHAPTERS for component in row}
    tests = "\n".join(path.read_text() for path in HERE.glob("test_*.py"))
    tested = {name for name in named if re.search(rf"^def test_{name.replace('-', '_')}_", tests, re.MULTILINE)}
    assert tested == named
    assert {path.stem for path in (TEMPLATES / "gallery").glob("*.html")} == named
    partials = {"coverage-bar", "field-optional", "field-wrong", "account-menu", "theme-choice"}
    assert {path.stem for path in (TEMPLATES / "components").glob("*.html")} == named | partials


def test_no_two_components_share_a_name():
    names = [component.name for _anchor, _title, row in catalogue.CHAPTERS for component in row]
    assert len(names) == len(set(names)) == len(CATALOGUE)


def test_a_flag_is_whether_a_value_is_true():
    assert flag("small").checked("x", [1]) is True
    assert flag("small").checked("x", "") is False


def test_icons_are_decorative_unless_they_have_a_label():
    assert drawn('{% icon "check" %}').startswith('<svg class="icon" aria-hidden="true"')
    assert drawn('{% icon "check" word %}', word='"><b>').startswith(
        '<svg class="icon" role="img" aria-label="&quot;&gt;&lt;b&gt;"'
    )
    assert without_icons(drawn('a{% icon "check" %}b')) == "a<svg></svg>b"


def test_an_unknown_icon_is_refused():
    with pytest.raises(Exception, match="does not exist"):
        drawn('{% icon "no-such-icon" %}')
