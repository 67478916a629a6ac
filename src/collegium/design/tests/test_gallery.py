"""The gallery is the reference: every component, every state, only where it is open."""

from __future__ import annotations

import pytest
from django.http import Http404
from django.test import RequestFactory

from collegium.design import doors, views
from collegium.design.catalogue import CATALOGUE
from collegium.design.gallery import gallery_of_components

pytestmark = pytest.mark.urls("collegium.design.tests.addresses")


def seen(view=views.gallery, **kwargs):
    return view(RequestFactory().get("/design/"), **kwargs)


def test_every_component_is_shown_with_the_lines_that_draw_it():
    pieces = [piece for chapter in gallery_of_components() for piece in chapter.pieces]
    assert [piece.component.name for piece in pieces] == list(CATALOGUE)
    for piece in pieces:
        assert piece.examples, piece.component.name
        for example in piece.examples:
            assert piece.component.name in example.source
            assert example.drawn.strip() or "nothing" in example.title, example.title


def test_every_choice_of_a_kind_is_shown():
    for chapter in gallery_of_components():
        for piece in chapter.pieces:
            shown = " ".join(example.source for example in piece.examples)
            kind = piece.component.prop_of.get("kind")
            for choice in kind.choices[1:] if kind else ():
                assert f'"{choice}"' in shown or "kind=kind" in shown, (piece.component.name, choice)


def test_long_names_and_many_rows_are_shown():
    html = seen().content.decode()
    assert "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh" in html
    assert "51–100 of 400" in html


def test_in_a_demonstration_the_gallery_is_public(settings):
    settings.MODE = "demo"
    assert seen().status_code == 200


@pytest.mark.parametrize("name", ["topic", "group", "form"])
def test_sample_pages_show_the_components_together(name):
    response = seen(views.sample_page, name=name)
    assert response.status_code == 200
    assert response.content.decode().count("<h1>") == 1


def test_there_are_no_other_sample_pages():
    with pytest.raises(Http404):
        seen(views.sample_page, name="../page")


def test_in_production_it_is_open_only_to_those_a_higher_place_lets_in(settings, monkeypatch):
    settings.MODE = "production"
    monkeypatch.setattr(doors, "_may_see", [])
    with pytest.raises(Http404):
        seen()
    doors.open_gallery_to(f"{__name__}.nobody")
    with pytest.raises(Http404):
        seen(views.sample_page, name="topic")
    doors.open_gallery_to(f"{__name__}.anybody")
    doors.open_gallery_to(f"{__name__}.anybody")
    assert seen().status_code == 200
    assert doors._may_see == [f"{__name__}.nobody", f"{__name__}.anybody"]


def nobody(request):
    return False


def anybody(request):
    return True
