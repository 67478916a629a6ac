"""Whole pages: the base, the pages of refusal, the letters; light enough, without a query, without inline code."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.contrib.staticfiles import finders
from django.template import Context, Engine
from django.test import RequestFactory

from collegium.design import views
from collegium.design.house import House, Place, Reader
from collegium.design.stylesheet import the_stylesheet

from .drawing import drawn, same_html

pytestmark = pytest.mark.urls("collegium.design.tests.addresses")
TEMPLATES = Path(views.__file__).parent / "templates"
REFUSALS = ("400", "403", "403_csrf", "404", "413", "429", "500", "503")
PAGE = '{% extends "design/page.html" %}{% block title %}T{% endblock %}{% block main %}<h1>T</h1>{% endblock %}'


def page(source=PAGE, **values):
    return Engine.get_default().from_string(source).render(Context(values))


def test_a_page_names_the_house_the_way_and_the_reader():
    house = House(
        name="Council <of> Isles",
        nav=[Place("Groups", "/g", current=True), Place("Desk", "/d", count=4)],
        person=Reader("Ines Okafor, CPA", "/me", key="7", zone="Europe/Berlin", menu=[Place("Profile", "/profile")]),
        badge=3,
        notices_url="/notices",
        search_url="/search",
        sign_out_url="/out",
        demo=True,
        demo_url="/personas",
    )
    html = page(house=house)
    assert "<title>T · Council &lt;of&gt; Isles</title>" in html
    assert '<a href="/g" aria-current="page">Groups</a>' in html
    assert 'data-reader="7" data-own-zone>' in html
    assert html.count("<h1>") == 1
    assert re.findall(r'<a class="skip" href="#main">|<main id="main"', html) == [
        '<a class="skip" href="#main">',
        '<main id="main"',
    ]
    for piece in ("3 unread", ">IO<", "/personas", 'action="/search"', '<form method="post" action="/out"', "/profile"):
        assert piece in html


def test_a_page_for_nobody_offers_to_sign_in_and_the_theme():
    html = page(house=House(name="C", sign_in_url="/in"))
    assert '<a class="button plain small" href="/in">Sign in</a>' in html
    assert html.count('class="theme-choice"') == 1
    assert "details" not in html


def test_a_page_without_a_margin_has_an_empty_aside_that_styles_hide():
    assert '<aside class="margin" aria-label="Beside the text"></aside>' in page(house=House(name="C"))


def test_messages_are_banners_of_their_kind():
    messages = [
        Message(level, f"{level}<") for level in (constants.SUCCESS, constants.WARNING, constants.ERROR, constants.INFO)
    ]
    html = page(house=House(name="C"), messages=messages)
    assert re.findall(r'class="banner (\w+)" role="(\w+)"', html) == [
        ("success", "status"),
        ("warning", "status"),
        ("refusal", "alert"),
        ("info", "status"),
    ]
    assert "40&lt;" in html


def test_the_theme_comes_from_the_readers_cookie_and_only_two_words_count():
    def attribute(cookie):
        request = RequestFactory().get("/here?a=1")
        request.COOKIES["theme"] = cookie
        return re.findall(r"<html[^>]*>", page(request=request, house=House(name="C")))[0]

    assert 'data-theme="dark"' in attribute("dark")
    assert "data-theme" not in attribute('"><script>')


def test_choosing_a_theme_comes_back_to_the_same_page():
    request = RequestFactory().post("/design/theme/", {"theme": "dark", "next": "/here?a=1"})
    response = views.choose_theme(request)
    assert (response.status_code, response["Location"]) == (302, "/here?a=1")
    assert response.cookies["theme"].value == "dark"
    assert response.cookies["theme"]["httponly"]


@pytest.mark.parametrize("target", ["https://evil.org/", "//evil.org", "javascript:alert(1)", "", "/\\evil.org"])
def test_choosing_a_theme_never_leads_elsewhere(target):
    response = views.choose_theme(RequestFactory().post("/design/theme/", {"theme": "auto", "next": target}))
    assert response["Location"] == "/"
    assert response.cookies["theme"]["max-age"] == 0


@pytest.mark.parametrize("name", REFUSALS)
def test_a_page_of_refusal_needs_nothing_and_asks_nothing(name):
    html = Engine.get_default().get_template(f"{name}.html").render(Context())
    assert html.count("<h1>") == 1
    assert '<a class="button plain" href="/"' in html
    assert "{%" not in html


def test_a_refusal_has_its_status(settings):
    backend = {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}
    settings.TEMPLATES = [{**backend, "OPTIONS": {"builtins": settings.TEMPLATES[0]["OPTIONS"]["builtins"]}}]
    for status in (413, 429, 503):
        response = views.refusal(RequestFactory().get("/"), status)
        assert response.status_code == status
        assert f">{status}</p>" in response.content.decode()


def test_a_letter_has_both_forms_and_the_accent(settings):
    settings.ACCENT_COLOR = "#7a1f1f"
    html = page(
        '{% extends "design/letter/layout.html" %}{% block subject %}S{% endblock %}{% block body %}B{% endblock %}',
        house=House(name="Council"),
    )
    assert "<title>S</title>" in html
    assert "background:#7a1f1f" in html
    assert "style=" not in html
    text = page(
        '{% extends "design/letter/layout.txt" %}{% block body %}Dear {{ name }},{% endblock %}'
        "{% block why %}Why.{% endblock %}",
        house=House(name="A & B"),
        name="O’Neil <x>",
    )
    assert text == "Dear O’Neil <x>,\n\n-- \nA & B\nWhy.\n"


def test_no_template_has_inline_code_or_style():
    for template in TEMPLATES.rglob("*.html"):
        source = template.read_text()
        assert not re.search(r"\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:", source), template
        assert "<style" not in source or template.parent.name == "letter", template
        assert source.count("\n") <= 150, template


def test_what_every_page_loads_is_light():
    scripts = [Path(str(finders.find(name))).read_bytes() for name in ("design/house.js", "django_htmx/htmx-2.min.js")]
    loaded = sum(len(gzip.compress(script, 9)) for script in scripts) + len(the_stylesheet().gzipped)
    assert loaded < 34_000
    assert len(gzip.compress(page(house=House(name="C")).encode(), 9)) < 3_000


def test_htmx_may_not_evaluate_or_write_styles():
    html = page(house=House(name="C"))
    config = re.findall(r"name=\"htmx-config\" content='([^']+)'", html)[0]
    for rule in (
        '"includeIndicatorStyles":false',
        '"allowEval":false',
        '"allowScriptTags":false',
        '"historyCacheSize":0',
    ):
        assert rule in config


def test_masthead_on_a_narrow_page_is_only_the_name_of_the_house():
    house = House(name="Isles", home_url="/home", sign_in_url="/in")
    html = drawn('{% c "masthead" house=house kind="slim" %}', house=house)
    same_html(
        html,
        """
        <header class="masthead slim"><div class="masthead-in">
        <a class="house-name" href="/home">Isles</a></div></header>
        """,
    )
    assert ">Collegium</a>" in drawn('{% c "masthead" kind="slim" %}')


def test_colophon_offers_a_theme_only_where_no_account_menu_does():
    house = House(name="Isles", footer=[Place("About", "/about")])
    reading = House(name="Isles", person=Reader("Ines", "/me"))
    html = drawn('{% c "colophon" house=house theme="dark" theme_url="/t" path="/p?a=1&b" %}', house=house)
    assert '<form class="theme-choice" method="post" action="/t">' in html
    assert 'value="dark" aria-pressed="true"' in html
    assert '<a href="/about">About</a>' in html
    assert "<form" not in drawn('{% c "colophon" house=house %}', house=reading)
