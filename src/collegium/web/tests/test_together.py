"""Several lists are one question."""

import pytest
from django.db.models import F

from collegium.core.people.models import Function, Organization
from collegium.web import cursors
from collegium.web.together import moments, together

pytestmark = pytest.mark.django_db


def test_querysets_and_statements_are_asked_at_once(cast, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = together(
            societies=Organization.objects.filter(kind="society")
            .order_by("slug")
            .values("slug", name=F("entry__title"))[:2],
            functions=("SELECT slug FROM people_function WHERE slug = %s", ["cfo"]),
            nothing=Function.objects.filter(slug__in=[]).values("slug"),
            nobody=("SELECT 1 AS one WHERE false", []),
        )
    assert found == {
        "societies": [
            {"slug": "harbour", "name": "College of Harbour Surgeons"},
            {"slug": "lagoon", "name": "Society of Lagoon Cardiology"},
        ],
        "functions": [{"slug": "cfo"}],
        "nothing": [],
        "nobody": [],
    }


def test_nothing_to_ask_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert together() == {}
        assert together(nothing=Function.objects.none().values("slug")) == {"nothing": []}


def test_moments_come_back_as_moments(cast):
    rows = together(rows=("SELECT %s::timestamptz AS at, NULL::timestamptz AS seen_at", [cast.at]))["rows"]
    assert moments(rows, "at", "seen_at") == [{"at": cast.at, "seen_at": None}]


def test_a_place_in_a_list_survives_the_address(cast):
    assert cursors.read(cursors.write(cast.at, 42), zone=cast.at) == (cast.at, 42)


@pytest.mark.parametrize("text", ["", "x", "1_", "_1", "1_x", "nan_1", "1e400_1", "99999999999999_1", "\x00_1"])
def test_what_is_no_place_starts_the_list_at_its_head(cast, text):
    assert cursors.read(text, zone=cast.at) is None


@pytest.mark.parametrize(
    ("text", "number"), [("7", 7), ("", None), (None, None), ("-7", None), ("٣", None), ("7" * 19, None), ("x", None)]
)
def test_an_id_out_of_an_address_is_a_number_or_nothing(text, number):
    assert cursors.number(text) == number
