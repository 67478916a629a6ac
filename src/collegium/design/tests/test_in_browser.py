"""In a real browser: nothing axe finds, nothing that overflows, and what the script betters."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from django import forms

from collegium.design.gallery import gallery_of_components
from collegium.design.gallery_content import SAMPLES, sample_house
from collegium.design.house import House, Reader

pytestmark = pytest.mark.urls("collegium.design.tests.addresses")

PHONE, DESK = {"width": 360, "height": 800}, {"width": 1280, "height": 900}
AT = datetime(2026, 11, 21, 23, 5, tzinfo=UTC)
GALLERY = '{% extends "design/gallery.html" %}'


def gallery_values():
    return {"chapters": gallery_of_components(), "house": sample_house()}


def assert_sound(page):
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [(violation["id"], violation["nodes"][0]["html"]) for violation in found] == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize(("scheme", "viewport"), [("light", DESK), ("dark", PHONE)], ids=["light desk", "dark phone"])
def test_axe_finds_nothing_and_nothing_overflows_in_the_gallery(opened, scheme, viewport):
    assert_sound(opened(GALLERY, values=gallery_values(), color_scheme=scheme, viewport=viewport))


@pytest.mark.parametrize("name", list(SAMPLES))
@pytest.mark.parametrize(("scheme", "viewport"), [("light", PHONE), ("dark", DESK)], ids=["light phone", "dark desk"])
def test_axe_finds_nothing_on_a_sample_page(opened, name, scheme, viewport):
    values = {**SAMPLES[name](), "house": sample_house()}
    source = f'{{% extends "design/samples/{name}.html" %}}'
    assert_sound(opened(source, values=values, color_scheme=scheme, viewport=viewport))


def test_a_stronger_contrast_and_paper_keep_the_words(opened):
    page = opened(GALLERY, values=gallery_values(), forced_colors="active", reduced_motion="reduce")
    assert page.get_by_role("button", name="Answer the group").first.is_visible()
    page.emulate_media(media="print")
    assert not page.locator(".mainnav").is_visible()
    assert page.locator("h1").first.is_visible()


def test_a_chosen_theme_outweighs_the_system(opened):
    page = opened("x", color_scheme="light")
    paper = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(paper) == "rgb(252, 251, 248)"
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert page.evaluate(paper) == "rgb(21, 23, 27)"


TIMES = '{% c "time" at=at %}|{% c "time" at=at show="stored" %}|{% c "time" at=at show="long" %}'


def times(page):
    return page.locator("time").all_inner_texts()


def test_moments_are_redone_in_the_browsers_zone(opened):
    page = opened(TIMES, values={"at": AT}, timezone_id="Asia/Tokyo", locale="en-GB")
    assert times(page) == ["22 Nov, 08:05", "22 Nov 2026, 08:05", "Sunday 22 November 2026, 08:05 GMT+9"]
    page.locator("time").first.hover()
    assert page.locator("time").first.get_attribute("title") == "Sunday 22 November 2026, 08:05 GMT+9"


def test_moments_stay_in_the_zone_a_reader_chose(opened):
    house = House(name="C", person=Reader("Ines Okafor", "/me", zone="UTC"))
    page = opened(TIMES, values={"at": AT, "house": house}, timezone_id="Asia/Tokyo")
    assert times(page)[:2] == ["21 Nov, 23:05", "21 Nov 2026, 23:05"]


def test_moments_are_readable_without_a_script(opened):
    page = opened(TIMES, values={"at": AT}, timezone_id="Asia/Tokyo", java_script_enabled=False)
    assert times(page)[1] == "21 Nov 2026, 23:05 UTC"


class Reply(forms.Form):
    text = forms.CharField(max_length=50, widget=forms.Textarea)


EDITOR = '<form method="post">{% c "editor" field=form.text draft="topic-1" %}</form>'


def test_a_draft_outlives_the_page_and_ends_when_it_was_sent(opened):
    page = opened(EDITOR, values={"form": Reply()})
    page.fill("textarea", "Half an answer")
    page.goto("https://house.test/elsewhere")
    assert page.input_value("textarea") == "Half an answer"
    page.context.add_cookies([{"name": "sent", "value": "topic-1", "url": "https://house.test"}])
    page.reload()
    assert page.input_value("textarea") == ""
    assert "sent" not in [cookie["name"] for cookie in page.context.cookies()]


def test_a_draft_never_overwrites_what_the_server_kept(opened):
    page = opened(EDITOR, values={"form": Reply({"text": "as the server has it"})})
    page.evaluate("""localStorage.setItem("draft::topic-1", JSON.stringify({text: "older", at: Date.now()}))""")
    page.reload()
    assert page.input_value("textarea") == "as the server has it"


def test_a_draft_is_not_another_readers_and_does_not_outlive_signing_out(opened):
    house = House(name="C", person=Reader("Ines Okafor", "/me", key="7"), sign_out_url="/out")
    page = opened(EDITOR, values={"form": Reply(), "house": house})
    page.evaluate("""localStorage.setItem("draft:8:topic-1", JSON.stringify({text: "hers", at: Date.now()}))""")
    page.reload()
    assert page.input_value("textarea") == ""
    page.fill("textarea", "mine")
    assert page.evaluate("Object.keys(localStorage).sort().join()") == "draft:7:topic-1,draft:8:topic-1"
    page.click("summary")
    page.click("text=Sign out")
    page.wait_for_load_state()
    assert page.evaluate("localStorage.length") == 0


def test_an_old_draft_is_forgotten(opened):
    page = opened(EDITOR, values={"form": Reply()})
    page.evaluate("""localStorage.setItem("draft::topic-1", JSON.stringify({text: "old", at: 0}))""")
    page.reload()
    assert (page.input_value("textarea"), page.evaluate("localStorage.length")) == ("", 0)


def test_what_is_left_to_write_is_counted_near_the_end(opened):
    page = opened(EDITOR, values={"form": Reply()})
    assert not page.locator("output").is_visible()
    page.fill("textarea", "x" * 45)
    assert page.locator("output").inner_text() == "5 left"


MENUS = '{% c "menu" label="One" items=places %}{% c "menu" label="Two" items=places %}<p id="beside">beside</p>'
PLACES = [{"label": "All", "url": "#", "current": False}]


def test_menus_close_by_a_click_elsewhere_by_escape_and_by_each_other(opened):
    page = opened(MENUS, values={"places": PLACES})
    for leave in (lambda: page.click("#beside"), lambda: page.keyboard.press("Escape"), lambda: page.click("text=Two")):
        page.click("text=One")
        assert page.locator("details[open] summary").all_inner_texts() == ["One"]
        leave()
        assert "One" not in page.locator("details[open] summary").all_inner_texts()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.innerText") == "Two"


def test_the_keyboard_reaches_the_content_first(opened):
    page = opened("<p>x</p>")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_refused_form_has_the_focus_on_what_is_wrong(opened):
    page = opened(
        '{% c "form-errors" form=form %}{% c "field" field=form.text %}', values={"form": Reply({"text": ""})}
    )
    page.wait_for_function("document.activeElement.classList.contains('form-errors')")
    page.click("text=Text — This field is required.")
    assert page.evaluate("document.activeElement.id") == "id_text"
