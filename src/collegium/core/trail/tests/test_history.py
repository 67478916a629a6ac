"""An entry's history: newest first, as far as the viewer may see, in words."""

from datetime import timedelta

from collegium.core.access.standard import MEMBERS, OFFICE, PUBLIC
from collegium.core.people import actions as people
from collegium.core.people.tests.factories import make_organization
from collegium.core.trail import actions as trail
from collegium.core.trail.models import Event
from collegium.core.trail.queries import history, sentence
from collegium.core.trail.registry import Past, pasts

DONE = Past("thing.done", "{actor} did it")


def told(entry, viewer):
    return [row["event"].facts.get("n") for row in history(entry, viewer) if row["event"].name == "thing.done"]


def test_history_ends_where_the_viewer_may_not_see(cast):
    entry = cast.lagoon.entry
    for number, audience in enumerate((PUBLIC, MEMBERS, OFFICE, cast.lagoon.audience_id)):
        trail.record(DONE, on=entry, by=cast.staff, at=cast.at, audience=audience, facts={"n": number})
    assert {part: told(entry, cast.viewer(part)) for part in (None, "outsider", "colleague", "peer", "staff")} == {
        None: [0],
        "outsider": [0],
        "colleague": [1, 0],
        "peer": [3, 1, 0],
        "staff": [2, 1, 0],
    }


def test_history_is_told_newest_first_and_no_further_than_its_limit(cast, django_assert_num_queries):
    entry = cast.lagoon.entry
    for number in (2, 0, 1):
        at = cast.at + timedelta(minutes=number)
        trail.record(DONE, on=entry, by=cast.staff, acting_for=cast.council, at=at, facts={"n": number})
    viewer = cast.viewer("peer")
    with django_assert_num_queries(1):
        rows = history(entry, viewer, limit=2)
        assert [(row["at"], row["acting_for"].name) for row in rows] == [
            (cast.at + timedelta(minutes=2), "Council of Islands"),
            (cast.at + timedelta(minutes=1), "Council of Islands"),
        ]


def test_a_sentence_names_who_did_it_and_the_facts(cast):
    people.change_standing(cast.reef, status="suspended", from_day=cast.at.date(), by=cast.staff, at=cast.at)
    assert sentence(Event.objects.latest("id")) == "Mara Quist changed the standing to “suspended”"


def test_a_deed_of_nobody_in_particular_is_the_houses(cast):
    make_organization("New Society")
    rows = Event.objects.filter(name="organization.registered").order_by("-id")
    assert sentence(rows[0]) == "The house registered this organization"


def test_a_deed_nobody_declares_any_more_is_told_by_its_name(cast):
    event = trail.record(Past("thing.forgotten", ""), on=cast.lagoon, by=cast.staff, at=cast.at)
    assert sentence(event) == "thing.forgotten"


def test_a_sentence_that_asks_for_a_fact_older_events_lack_is_still_told(cast):
    event = Event(name="group.charter_adopted", actor=cast.staff, facts={})
    assert sentence(event) == "Mara Quist put version … of the charter in force"


def test_every_event_of_the_cast_reads_as_a_sentence(cast):
    declared = set(pasts())
    for event in Event.objects.all():
        assert event.name in declared
        assert "{" not in sentence(event)
        assert "…" not in sentence(event)
