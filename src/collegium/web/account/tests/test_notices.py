"""How much one wants to hear, and the list of what one was told."""

from __future__ import annotations

import pytest

from collegium.core.groups import actions as groups
from collegium.core.notices.jobs import wake
from collegium.core.notices.models import DigestChoice, LetterSwitch, Notification, Preference, SwitchedOff
from collegium.core.people import actions as people
from collegium.core.trail.models import Event

CHOICES = "/account/notices/"
LIST = "/notifications/"

pytestmark = pytest.mark.django_db


def ask_to_join(cast) -> None:
    """The newcomer asks to join the counsels, which the council's team is told of."""
    groups.request_to_join(
        cast.counsels, tenure=cast.tenures["newcomer"], note="", viewer=cast.viewer("newcomer"), at=cast.at
    )
    wake(Event.objects.get(name="join_request.made").pk)


@pytest.fixture
def staff(cast, client):
    client.force_login(cast.staff)
    return client


def all_on(page) -> dict:
    """The form as it stands, to be sent back."""
    form = page.context["form"]
    return {name: form[name].value() for name in form.fields if form[name].value() not in (False, None)}


def test_a_level_is_chosen_for_each_group_and_what_is_unchanged_writes_nothing(cast, client):
    client.force_login(cast.peer)
    sent = all_on(client.get(CHOICES))
    client.post(CHOICES, sent)
    assert (Preference.objects.count(), SwitchedOff.objects.count()) == (0, 0)
    assert client.post(CHOICES, {**sent, "level-cfos": "weekly"})["Location"] == CHOICES
    assert list(Preference.objects.values_list("person", "place", "level")) == [(cast.peer.pk, cast.cfos.pk, "weekly")]


def test_a_notice_is_switched_off_and_on(cast, staff):
    sent = all_on(staff.get(CHOICES))
    without = {name: value for name, value in sent.items() if name != "notice-groups.JoinRequested"}
    staff.post(CHOICES, without)
    assert list(SwitchedOff.objects.values_list("person", "notice")) == [(cast.staff.pk, "groups.JoinRequested")]
    ask_to_join(cast)
    told = Notification.objects.filter(notice="groups.JoinRequested")
    assert list(told.values_list("person", flat=True)) == [cast.second_staff.pk]
    staff.post(CHOICES, sent)
    assert SwitchedOff.objects.count() == 0


def test_the_letter_of_a_notice_is_switched_apart_from_its_bell(cast, staff):
    sent = all_on(staff.get(CHOICES))
    assert (sent["letter-groups.JoinRequested"], "letter-groups.HoldingChanged" in sent) == (True, False)
    without = {name: value for name, value in sent.items() if name != "letter-groups.JoinRequested"}
    staff.post(CHOICES, {**without, "letter-groups.HoldingChanged": "on"})
    assert SwitchedOff.objects.count() == 0
    assert list(LetterSwitch.objects.order_by("notice").values_list("person", "notice", "is_on")) == [
        (cast.staff.pk, "groups.HoldingChanged", True),
        (cast.staff.pk, "groups.JoinRequested", False),
    ]
    assert all_on(staff.get(CHOICES)).keys() == {*without, "letter-groups.HoldingChanged"}


def test_kinds_called_the_same_are_one_switch_and_what_comes_with_a_groups_letters_has_none(cast, staff):
    page = staff.get(CHOICES)
    rows = page.context["form"].switch_rows
    assert len({row["label"] for row in rows}) == len(rows)
    assert {row["label"] for row in rows if row["letter"] is None} == {
        "An announcement in a group of mine",
        "A new topic in a group where I want every message",
        "Somebody writes in a topic I follow",
    }
    without = {name: value for name, value in all_on(page).items() if name != "letter-discussions.ReportsUpheld"}
    staff.post(CHOICES, without)
    assert sorted(LetterSwitch.objects.values_list("notice", "is_on")) == [
        ("discussions.ReportsDismissed", False),
        ("discussions.ReportsUpheld", False),
    ]


def test_it_is_chosen_when_digests_come_and_how_many(cast, client):
    client.force_login(cast.peer)
    sent = all_on(client.get(CHOICES))
    assert (sent["hour"], sent["weekday"], sent["by_group"]) == ("7", 1, "no")
    client.post(CHOICES, sent)
    assert DigestChoice.objects.count() == 0
    client.post(CHOICES, {**sent, "hour": "18", "weekday": "5", "by_group": "yes"})
    assert list(DigestChoice.objects.values_list("person", "hour", "weekday", "by_group")) == [
        (cast.peer.pk, 18, 5, True)
    ]
    client.post(CHOICES, {**sent, "hour": "0"})
    assert list(DigestChoice.objects.values_list("hour", "weekday", "by_group")) == [(0, 1, False)]


@pytest.mark.parametrize("wrong", ["24", "-1", "7.5", "", "\x00", "x" * 100_000, "７"])
@pytest.mark.parametrize("name", ["hour", "weekday", "by_group"])
def test_a_time_of_digests_that_is_none_is_refused_and_nothing_is_changed(cast, client, name, wrong):
    client.force_login(cast.peer)
    page = client.post(CHOICES, {**all_on(client.get(CHOICES)), "level-cfos": "daily", name: wrong})
    assert (page.status_code, list(page.context["form"].errors)) == (422, [name])
    assert page.context["form"]["level-cfos"].value() == "daily"
    assert (DigestChoice.objects.count(), Preference.objects.count()) == (0, 0)


@pytest.mark.parametrize("wrong", ["often", "", "\x00", "x" * 100_000])
def test_a_level_that_is_none_is_refused_and_nothing_is_changed(cast, client, wrong):
    client.force_login(cast.peer)
    page = client.post(CHOICES, {**all_on(client.get(CHOICES)), "level-cfos": wrong})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["level-cfos"])
    assert (Preference.objects.count(), SwitchedOff.objects.count()) == (0, 0)


def test_a_level_for_a_group_one_is_not_in_is_not_looked_at(cast, client):
    client.force_login(cast.peer)
    client.post(CHOICES, {**all_on(client.get(CHOICES)), "level-ceos": "weekly"})
    assert Preference.objects.count() == 0


def test_what_one_was_told_is_listed_and_opening_it_leads_there_and_marks_it_seen(cast, staff):
    ask_to_join(cast)
    page = staff.get(LIST)
    assert [str(row["sentence"]) for row in page.context["rows"]] == ["Nadia Brook asks to join"]
    assert page.context["has_unseen"] is True
    told = Notification.objects.get(person=cast.staff)
    assert staff.get(f"{LIST}{told.pk}/")["Location"] == "/groups/counsels/"
    told.refresh_from_db()
    assert told.seen_at is not None
    assert Notification.objects.get(person=cast.second_staff).seen_at is None


def test_all_are_marked_as_seen_by_a_deed(cast, staff):
    ask_to_join(cast)
    assert staff.get(f"{LIST}seen/").status_code == 405
    assert staff.post(f"{LIST}seen/")["Location"] == LIST
    assert Notification.objects.get(person=cast.staff).seen_at is not None
    assert Notification.objects.get(person=cast.second_staff).seen_at is None


def test_another_persons_notice_is_not_there(cast, staff):
    ask_to_join(cast)
    other = Notification.objects.get(person=cast.second_staff)
    assert staff.get(f"{LIST}{other.pk}/").status_code == 404
    assert staff.get(f"{LIST}{other.pk + 1000}/").status_code == 404
    assert staff.get(f"{LIST}{10**18}/").status_code == 404


def test_what_may_not_be_seen_any_more_is_neither_listed_nor_opened(cast, staff):
    from datetime import timedelta

    from django.utils import timezone

    ask_to_join(cast)
    told = Notification.objects.get(person=cast.staff)
    entry = told.entry
    entry.audience_id = cast.ceos.circle.audience_id
    entry.save()
    assert list(staff.get(LIST).context["rows"]) == []
    assert staff.get(f"{LIST}{told.pk}/").status_code == 404
    people.end_tenure(
        cast.tenures["staff"], last_day=timezone.now().date() - timedelta(days=2), by=cast.second_staff, at=cast.at
    )
    assert staff.get(LIST).status_code == 200


def test_a_long_list_has_pages_and_misses_nothing(cast, staff):
    ask_to_join(cast)
    told = Notification.objects.get(person=cast.staff)
    event = told.event
    for number in range(35):
        event.pk, event.transaction_id = None, 0
        event.save(force_insert=True)
        told.pk, told.event = None, event
        told.save(force_insert=True)
        assert number >= 0
    seen = []
    address = LIST
    while address:
        page = staff.get(address)
        seen += [row["notification"].pk for row in page.context["rows"]]
        address = f"{LIST}{page.context['older']}" if page.context["older"] else ""
    assert seen == list(Notification.objects.filter(person=cast.staff).order_by("-pk").values_list("pk", flat=True))


@pytest.mark.parametrize("before", ["x", "-5", "9" * 40, "\x00", "1.5"])
def test_a_place_that_is_none_is_the_beginning(cast, staff, before):
    ask_to_join(cast)
    assert len(staff.get(LIST, {"before": before}).context["rows"]) == 1


def test_the_pages_ask_the_same_of_the_database_for_one_row_and_for_three(cast, staff, django_assert_num_queries):
    ask_to_join(cast)
    with django_assert_num_queries(5):
        staff.get(LIST)
    told = Notification.objects.get(person=cast.staff)
    event = told.event
    for _copy in range(3):
        event.pk, event.transaction_id = None, 0
        event.save(force_insert=True)
        told.pk, told.event = None, event
        told.save(force_insert=True)
    with django_assert_num_queries(5):
        staff.get(LIST)
    with django_assert_num_queries(9):
        staff.get(CHOICES)
