"""Coming in by oneself and leaving again: a seat that is admitted joins an open group."""

from datetime import timedelta

import pytest

from collegium.core.access.standard import PUBLIC
from collegium.core.groups.models import Membership
from collegium.web.tests.reading import attributes, found, texts

pytestmark = pytest.mark.django_db


def post(client, cast, part="newcomer", group="membership", **given):
    return client.post(f"/groups/{group}/memberships/", {"tenure": cast.tenures[part].pk, **given})


def is_in(cast, part):
    return cast.viewer(part, cast.at + timedelta(days=2)).is_among(cast.membership.circle.audience_id)


def test_one_joins_with_the_only_admitted_seat_and_leaves_again(cast, visit):
    client = visit("newcomer")
    page = client.get("/groups/membership/")
    assert attributes(page, "input", "value")[-1] == str(cast.tenures["newcomer"].pk)
    done = post(client, cast)
    assert (done.status_code, done["Location"], is_in(cast, "newcomer")) == (303, "/groups/membership/", True)
    inside = client.get("/groups/membership/")
    assert texts(inside, "div.banner") == ["Done: Your seat has joined. Whoever holds it after you will be in as well."]
    membership = next(
        hit["attrs"]["value"] for hit in found(inside, "input") if hit["attrs"].get("name") == "membership"
    )
    left = client.post("/groups/membership/departure/", {"membership": membership})
    assert (left.status_code, is_in(cast, "newcomer")) == (303, False)


def test_with_two_seats_one_chooses_and_the_second_may_follow(cast, visit):
    client = visit("two_seats")
    page = client.get("/groups/membership/")
    assert "Join with this seat too" in texts(page, "button")
    done = post(client, cast, "two_seats_reef")
    assert done.status_code == 303
    assert "Join with this seat too" not in texts(client.get("/groups/membership/"), "button")


@pytest.mark.parametrize("given", [{"tenure": ""}, {"tenure": "x"}, {"tenure": "9" * 30}, {"tenure": "0"}])
def test_a_seat_that_is_not_ones_own_changes_nothing_and_says_why(cast, visit, given):
    before = list(Membership.objects.values())
    page = post(visit("newcomer"), cast, **given)
    assert page.status_code == 422
    assert len(texts(page, "div.form-errors")) == 1
    assert list(Membership.objects.values()) == before


def test_a_seat_of_somebody_else_does_not_join(cast, visit):
    page = post(visit("newcomer"), cast, "two_seats_reef")
    assert (page.status_code, is_in(cast, "newcomer")) == (422, False)


def test_nobody_joins_where_joining_is_not_open(cast, visit):
    page = post(visit("newcomer"), cast, group="counsels")
    assert page.status_code == 422
    assert "This group is not joined by oneself." in texts(page, "div.form-errors")[0]


def test_joining_twice_says_so(cast, visit):
    client = visit("newcomer")
    post(client, cast)
    again = post(client, cast)
    assert again.status_code == 422


@pytest.mark.parametrize("membership", ["", "x", "0", "99999999"])
def test_one_leaves_only_with_ones_own(cast, visit, membership):
    response = visit("newcomer").post("/groups/membership/departure/", {"membership": membership})
    assert response.status_code == 404


def test_a_membership_of_others_is_not_there(cast, visit):
    theirs = cast.membership.memberships.get()
    response = visit("newcomer").post("/groups/membership/departure/", {"membership": theirs.pk})
    assert (response.status_code, is_in(cast, "two_seats")) == (404, True)


def test_doors_take_posts_only_and_from_people_signed_in_only(cast, visit):
    assert visit("newcomer").get("/groups/membership/memberships/").status_code == 405
    away = post(visit(None), cast)
    assert (away.status_code, away["Location"]) == (302, "/account/login/?next=/groups/membership/memberships/")
    assert cast.membership.entry.audience_id == PUBLIC
