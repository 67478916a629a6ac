"""A piece of a page drawn once is the same for all it is told, and knows nothing else."""

import pytest
from django.template import Context, Engine, TemplateSyntaxError
from django.utils import translation
from django.utils.safestring import mark_safe


def template(source):
    return Engine.get_default().from_string("{% load kept i18n %}" + source)


def drawn(compiled, **values):
    return compiled.render(Context(values))


class Counted:
    """Says how often it was asked."""

    def __init__(self):
        self.asked = 0

    def __str__(self):
        self.asked += 1
        return "said"


def test_it_is_drawn_once_for_the_same_values():
    compiled, thing = template("{% kept thing=thing %}<b>{{ thing }}</b>{% endkept %}"), Counted()
    assert [drawn(compiled, thing=thing) for _time in range(3)] == ["<b>said</b>"] * 3
    assert thing.asked == 1


def test_it_is_drawn_for_each_value_by_itself():
    compiled = template("{% kept n=n word=word %}{{ n }} {{ word }}{% endkept %}")
    assert [drawn(compiled, n=n, word="x") for n in (1, 2, 1)] == ["1 x", "2 x", "1 x"]


def test_what_is_equal_but_of_another_kind_is_kept_apart():
    compiled = template("{% kept value=value %}{{ value }}{% endkept %}")
    assert drawn(compiled, value=mark_safe("<b>")) == "<b>"
    assert drawn(compiled, value="<b>") == "&lt;b&gt;"
    assert (drawn(compiled, value=1), drawn(compiled, value=True)) == ("1", "True")


def test_it_sees_nothing_but_what_it_is_told():
    compiled = template("{% kept n=n %}{% if reader %}leak{% endif %}{{ n }}{% endkept %}")
    assert drawn(compiled, n=1, reader="somebody") == "1"


def test_each_language_has_its_own():
    compiled = template('{% kept %}{% translate "Yes" %}{% endkept %}')
    with translation.override("en"):
        english = drawn(compiled)
    with translation.override("de"):
        german = drawn(compiled)
    assert (english, german) == ("Yes", "Ja")


def test_it_forgets_before_it_holds_too_much():
    compiled = template("{% kept n=n %}{{ n }}{% endkept %}")
    assert [drawn(compiled, n=n) for n in range(1000)] == [str(n) for n in range(1000)]
    node = next(node for node in compiled.nodelist if hasattr(node, "kept"))
    assert len(node.kept) <= 256


def test_it_takes_names_and_values_only():
    with pytest.raises(TemplateSyntaxError, match="takes names and values, not n"):
        template("{% kept n %}{% endkept %}")
