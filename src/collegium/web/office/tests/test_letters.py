"""The outbox of a demonstration."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from collegium.core.mail.actions import send_letter
from collegium.core.mail.models import Letter

AT = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def write(code: str = "BCDF-GHJK") -> Letter:
    return send_letter("account.login_code", to="ines@lagoon.example", context={"code": code, "minutes": 15}, at=AT)


def test_letters_are_listed_newest_first_and_read_as_they_are(client):
    write("AAAA-AAAA")
    newest = write("ZZZZ-ZZZZ")
    page = client.get("/office/letters/").content.decode()
    assert page.index("ZZZZ-ZZZZ") < page.index("AAAA-AAAA")
    assert "    ZZZZ-ZZZZ" in client.get(f"/office/letters/{newest.pk}/").content.decode()


def test_a_long_outbox_has_pages(client):
    for number in range(31):
        write(f"NR{number:02}-CODE")
    first = client.get("/office/letters/")
    assert (len(first.context["rows"]), bool(first.context["older"])) == (30, True)
    second = client.get(f"/office/letters/{first.context['older']}")
    assert [row["letter"].subject[:4] for row in second.context["rows"]] == ["NR00"]


@pytest.mark.parametrize("before", ["x", "-1", "9" * 40, "1.5", "\x00"])
def test_a_place_that_is_none_is_the_beginning(client, before):
    write()
    assert len(client.get("/office/letters/", {"before": before}).context["rows"]) == 1


def test_what_a_letter_says_is_text(client):
    told = {
        "name": "<script>alert(1)</script>",
        "change": "x",
        "when": "now",
        "browser": "",
        "link": "https://x.example",
    }
    letter = send_letter("account.security_changed", to="ines@lagoon.example", context=told, at=AT)
    assert b"<script>alert" not in client.get(f"/office/letters/{letter.pk}/").content


def test_the_outbox_is_unknown_outside_a_demonstration_and_to_other_machines(client, settings):
    letter = write()
    for path in ("/office/letters/", f"/office/letters/{letter.pk}/"):
        assert Client(REMOTE_ADDR="192.0.2.7").get(path).status_code == 404
        assert client.post(path).status_code == 405
    settings.DEMO_PICKER = False
    for path in ("/office/letters/", f"/office/letters/{letter.pk}/"):
        assert client.get(path).status_code == 404


def test_the_list_asks_the_same_of_the_database_for_one_letter_and_for_three(client, django_assert_num_queries):
    write()
    with django_assert_num_queries(2):
        client.get("/office/letters/")
    write(), write()
    with django_assert_num_queries(2):
        client.get("/office/letters/")
