"""At the desk: who takes a seat, in words what opens, the letter to them; corrections; what was typed is kept."""

from datetime import date

import pytest

from collegium.core.mail.models import Letter
from collegium.core.people.models import Person, Tenure
from collegium.core.people.tests.factories import make_function, make_organization, make_tenure
from collegium.web.account.tests.letters import letters_to
from collegium.web.tests.reading import attributes, texts

pytestmark = pytest.mark.django_db
HOLDERS = "/desk/lagoon/holders/"
NEW = {
    "function": "cfo",
    "name": "Nia New",
    "email": "nia@lagoon.example",
    "title": "Deputy Treasurer",
    "capacity": "deputy",
    "leadership": "staff",
    "starts_on": "2026-05-05",
}


def told(client):
    return texts(client.get("/desk/lagoon/"), "div.banner")


def test_a_new_holder_is_welcomed_by_letter_and_the_desk_says_what_opens(cast, visit):
    client = visit("liaison")
    answer = client.post(HOLDERS, NEW | {"capacity": "holder", "succeeds": "on", "starts_on": "2026-06-01"})
    assert (answer.status_code, answer["Location"]) == (303, "/desk/lagoon/")
    assert told(client) == [
        "Done: Nia New takes the seat CFO on 1 June 2026; a letter of welcome is on its way. "
        "Opens then: Chief Financial Officers."
    ]
    assert Tenure.objects.get(pk=cast.tenures["peer"].pk).last_day == date(2026, 5, 31)
    assert letters_to("nia@lagoon.example") == ["desk.welcome_holder"]
    letter = Letter.objects.get()
    assert letter.subject == "You hold a seat of Society of Lagoon Cardiology"
    for words in ("Jonas Weil named you", "from 1 June 2026", "CFO (Deputy Treasurer)", "/account/login/"):
        assert words in letter.text


def test_a_governing_groups_confirmation_is_said(cast, visit):
    client = visit("delegate")
    client.post(HOLDERS, NEW | {"function": "ceo"})
    assert told(client)[0].endswith("Waits for the council’s team, which confirms each new holder: CEO Council.")


def test_somebody_of_the_society_is_chosen_and_a_stranger_of_another_is_not_listed(cast, visit):
    client = visit("liaison")
    handles = attributes(client.get(HOLDERS), "option", "value")
    assert cast.two_seats.handle in handles
    assert cast.colleague.handle not in handles
    client.post(HOLDERS, NEW | {"person": cast.two_seats.handle, "name": "", "email": ""})
    assert Tenure.objects.get(title="Deputy Treasurer").person == cast.two_seats
    typed = NEW | {"person": cast.colleague.handle, "title": "Spy"}
    assert client.post(HOLDERS, typed).status_code == 422
    assert not Tenure.objects.filter(title="Spy").exists()


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"email": "no address"}, "Enter a valid email address."),
        ({"email": ""}, "Say who it is."),
        ({"name": ""}, "Say who it is."),
        ({"title": ""}, "This field is required."),
        ({"title": "a" * 100_000}, None),
        ({"name": "Nu\x00l"}, None),
        ({"title": "Nu\x00l"}, None),
        ({"function": "none-such"}, None),
        ({"function": "council-team"}, None),
        ({"capacity": "king"}, None),
        ({"leadership": ""}, "This field is required."),
        ({"starts_on": "9999-12-31"}, "This day is too far away."),
        ({"starts_on": "0001-01-01"}, "This day is too far away."),
        ({"starts_on": "tomorrow"}, "Enter a valid date."),
        ({"capacity": "interim"}, "Ines Okafor holds this seat then."),
    ],
)
def test_a_refused_proposal_keeps_what_was_typed_and_changes_nothing(cast, visit, typed, reason):
    before = Person.objects.count(), Tenure.objects.count()
    answer = visit("liaison").post(HOLDERS, NEW | typed)
    assert (answer.status_code, Person.objects.count(), Tenure.objects.count()) == (422, *before)
    assert reason is None or reason in answer.content.decode()
    if "title" not in typed:
        assert "Deputy Treasurer" in attributes(answer, "input", "value")


def test_bytes_that_are_no_text_are_answered(cast, visit):
    answer = visit("liaison").post(HOLDERS, b"title=%ff%fe&function=cfo", "application/x-www-form-urlencoded")
    assert answer.status_code == 422


def tenure_page(cast, part="peer"):
    return f"/desk/lagoon/tenures/{cast.tenures[part].pk}/"


def test_a_title_a_capacity_and_an_end_are_recorded(cast, visit):
    client, page = visit("liaison"), tenure_page(cast)
    assert client.post(page, {"title": "Treasurer", "leadership": "volunteer"}).status_code == 303
    tenure = Tenure.objects.get(pk=cast.tenures["peer"].pk)
    assert (tenure.title, tenure.leadership) == ("Treasurer", "volunteer")
    assert client.post(f"{page}end/", {"last_day": "2026-06-30"}).status_code == 303
    assert client.post(f"{page}capacity/", {"capacity": "interim", "from_day": "2026-06-01"}).status_code == 303
    found = Tenure.objects.filter(person=cast.peer).order_by("pk")
    assert [(t.capacity, t.last_day) for t in found] == [
        ("holder", date(2026, 5, 31)),
        ("interim", date(2026, 6, 30)),
    ]


def test_what_has_not_begun_is_taken_back_and_what_has_is_refused(cast, visit):
    client = visit("liaison")
    client.post(HOLDERS, NEW | {"starts_on": "2026-05-20"})
    ahead = Tenure.objects.get(title="Deputy Treasurer")
    assert "Take it back" in texts(client.get(f"/desk/lagoon/tenures/{ahead.pk}/"), "button")
    assert client.post(f"/desk/lagoon/tenures/{ahead.pk}/withdrawal/").status_code == 303
    assert not Tenure.objects.filter(pk=ahead.pk).exists()
    assert client.post(f"{tenure_page(cast)}withdrawal/").status_code == 403


@pytest.mark.parametrize(
    ("end", "typed"),
    [
        ("", {"title": "", "leadership": "staff"}),
        ("", {"title": "x", "leadership": "king"}),
        ("capacity/", {"capacity": "holder", "from_day": "2026-06-01"}),
        ("capacity/", {"capacity": "interim", "from_day": "nonsense"}),
        ("end/", {"last_day": "2019-01-01"}),
        ("end/", {"last_day": "\x00"}),
        ("end/", {}),
    ],
)
def test_a_refused_correction_changes_nothing(cast, visit, end, typed):
    before = list(Tenure.objects.order_by("pk").values())
    assert visit("liaison").post(f"{tenure_page(cast)}{end}", typed).status_code == 422
    assert list(Tenure.objects.order_by("pk").values()) == before


def test_a_tenure_of_another_society_or_of_the_past_is_unknown(cast, visit):
    client = visit("liaison")
    assert client.get(f"/desk/lagoon/tenures/{cast.tenures['colleague'].pk}/").status_code == 404
    past = make_tenure(cast.outsider, cast.lagoon, "hr", last_day=date(2021, 1, 1))
    assert client.post(f"/desk/lagoon/tenures/{past.pk}/", {"title": "x", "leadership": "staff"}).status_code == 404


def test_a_dependent_organization_has_no_desk(cast, visit):
    make_function("liaison")
    rhythm = make_organization("Rhythm", kind="subspecialty", slug="rhythm", parent=cast.lagoon)
    make_tenure(cast.peer, rhythm, "liaison")
    assert visit("peer").get("/desk/rhythm/").status_code == 404
