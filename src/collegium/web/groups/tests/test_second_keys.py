"""The second key of a closed group: each kind of thing that waits is confirmed by somebody who gains nothing by it."""

from datetime import date

import pytest

from collegium.core.groups import actions
from collegium.core.groups.tests.factories import policy
from collegium.core.people.tests.factories import make_organization, make_person, make_tenure
from collegium.web.tests.reading import texts

pytestmark = pytest.mark.django_db


def confirm(visit, part, group, kind, pk):
    return visit(part).post(f"/groups/{group}/confirmations/{kind}/{pk}/").status_code


def waiting(visit, part, group):
    return len(texts(visit(part).get(f"/groups/{group}/"), "div.confirmation"))


@pytest.fixture
def new_ceo(cast):
    society = make_organization("New Society", slug="newsociety")
    return make_tenure(make_person("Cleo Chief"), society, "ceo", by=cast.staff, starts_on=date(2026, 5, 1), at=cast.at)


def test_a_new_holder_is_confirmed_by_a_chair(cast, visit, new_ceo):
    assert waiting(visit, "chair", "ceos") == 1
    assert confirm(visit, "chair", "ceos", "tenure", new_ceo.pk) == 303
    assert waiting(visit, "chair", "ceos") == 0
    assert confirm(visit, "chair", "ceos", "tenure", new_ceo.pk) == 404


def test_whoever_recorded_the_tenure_does_not_confirm_it(cast, visit, new_ceo):
    assert confirm(visit, "staff", "ceos", "tenure", new_ceo.pk) == 403
    assert confirm(visit, "second_staff", "ceos", "tenure", new_ceo.pk) == 303


def test_an_officer_is_confirmed_by_another_of_the_team(cast, visit):
    office = actions.name_officer(
        cast.ceos, tenure=cast.tenures["delegate"], role="vice_chair", viewer=cast.viewer("staff"), at=cast.at
    )
    assert confirm(visit, "staff", "ceos", "officer", office.pk) == 403
    assert confirm(visit, "second_staff", "ceos", "officer", office.pk) == 303


def test_an_invited_person_is_confirmed(cast, visit):
    member = actions.invite_person(cast.board, tenure=cast.tenures["peer"], viewer=cast.viewer("staff"), at=cast.at)
    assert confirm(visit, "second_staff", "board", "member", member.pk) == 303
    assert visit("peer").get("/groups/board/").status_code == 404


def test_a_wider_circle_is_confirmed(cast, visit):
    circle = actions.propose_widening(
        cast.counsels, policy=policy("general-counsel", "membership", "cfo"), viewer=cast.viewer("staff"), at=cast.at
    )
    page = visit("second_staff").get("/groups/counsels/")
    assert texts(page, "div.confirmation") == [
        "A wider circle Would admit: general-counsel, membership, cfo Withdraw it Confirm"
    ]
    assert confirm(visit, "second_staff", "counsels", "circle", circle.pk) == 303


def test_a_wider_circle_is_withdrawn_by_who_proposed_it(cast, visit):
    circle = actions.propose_widening(
        cast.counsels, policy=policy("general-counsel", "cfo"), viewer=cast.viewer("staff"), at=cast.at
    )
    url = f"/groups/counsels/widenings/{circle.pk}/withdrawal/"
    assert "Withdraw it" in visit("staff").get("/groups/counsels/").content.decode()
    assert visit("peer").post(url).status_code == 404
    assert visit("staff").post(url.replace("counsels", "ceos")).status_code == 404
    assert visit("staff").post(url).status_code == 303
    assert visit("staff").post(url).status_code == 404
    assert texts(visit("staff").get("/groups/counsels/"), "div.confirmation") == []


@pytest.mark.parametrize("kind", ["tenure", "member", "officer", "circle", "nonsense"])
@pytest.mark.parametrize("part", ["peer", "staff"])
def test_what_does_not_wait_is_not_there(visit, part, kind):
    assert confirm(visit, part, "ceos", kind, 424242) == 404
    assert confirm(visit, part, "cfos", kind, 424242) == 404


def test_members_without_an_office_confirm_nothing(cast, visit, new_ceo):
    assert waiting(visit, "delegate", "ceos") == 0
    assert confirm(visit, "delegate", "ceos", "tenure", new_ceo.pk) == 404
