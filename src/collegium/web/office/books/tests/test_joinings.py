"""The team asks two accounts to be joined: what is typed wrong is kept, and what was begun is withdrawn."""

from __future__ import annotations

import pytest

from collegium.core.mail.models import Letter
from collegium.core.people.models import Joining
from collegium.core.people.tests.factories import make_person
from collegium.core.trail.tests.story import recorded

PAGE = "/office/people/ines-okafor/joining/"
REASON = "The roster has her twice."
UNKNOWN = "Nobody with an open account has this handle."

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(cast):
    return make_person("Ines Okafor", email="ines@reef.example", handle="ines-2")


def test_the_double_on_a_persons_page_leads_to_a_form_that_names_it(cast, second, visit):
    team = visit("staff")
    page = team.get("/office/people/ines-okafor/").content.decode()
    assert f'{PAGE}?with=ines-2"' in page
    assert 'value="ines-2"' in team.get(f"{PAGE}?with=ines-2").content.decode()


def test_what_is_begun_stands_on_both_pages_and_is_withdrawn(cast, second, visit):
    team = visit("staff")
    with recorded() as events:
        team.post(PAGE, {"handle": "ines-2", "reason": REASON})
    assert [event[:2] for event in events] == [("joining.begun", cast.staff.pk)]
    joining = Joining.objects.get()
    for handle in ("ines-okafor", "ines-2"):
        page = " ".join(team.get(f"/office/people/{handle}/").content.decode().split())
        assert "@ines-2 to @ines-okafor, which stays; Mara Quist asked." in page
    gone = team.post(f"/office/joinings/{joining.pk}/withdrawal/")
    assert gone["Location"] == "/office/people/ines-okafor/"
    assert "Two accounts are to be joined" not in team.get("/office/people/ines-2/").content.decode()
    told = Letter.objects.filter(kind="account.joining_withdrawn").order_by("pk")
    assert [letter.to for letter in told] == ["peer@lagoon.example", "ines@reef.example"]
    assert all("the council’s team withdrew" in letter.text for letter in told)
    assert team.post(f"/office/joinings/{joining.pk}/withdrawal/").status_code == 403


def test_what_somebody_asked_for_themselves_is_not_the_teams_to_see(cast, second, visit):
    visit("peer").post("/account/joining/", {"email": "ines@reef.example"})
    team = visit("staff")
    assert "Two accounts are to be joined" not in team.get("/office/people/ines-okafor/").content.decode()
    assert team.post(f"/office/joinings/{Joining.objects.get().pk}/withdrawal/").status_code == 404


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"handle": ""}, "handle"),
        ({"handle": "nobody-at-all"}, "handle"),
        ({"handle": "\x00"}, "handle"),
        ({"handle": "x" * 100_000}, "handle"),
        ({"handle": b"\xff\xfe"}, "handle"),
        ({"handle": "ines-okafor"}, "__all__"),
        ({"handle": "mara-quist"}, "__all__"),
        ({"reason": ""}, "reason"),
        ({"reason": "  "}, "reason"),
        ({"reason": "\x00"}, "reason"),
        ({"reason": "x" * 100_000}, "reason"),
    ],
)
def test_what_is_typed_wrong_is_refused_and_kept(cast, second, visit, typed, wrong):
    page = visit("staff").post(PAGE, {"handle": "ines-2", "reason": REASON} | typed)
    assert (page.status_code, list(page.context["form"].errors)) == (422, [wrong])
    assert (Joining.objects.count(), Letter.objects.count()) == (0, 0)
    assert page.context["form"]["reason"].value() == ({"reason": REASON} | typed)["reason"]


def test_a_handle_that_is_not_there_says_so(cast, visit):
    page = visit("staff").post(PAGE, {"handle": "ines-3", "reason": REASON})
    assert page.context["form"].errors["handle"] == [UNKNOWN]


@pytest.mark.parametrize("asked", ["\x00", "x" * 100_000, "%ff", "<b>"])
def test_whatever_the_address_names_the_form_is_shown(cast, visit, asked):
    page = visit("staff").get(PAGE, {"with": asked})
    assert page.status_code == 200
    assert "<b>" not in page.content.decode().partition("<main")[2]
