"""Applying from a group's page: the same page for everybody, one letter, a link that changes nothing by itself."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from collegium.core.groups import actions
from collegium.core.groups.models import Application
from collegium.core.groups.tests.applying import EMAIL, verified
from collegium.core.mail.models import Letter
from collegium.core.people import actions as people
from collegium.core.people.models import Function
from collegium.web.account.tests.letters import letters_to, link_in, newest_letter
from collegium.web.tests.reading import found, texts

pytestmark = pytest.mark.django_db
PAGE, SENT = "/groups/membership/application/", "/groups/membership/application/sent/"


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


def typed(cast, **fields):
    return {
        "name": "Una Later",
        "email": EMAIL,
        "society": cast.lagoon.pk,
        "function": Function.objects.get(slug="membership").pk,
        "title": "Director of Membership",
        "capacity": "holder",
        "leadership": "staff",
        "note": "I keep the roll.",
    } | fields


def send(cast, client=None, page=PAGE, **fields):
    return (client or Client()).post(page, typed(cast, **fields))


def link(cast):
    send(cast)
    return link_in(newest_letter())


def door(visit, part=None, page="/groups/membership/"):
    return texts(visit(part).get(page), "section.door")[0]


def test_a_stranger_finds_the_way_at_the_door(cast, visit):
    assert "No account yet? Ask to join" in door(visit)
    assert "Ask with another role" in door(visit, "peer")
    assert "Ask with another role" not in door(visit, "newcomer")


def test_only_what_the_policy_admits_can_be_chosen(cast, visit):
    page = visit(None).get(PAGE)
    options = [hit["text"].strip() for hit in found(page, "option")]
    assert options == [
        "Choose …",
        "Academy of Reef Dermatology",
        "College of Harbour Surgeons",
        "Society of Lagoon Cardiology",
        "Choose …",
        "CIO",
        "Membership",
    ]


def test_asked_the_next_page_says_only_that_a_letter_is_on_its_way(cast, visit):
    answer = send(cast, visit(None))
    assert (answer.status_code, answer["Location"]) == (303, SENT)
    assert letters_to(EMAIL) == ["groups.verify_application"]
    assert "Una" not in newest_letter().text
    assert Application.objects.get().state == "unverified"


def bytes_and_work(cast, email):
    """What the sender gets, and what the house asked of the database for it, savepoints aside."""
    cache.clear()
    client = Client()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = send(cast, client, email=email)
    page = client.get(answer["Location"])
    kinds = [re.sub(r"\d+", "", query["sql"])[:60] for query in asked if "SAVEPOINT" not in query["sql"]]
    told = (answer.status_code, answer["Location"], page.content)
    return told, [kind for kind in kinds if "config_cache" not in kind]


def test_whoever_has_the_address_the_answer_and_the_work_are_the_same(cast, today):
    """Somebody unknown, somebody with an account, somebody who has applied already."""
    verified(cast)
    before = Letter.objects.count()
    unknown = bytes_and_work(cast, "new@lagoon.example")
    known = bytes_and_work(cast, "peer@lagoon.example")
    applied = bytes_and_work(cast, EMAIL)
    assert unknown == known == applied
    assert [letters_to(email)[-1] for email in ("new@lagoon.example", "peer@lagoon.example", EMAIL)] == [
        "groups.verify_application",
        "groups.ask_with_account",
        "groups.applied_already",
    ]
    assert (Letter.objects.count() - before, Application.objects.count()) == (3, 2)


def test_the_letters_lead_where_they_say(cast, today):
    send(cast, email="peer@lagoon.example")
    assert link_in(newest_letter()) == "/account/login/?next=%2Fgroups%2Fmembership%2F"
    verified(cast)
    send(cast)
    assert "Where it stands" in Client().get(link_in(newest_letter())).content.decode()


def test_opening_the_link_verifies_nothing_and_the_button_does(cast, today):
    path = link(cast)
    for _visit in range(2):
        page = Client().get(path)
        assert (page.status_code, Application.objects.get().state) == (200, "unverified")
        assert page["Cache-Control"].split(", ")[0] == "max-age=0"
    answer = Client().post(path, {"deed": "verify"}, follow=True)
    assert "Your address is confirmed, and your society is asked." in answer.content.decode()
    assert Application.objects.get().state == "society"
    assert letters_to(EMAIL) == ["groups.verify_application", "groups.application_received"]
    assert letters_to("liaison@lagoon.example") == ["groups.role_to_confirm"]
    again = Client().post(path, {"deed": "verify"})
    assert (again.status_code, "This address is verified already." in again.content.decode()) == (422, True)


def test_the_older_of_two_letters_leads_to_the_application_that_counts(cast, today):
    older, newer = link(cast), link(cast)
    Client().post(newer, {"deed": "verify"})
    page = Client().get(older).content.decode()
    assert "You confirmed your address by another of our letters" in page
    assert "This link has run out" not in page
    assert re.search(r'<a href="([^"]+)">see where it stands', page)[1] == newer


def test_a_link_that_ran_out_long_after_another_application_says_that_it_has(cast, today):
    Client().post(link(cast), {"deed": "verify"})
    actions.withdraw_application(Application.objects.get(), at=today)
    with time_machine.travel(today + timedelta(days=20)):
        path = link(cast)
    with time_machine.travel(today + timedelta(days=24)):
        actions.lapse_applications(at=today + timedelta(days=24))
        assert "This link has run out" in Client().get(path).content.decode()


def test_a_link_that_has_run_out_says_so(cast, today):
    path = link(cast)
    with time_machine.travel(today + timedelta(hours=72)):
        assert "This link has run out" in Client().get(path).content.decode()
        assert Client().post(path, {"deed": "verify"}).status_code == 422
    assert Application.objects.get().state == "unverified"


def test_the_applicant_sees_where_it_stands_and_withdraws(cast, today):
    path = link(cast)
    Client().post(path, {"deed": "verify"})
    page = Client().get(path)
    assert [hit["attrs"]["class"] for hit in found(page, "li") if hit["attrs"].get("class")] == ["done", "now", "todo"]
    Client().post(path, {"deed": "withdraw"})
    assert "You have withdrawn it" in Client().get(path).content.decode()
    assert Client().post(path, {"deed": "withdraw"}).status_code == 422


@pytest.mark.parametrize("deed", ["", "approve", "verify\x00", "x" * 10**5])
def test_a_deed_that_is_none_is_not_there(cast, today, deed):
    assert Client().post(link(cast), {"deed": deed}).status_code == 404


def test_a_forged_link_is_not_there(cast, today):
    path = link(cast)
    for wrong in (path[:-2] + "x/", "/groups/applications/nonsense/", "/groups/applications/a:b:c/"):
        assert Client().get(wrong).status_code == 404
    # A society's token is no applicant's, nor the other way round.
    token = path.split("/")[-2]
    assert Client().get(f"/groups/applications/roles/{token}/").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "\x00"},
        {"name": "Click https://lagoon.example"},
        {"title": "See WWW.lagoon.example"},
        {"title": "x" * 10**5},
        {"note": "x" * 10**5},
        {"email": "nobody"},
        {"email": "a" * 300 + "@lagoon.example"},
        {"email": "una@lagoon.example\r\nBcc: all@lagoon.example"},
        {"society": "no number"},
        {"society": 10**30},
        {"society": ""},
        {"function": "1\x00"},
        {"capacity": "king"},
        {"leadership": ""},
    ],
)
def test_what_is_wrong_is_told_and_nothing_typed_is_lost(cast, today, wrong):
    page = send(cast, **wrong)
    assert (page.status_code, Application.objects.count(), Letter.objects.count()) == (422, 0, 0)
    assert len(texts(page, "div.form-errors")) == 1
    values = {hit["attrs"].get("name"): hit["attrs"].get("value") for hit in found(page, "input")}
    kept = {name: value for name, value in typed(cast).items() if name in ("name", "email", "title")}
    assert {name: values[name] for name in kept if name not in wrong} == {
        name: value for name, value in kept.items() if name not in wrong
    }


def test_another_encoding_and_other_peoples_ids_are_refused(cast, today):
    answer = Client().post(PAGE, b"name=\xff\xfe", content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 422
    for other in (cast.lapsed.pk, cast.council.pk, cast.cfos.pk):
        assert send(cast, society=other).status_code == 422
    assert send(cast, function=Function.objects.get(slug="cfo").pk).status_code == 422


def test_hostile_words_are_text(cast, today):
    send(cast, name="<script>alert(1)</script>", note="{{ secret }} <b>bold</b>")
    path = link_in(newest_letter())
    Client().post(path, {"deed": "verify"})
    for page in (Client().get(path), Client().get(link_in(Letter.objects.get(kind="groups.role_to_confirm")))):
        assert b"<script>alert" not in page.content
        assert b"<b>bold" not in page.content


def test_one_sender_and_one_address_ask_so_often(cast, today):
    for _time in range(3):
        assert send(cast).status_code == 303
    page = send(cast)
    assert (page.status_code, "That was too often in a short time" in page.content.decode()) == (422, True)
    for number in range(16):
        send(cast, email=f"una-{number}@lagoon.example")
    assert send(cast, email="another@lagoon.example").status_code == 422
    assert Letter.objects.count() == 19


def test_somebody_with_an_account_says_only_the_role(cast, visit):
    client = visit("peer")
    page = client.get(PAGE)
    assert "p…@lagoon.example" in page.content.decode()
    assert {hit["attrs"]["name"] for hit in found(page, "input")} >= {"title", "capacity"}
    assert "email" not in {hit["attrs"]["name"] for hit in found(page, "input")}
    answer = send(cast, client, name="Somebody Else", email="other@lagoon.example")
    made = Application.objects.get()
    assert (made.person, made.email, made.state) == (cast.peer, "peer@lagoon.example", "society")
    assert "Where it stands" in client.get(answer["Location"]).content.decode()
    again = send(cast, client)
    assert "You have applied already" in again.content.decode()


@pytest.mark.parametrize(
    ("part", "page", "reason"),
    [
        ("two_seats", PAGE, "You are in this group."),
        ("newcomer", PAGE, "The group admits a seat of yours already; ask on its page."),
        ("staff", "/groups/board/application/", "Members of this group are invited; it takes no applications."),
    ],
)
def test_who_need_not_or_cannot_apply_is_told_why(cast, visit, part, page, reason):
    for answer in (visit(part).get(page), send(cast, visit(part), page)):
        assert (answer.status_code, reason in answer.content.decode()) == (403, True)


def test_a_hidden_group_has_no_such_page(cast, visit):
    for page in ("/groups/board/application/", "/groups/board/application/sent/", "/groups/none-such/application/"):
        assert visit(None).get(page).status_code == 404


def test_after_the_answer_the_page_says_how_it_ended(cast, today):
    path = link(cast)
    Client().post(path, {"deed": "verify"})
    application = Application.objects.get()
    holder = cast.tenures["liaison"]
    actions.deny_role(application, holder=holder, reason="She left in April.", at=today)
    page = Client().get(path).content.decode()
    assert "Society of Lagoon Cardiology does not confirm this role" in page
    assert "She left in April." in page
    declined = Letter.objects.get(kind="groups.application_declined")
    assert "She left in April." in declined.text
    assert "does not confirm the role you named" in declined.text


def test_approved_the_letter_says_how_to_sign_in(cast, today):
    path = link(cast)
    Client().post(path, {"deed": "verify"})
    application = Application.objects.get()
    actions.confirm_role(application, holder=cast.tenures["liaison"], at=today)
    actions.approve_application(application, viewer=cast.viewer("staff", today), reason="Welcome.", at=today)
    letter = Letter.objects.get(kind="groups.application_approved")
    assert (letter.to, f"sign in with {EMAIL}" in letter.text, "Welcome." in letter.text) == (EMAIL, True, True)
    assert "closed" not in letter.text
    assert "Approved" in Client().get(path).content.decode()


def test_a_person_who_moved_on_is_written_to_where_they_applied_from(cast, today):
    """The account's other letters go elsewhere by then; this one concerns the role named here."""
    people.end_tenure(cast.tenures["peer"], last_day=today.date() - timedelta(days=1), by=None, at=today)
    client = Client()
    client.force_login(cast.peer)
    send(cast, client)
    assert letters_to("peer@lagoon.example") == ["groups.application_received"]
