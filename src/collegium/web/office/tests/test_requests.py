"""One queue of whoever asks to join, and the team's answers."""

from datetime import date

import pytest

from collegium.core.groups import actions
from collegium.core.groups.models import Application, JoinRequest
from collegium.core.groups.tests.applying import apply, confirmed, verified
from collegium.core.people import actions as people
from collegium.core.people.tests.factories import make_person
from collegium.web.office.requests.lines import applications
from collegium.web.tests.reading import texts

pytestmark = pytest.mark.django_db
PAGE = "/office/requests/"


@pytest.fixture
def seat_request(cast):
    return actions.request_to_join(
        cast.counsels, tenure=cast.tenures["newcomer"], note="Please.", viewer=cast.viewer("newcomer"), at=cast.at
    )


def names(page):
    return [text.split(" to ")[0] for text in texts(page, "p.name")]


def page_of(application):
    return f"{PAGE}applications/{application.pk}/"


def state(row):
    row.refresh_from_db()
    return row.state


def test_the_queue_holds_both_kinds_oldest_first_with_age_and_criteria(cast, visit, seat_request):
    confirmed(cast)
    page = visit("staff").get(PAGE)
    assert names(page) == ["Una Later", "Nadia Brook"]
    rows = texts(page, "li.row")
    assert "waits for an answer" in rows[0]
    assert "1 day" in rows[0]
    assert "Function Membership passes" in rows[0]
    assert "holds the seat" in rows[1]


def test_the_queue_is_narrowed_by_state_and_group(cast, visit, seat_request):
    client = visit("staff")
    verified(cast)
    apply(cast, email="new@lagoon.example", name="Newer One")
    gone = verified(cast, email="gone@lagoon.example", name="Gone Away")
    actions.withdraw_application(gone, at=cast.at)
    shown = {
        "": ["Una Later", "Nadia Brook"],
        "?state=society": ["Una Later"],
        "?state=council": ["Nadia Brook"],
        "?state=unverified": ["Newer One"],
        "?state=withdrawn": ["Gone Away"],
        "?state=approved": [],
        f"?group={cast.counsels.pk}": ["Nadia Brook"],
        f"?group={cast.cfos.pk}": [],
        "?state=all": ["Una Later", "Newer One", "Gone Away", "Nadia Brook"],
    }
    assert {query: names(client.get(PAGE + query)) for query in shown} == shown


@pytest.mark.parametrize(
    "query", ["?state=x", "?group=x", "?group=%00", f"?group={10**30}", "?page=x", "?page=0", "?page=%ff"]
)
def test_what_cannot_be_read_narrows_nothing(cast, visit, seat_request, query):
    assert names(visit("staff").get(PAGE + query)) == ["Nadia Brook"]


def test_it_says_where_the_society_has_nobody_to_ask(cast, visit):
    verified(cast, society=cast.reef)
    words = "The society has neither a liaison nor a chief executive here"
    assert words in " ".join(texts(visit("staff").get(PAGE), "li.row"))
    verified(cast, email="other@lagoon.example")
    assert visit("staff").get(f"{PAGE}?group={cast.membership.pk}").content.decode().count(words) == 1


def test_more_rows_cost_no_more_questions(cast, visit, django_assert_num_queries):
    client = visit("staff")
    confirmed(cast)
    client.get(PAGE)
    with django_assert_num_queries(QUESTIONS):
        client.get(PAGE)
    for number in range(2):
        verified(cast, email=f"more-{number}@lagoon.example")
    with django_assert_num_queries(QUESTIONS):
        assert len(names(client.get(PAGE))) == 3


# The session, who is signed in, what they may see, the queue, what stands around it.
QUESTIONS = 5


def test_a_long_queue_comes_in_pages(cast, visit, monkeypatch):
    monkeypatch.setattr("collegium.web.office.requests.queries.PAGE", 2)
    for number in range(3):
        verified(cast, email=f"one-{number}@lagoon.example", name=f"One {number}")
    client = visit("staff")
    assert names(client.get(PAGE)) == ["One 0", "One 1"]
    assert names(client.get(f"{PAGE}?page=2")) == ["One 2"]


def test_the_team_approves_and_the_person_comes_in(cast, visit):
    application = confirmed(cast)
    page = visit("staff").get(page_of(application)).content.decode()
    assert "confirmed by Jonas Weil" in page
    assert "una@lagoon.example" in page
    done = visit("staff").post(f"{page_of(application)}approval/", {"reason": "Welcome."})
    assert (done.status_code, done["Location"], state(application)) == (303, PAGE, "approved")
    assert "What came of it" in visit("staff").get(page_of(application)).content.decode()
    again = visit("second_staff").post(f"{page_of(application)}approval/", {"reason": ""})
    assert (again.status_code, "already answered" in again.content.decode()) == (422, True)


def test_to_decline_one_says_why_and_nothing_typed_is_lost(cast, visit):
    application = confirmed(cast)
    refused = visit("staff").post(f"{page_of(application)}refusal/", {"reason": ""})
    assert (refused.status_code, "Give the reason" in refused.content.decode()) == (422, True)
    long = "No. " * 1000
    kept = visit("staff").post(f"{page_of(application)}refusal/", {"reason": long})
    assert (kept.status_code, long.strip() in kept.content.decode(), state(application)) == (422, True, "council")
    done = visit("staff").post(f"{page_of(application)}refusal/", {"reason": "Not yet."})
    assert (done.status_code, state(application)) == (303, "declined")


@pytest.mark.parametrize("deed", ["approval", "refusal", "role", "reminder"])
@pytest.mark.parametrize("words", ["\x00", "x" * 10**5])
def test_what_cannot_be_taken_changes_nothing(cast, visit, deed, words):
    application = verified(cast)
    page = visit("staff").post(f"{page_of(application)}{deed}/", {"reason": words, "remark": words})
    # Asking again takes no words: it is refused where there is nobody, and else done.
    assert page.status_code == (303 if deed == "reminder" else 422)
    assert state(application) == "society"


def test_whoever_vouched_is_told_that_another_approves(cast, visit):
    application = verified(cast, society=cast.reef)
    assert "whose word you have" in visit("staff").get(page_of(application)).content.decode()
    done = visit("staff").post(f"{page_of(application)}role/", {"remark": "The president."})
    assert (done.status_code, state(application)) == (303, "council")
    page = visit("staff").get(page_of(application)).content.decode()
    assert "You turned the first key" in page
    assert "Approve" not in texts(visit("staff").get(page_of(application)), "button")
    refused = visit("staff").post(f"{page_of(application)}approval/", {"reason": ""})
    assert (refused.status_code, state(application)) == (422, "council")
    assert visit("second_staff").post(f"{page_of(application)}approval/", {"reason": ""}).status_code == 303


def test_an_address_that_is_somebodys_by_now_is_said_aloud(cast, visit):
    application = confirmed(cast)
    assert "The address is somebody’s already" not in visit("staff").get(page_of(application)).content.decode()
    make_person("Una of the Harbour", email=application.email)
    page = visit("staff").get(page_of(application)).content.decode()
    assert "It leads to the account of Una of the Harbour" in page


def test_a_seat_that_is_taken_is_told_and_the_application_stays(cast, visit):
    application = confirmed(cast, function="cio")
    page = visit("staff").post(f"{page_of(application)}approval/", {"reason": "Welcome."})
    assert (page.status_code, state(application)) == (422, "council")
    assert "Somebody else holds this seat on these days" in page.content.decode()
    assert "Welcome." in page.content.decode()
    people.end_tenure(cast.tenures["two_seats"], last_day=date(2026, 5, 4), by=None, at=cast.at)
    assert visit("staff").post(f"{page_of(application)}approval/", {"reason": ""}).status_code == 303


def test_a_request_of_somebody_who_holds_the_seat_is_answered_here_too(cast, visit, seat_request):
    page = f"{PAGE}seats/{seat_request.pk}/"
    assert "Nadia Brook" in visit("staff").get(page).content.decode()
    refused = visit("staff").post(f"{page}refusal/", {"reason": " "})
    assert (refused.status_code, state(seat_request)) == (422, "waiting")
    done = visit("staff").post(f"{page}approval/", {"reason": ""})
    assert (done.status_code, state(seat_request)) == (303, "approved")
    assert JoinRequest.objects.get().decided_by == cast.staff


@pytest.mark.parametrize("way", ["applications", "seats"])
def test_what_is_not_there_and_who_is_not_of_the_team(cast, visit, seat_request, way):
    application = confirmed(cast)
    assert visit("staff").get(f"{PAGE}{way}/999999/").status_code == 404
    known = application.pk if way == "applications" else seat_request.pk
    for part in ("peer", "liaison", "outsider"):
        for deed in ("", "approval/", "refusal/"):
            url = f"{PAGE}{way}/{known}/{deed}"
            answer = visit(part).post(url, {"reason": "x"}) if deed else visit(part).get(url)
            assert answer.status_code == 404
    assert Application.objects.get().state == "council"


def test_the_offices_front_page_says_how_many_wait_for_whom(cast, visit):
    assert applications(cast.viewer("staff")) == []
    confirmed(cast)
    for number in range(2):
        verified(cast, email=f"more-{number}@lagoon.example")
    told = [
        (line["label"], line["count"], line["url"], line["oldest_at"]) for line in applications(cast.viewer("staff"))
    ]
    assert told == [
        ("Applications that wait for the council’s team", 1, f"{PAGE}?state=council", cast.at),
        ("Applications that wait for a society", 2, f"{PAGE}?state=society", cast.at),
    ]
    assert "Applications that wait for a society" in visit("staff").get("/office/").content.decode()


def test_the_groups_page_leads_the_team_here(cast, visit):
    confirmed(cast)
    words = "One application to this group is open in the office."
    assert words in visit("staff").get("/groups/membership/").content.decode()
    assert words not in visit("two_seats").get("/groups/membership/").content.decode()


def test_the_request_on_the_groups_page_shows_its_criteria(cast, visit, seat_request):
    [criteria] = texts(visit("staff").get("/groups/counsels/"), "ul.criteria")
    assert criteria.count("passes") == 5
