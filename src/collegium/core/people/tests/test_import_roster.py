"""Importing a roster: looked through without a trace, carried out as it was shown, and nothing the second time."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from collegium.core.access.models import Admission
from collegium.core.access.queries import unsettled
from collegium.core.entries.models import Passage
from collegium.core.people import actions
from collegium.core.people.models import AddressProposal, Function, Person, RosterImport, RosterLine, Tenure
from collegium.core.people.roster.columns import COLUMNS, WRITTEN
from collegium.core.people.roster.present import exported, present
from collegium.core.people.roster.reading import Line, read
from collegium.core.trail.models import Event
from collegium.core.trail.tests.story import recorded, refuses

from .factories import make_function, make_organization, make_person, make_tenure

HEAD = "Society,Function,Name,E-mail,Title,Capacity,Staff or volunteer,First day,Last day"


@pytest.fixture(autouse=True)
def functions(cast):
    """Functions nobody of the cast has."""
    for slug in ("general-counsel", "hr"):
        make_function(slug)


def handed_in(cast, *lines, by="staff", head=HEAD):
    content = "\n".join([head, *lines]).encode()
    actor = getattr(cast, by) if by else None
    roster = actions.receive_roster(read(content), name="roster.csv", content=content, by=actor, at=cast.at)
    return actions.look_through_roster(roster, at=cast.at)


def seen(roster):
    """What each line comes to: outcome, what is done, reason."""
    return [(line.outcome, [deed["do"] for deed in line.deeds], line.reason) for line in roster.lines.all()]


def carried_out(cast, roster, by="staff"):
    actor = getattr(cast, by) if by else None
    actions.confirm_roster(roster, by=actor, at=cast.at)
    while actions.carry_out_part(roster, at=cast.at):
        pass
    return RosterImport.objects.get(pk=roster.pk)


def exported_again(cast):
    """The roster as it is exported, handed in: what each line comes to."""
    rows = io.StringIO()
    csv.writer(rows).writerows(exported(cast.at))
    return seen(handed_in(cast, *rows.getvalue().splitlines(), head=",".join(COLUMNS[column][0] for column in WRITTEN)))


def everything():
    models = (Person, Tenure, EmailAddress, AddressProposal, Admission)
    return [sorted(map(str, model.objects.values_list())) for model in models]


ADA = "lagoon,general-counsel,Ada Pell,Ada@Lagoon.example,General Counsel,holder,staff,2026-05-01,"


def test_looking_through_writes_nothing_into_the_registry(cast):
    before, events = everything(), Event.objects.count()
    roster = handed_in(cast, ADA)
    assert seen(roster) == [("new", ["person", "tenure"], "")]
    assert (roster.state, everything(), Event.objects.count()) == ("ready", before, events)


def test_a_new_person_is_registered_with_a_seat_and_an_address_and_admitted(cast):
    roster = carried_out(cast, handed_in(cast, ADA))
    ada = Person.objects.get(name="Ada Pell")
    tenure = ada.tenures.get()
    assert (tenure.seat.function.slug, tenure.title, tenure.capacity, tenure.starts_on, tenure.last_day) == (
        "general-counsel",
        "General Counsel",
        "holder",
        date(2026, 5, 1),
        None,
    )
    assert EmailAddress.objects.get(user=ada).email == "ada@lagoon.example"
    assert roster.state == "done"
    assert Admission.objects.filter(person=ada, audience=cast.lagoon.audience).exists()
    assert list(unsettled()) == []


def test_the_confirmation_is_recorded_and_so_is_each_deed(cast):
    roster = carried_out(cast, handed_in(cast, ADA))
    names = list(Event.objects.order_by("-pk").values_list("name", flat=True)[:3])
    assert sorted(names) == ["person.registered", "roster.confirmed", "tenure.started"]
    event = Event.objects.get(name="roster.confirmed")
    assert event.facts == {"lines": 1, "digest": roster.digest}
    assert event.actor == cast.staff


def test_the_same_file_again_changes_nothing(cast):
    lines = [
        ADA,
        "lagoon,cfo,Ines Okafor,peer@lagoon.example,Treasurer,,volunteer,,2026-12-31",
        "lagoon,cio,Bao Castellanos,,,deputy,,,",
        "lagoon,liaison,Jonas Weil,jonas@new.example,,,,,",
        "reef,cio,Grace Far,grace@reef.example,,deputy,,2024-01-01,2025-12-31",
    ]
    first = handed_in(cast, *lines)
    assert [(outcome, deeds) for outcome, deeds, _reason in seen(first)] == [
        ("new", ["person", "tenure"]),
        ("changed", ["correct", "end"]),
        ("changed", ["capacity"]),
        ("changed", ["address"]),
        ("new", ["person", "tenure"]),
    ]
    carried_out(cast, first)
    before = everything()
    again = handed_in(cast, *lines)
    assert {outcome for outcome, _deeds, _reason in seen(again)} == {"unchanged"}
    with refuses("This roster changes nothing."):
        actions.confirm_roster(again, by=cast.staff, at=cast.at)
    assert everything() == before


def test_what_is_exported_is_unchanged_when_it_comes_back(cast):
    roster = exported_again(cast)
    assert len(roster) == Tenure.objects.count()
    assert {outcome for outcome, _deeds, _reason in roster} == {"unchanged"}


def test_an_address_of_somebody_known_is_proposed_and_never_set(cast):
    carried_out(cast, handed_in(cast, "lagoon,cfo,Ines Okafor,ines@private.example,,,,,"))
    assert AddressProposal.objects.get().email == "ines@private.example"
    assert [address.email for address in EmailAddress.objects.filter(user=cast.peer)] == ["peer@lagoon.example"]


def test_another_title_is_corrected_at_a_foundation_and_on_the_councils_team_too(cast):
    fund = make_organization(kind="foundation", parent=cast.lagoon, slug="fund")
    make_tenure(cast.peer, fund, "cfo")
    lines = ["fund,cfo,Ines Okafor,,Treasurer,,,,", "council,council-team,Olu Fenwick,,Director,,,,"]
    roster = handed_in(cast, *lines)
    assert seen(roster) == [("changed", ["correct"], "")] * 2
    carried_out(cast, roster)
    assert [line.outcome for line in roster.lines.all()] == ["changed", "changed"]
    assert Tenure.objects.filter(title__in=["Treasurer", "Director"]).count() == 2


NEW_JOHN = "lagoon,hr,John Smith,jsmith@lagoon.example,,,,,"


@pytest.fixture
def john(cast):
    """He left Lagoon long ago and works at Reef."""
    john = make_person("John Smith", email="john@reef.example")
    make_tenure(john, cast.lagoon, "hr", starts_on=date(2015, 1, 1), last_day=date(2017, 6, 30))
    make_tenure(john, cast.lagoon, "cio", capacity="deputy", starts_on=date(2017, 7, 1), last_day=date(2019, 12, 31))
    make_tenure(john, cast.reef, "hr")
    return john


def test_a_new_colleague_with_the_name_of_one_who_left_is_nobody_else(cast, john):
    roster = handed_in(cast, NEW_JOHN)
    reason = (
        "John Smith held a seat here until 2019-12-31: if this is the same person, give the address they sign in with; "
        "if it is somebody else, register them in the office first."
    )
    assert seen(roster) == [("refused", [], reason)]
    assert roster.lines.get().column == "email"
    new = actions.register_person("John Smith", email="jsmith@lagoon.example", by=cast.staff, at=cast.at)
    carried_out(cast, handed_in(cast, NEW_JOHN))
    assert (new.tenures.count(), john.tenures.count(), AddressProposal.objects.count()) == (1, 3, 0)


def test_who_left_and_comes_back_is_known_by_the_address_they_sign_in_with(cast, john):
    carried_out(cast, handed_in(cast, NEW_JOHN.replace("jsmith@lagoon.example", "john@reef.example")))
    assert john.tenures.count() == 4


@pytest.mark.parametrize("first_day", [date(2020, 1, 1), date(2027, 1, 1)], ids=["there", "expected"])
def test_who_has_a_seat_there_from_today_on_is_meant_by_the_name(cast, john, first_day):
    make_tenure(john, cast.lagoon, "general-counsel", starts_on=first_day)
    assert seen(handed_in(cast, NEW_JOHN)) == [("new", ["tenure", "address"], "")]


def test_a_line_that_tells_of_a_known_tenure_means_who_had_it(cast, john):
    """As a roster of former years does, with an address that ended with the tenure."""
    line = "lagoon,hr,John Smith,jsmith@lagoon.example,,,,2015-01-01,2017-06-30"
    assert seen(handed_in(cast, line, by=None)) == [("unchanged", [], "")]


@pytest.mark.parametrize(
    ("second", "comes_to"),
    [
        ("lagoon,hr,Ines Okafor,ines@private.example,,,,,", ("new", ["tenure"], "")),
        # Carried out before the first, since it ends something.
        ("lagoon,general-counsel,Ines Okafor,ines@private.example,,,,,2026-12-31", ("changed", ["end"], "")),
    ],
)
def test_one_address_on_two_lines_of_somebody_is_proposed_once(cast, second, comes_to):
    make_tenure(cast.peer, cast.lagoon, "general-counsel")
    roster = handed_in(cast, "lagoon,cfo,Ines Okafor,ines@private.example,,,,,", second)
    shown = [("changed", ["address"], ""), comes_to]
    assert seen(roster) == shown
    carried_out(cast, roster)
    assert seen(roster) == shown
    assert AddressProposal.objects.get().email == "ines@private.example"


def test_a_successor_takes_the_seat_the_file_itself_makes_free(cast):
    lines = [
        "lagoon,cfo,Ada Pell,ada@lagoon.example,CFO,,,2026-06-01,",
        "lagoon,cfo,Ines Okafor,peer@lagoon.example,,,,,2026-05-31",
    ]
    roster = carried_out(cast, handed_in(cast, *lines))
    assert {line.outcome for line in roster.lines.all()} == {"new", "changed"}
    periods = Tenure.objects.filter(seat=cast.tenures["peer"].seat).order_by("period")
    assert [(t.person.name, t.last_day) for t in periods] == [("Ines Okafor", date(2026, 5, 31)), ("Ada Pell", None)]


def test_a_former_tenure_of_the_holder_makes_no_seat_free(cast):
    lines = ["lagoon,cfo,Ines Okafor,,,,,2017-01-01,2018-05-31", "lagoon,cfo,Bob Nu,bob@new.example,,,,2026-07-01,"]
    roster = handed_in(cast, *lines)
    shown = [("new", ["tenure"], ""), ("refused", [], HELD)]
    assert seen(roster) == shown
    carried_out(cast, roster)
    assert seen(roster) == shown


def test_one_new_person_may_take_two_seats(cast):
    lines = [ADA, "lagoon,hr,Ada Pell,ada@lagoon.example,,,,,"]
    roster = handed_in(cast, *lines)
    assert [deeds for _outcome, deeds, _reason in seen(roster)] == [["person", "tenure"], ["tenure"]]


HELD = "Ines Okafor holds this seat then. Give the last day of that tenure in a line of its own."
REFUSALS = [
    (",cfo,Ada,a@x.example,,,,,", "society", "The society is missing."),
    ("atlantis,cfo,Ada,a@x.example,,,,,", "society", "No society is called “atlantis”."),
    ("lagoon,,Ada,a@x.example,,,,,", "function", "The function is missing."),
    ("lagoon,juggler,Ada,a@x.example,,,,,", "function", "There is no function “juggler”."),
    ("lagoon,hr,,,,,,,", "name", "The name is missing."),
    ("lagoon,hr,Ada Pell,,,,,,", "email", "Nobody of this name is known there: a new person needs an address."),
    ("lagoon,hr,Ada Pell,ada at x,,,,,", "email", "“ada at x” is not an address."),
    ("lagoon,hr,Ada Pell,peer@lagoon.example,,,,,", "email", "This address is Ines Okafor’s."),
    ("lagoon,hr,Ada Pell,a@x.example,=1+1,,,,", "title", "This is a formula, not a value."),
    ("lagoon,hr,Ada Pell,a@x.example," + "x" * 151 + ",,,,", "title", "This is longer than 150 characters."),
    ("lagoon,hr,Ada Pell,a@x.example,,boss,,,", "capacity", "“boss” is none of: holder, interim, acting, deputy."),
    (
        "lagoon,hr,Ada Pell,a@x.example,,,robot,,",
        "leadership",
        "“robot” is none of: staff, volunteer, volunteer leader.",
    ),
    ("lagoon,hr,Ada Pell,a@x.example,,,,3/4/2026,", "starts_on", "“3/4/2026” is not a day: write it as 2026-11-25."),
    (
        "lagoon,hr,Ada Pell,a@x.example,,,,2026-02-30,",
        "starts_on",
        "“2026-02-30” is not a day: write it as 2026-11-25.",
    ),
    (
        "lagoon,hr,Ada Pell,a@x.example,,,,,9999-12-31",
        "last_day",
        "Leave this empty where no end is known: a last day is between the years 1900 and 2999.",
    ),
    (
        "lagoon,cfo,Ines Okafor,peer@lagoon.example,,,,,9999-12-31",
        "last_day",
        "Leave this empty where no end is known: a last day is between the years 1900 and 2999.",
    ),
    (
        "lagoon,hr,Ada Pell,a@x.example,,,,1753-01-01,",
        "starts_on",
        "Choose a day between the years 1900 and 2999.",
    ),
    (
        "lagoon,hr,Ada Pell,a@x.example,,,,2026-05-02,2026-05-01",
        "last_day",
        "A tenure cannot end before its first day.",
    ),
    (
        "lagoon,hr,Ada Pell,a@x.example,,,,,2020-01-01",
        "starts_on",
        "Nothing is known of a tenure that ended then: give its first day.",
    ),
    ("lagoon,cfo,Ada Pell,a@x.example,,,,,", "starts_on", HELD),
    (
        "lagoon,cfo,Ines Okafor,,,,,2021-01-01,",
        "starts_on",
        "This tenure began on 2020-01-01; an import does not change a first day.",
    ),
]


@pytest.mark.parametrize(("line", "column", "reason"), REFUSALS, ids=range(len(REFUSALS)))
def test_a_line_that_cannot_be_carried_out_says_why_at_its_cell(cast, line, column, reason):
    (found,) = handed_in(cast, line).lines.all()
    assert (found.outcome, found.column, found.reason) == ("refused", column, reason)


def test_lines_that_contradict_each_other_are_refused_with_the_number_of_the_first(cast):
    lines = [ADA, ADA, "lagoon,hr,Ann Other,ada@lagoon.example,,,,,", "lagoon,ceo,Zoe Nu,z@x.example,,,,2030-01-01,"]
    assert [reason for _outcome, _deeds, reason in seen(handed_in(cast, *lines))][1:3] == [
        "Line 2 says this already.",
        "Line 2 gives this address to another name.",
    ]


def test_two_people_of_one_name_are_told_apart_by_their_address(cast):
    make_tenure(make_person("Ines Okafor", email="other@lagoon.example"), cast.lagoon, "hr")
    (line,) = handed_in(cast, "lagoon,hr,Ines Okafor,,,,,,").lines.all()
    assert line.reason == "Several people of this society have this name: give the address."
    (line,) = handed_in(cast, "lagoon,hr,Ines Okafor,other@lagoon.example,,,,,").lines.all()
    assert line.outcome == "unchanged"


def test_a_slug_in_its_own_letters_means_its_society_whoever_has_it_as_an_acronym(cast):
    coral = make_organization("Coral Surgeons", slug="acs", acronym="AOCS")
    make_organization("Cancer Society", slug="cancer", acronym="ACS")
    make_tenure(make_person("Zed Zee", email="zed@coral.example"), coral, "hr")
    assert exported_again(cast) == [("unchanged", [], "")] * Tenure.objects.count()
    said = seen(handed_in(cast, "ACS,hr,Zed Zee,,,,,,", "AOCS,hr,Zed Zee,,,,,,"))
    assert said == [("refused", [], "“ACS” may be: acs, cancer."), ("unchanged", [], "")]


def test_a_slug_in_its_own_letters_means_its_function_whatever_another_is_called(cast):
    for slug, short in (("chair-of-board", "President"), ("president", "Pres")):
        Function.objects.create(slug=slug, name=slug.title(), short=short, plural=slug)
    make_tenure(make_person("Zed Zee"), cast.reef, "president")
    assert exported_again(cast) == [("unchanged", [], "")] * Tenure.objects.count()
    said = seen(handed_in(cast, "reef,President,Zed Zee,,,,,,", "reef,pres,Zed Zee,,,,,,"))
    assert said == [("refused", [], "“President” may be: chair-of-board, president."), ("unchanged", [], "")]


def test_what_changed_since_it_was_looked_at_is_refused_and_the_rest_is_done(cast):
    roster = handed_in(cast, ADA, "lagoon,cfo,Ines Okafor,,Treasurer,,,,")
    make_person("Adam Pelle", email="ada@lagoon.example")
    carried_out(cast, roster)
    assert [(line.outcome, line.reason) for line in roster.lines.all()] == [
        ("refused", "This address is Adam Pelle’s."),
        ("changed", ""),
    ]
    assert Tenure.objects.get(pk=cast.tenures["peer"].pk).title == "Treasurer"


@pytest.mark.parametrize("part", ["peer", "liaison", "chair", "outsider"])
def test_only_the_councils_team_imports_a_roster(cast, part):
    reason = "Only the council's team keeps the registry of societies and people."
    with refuses(reason):
        handed_in(cast, ADA, by=part)
    roster = handed_in(cast, ADA)
    for deed in (actions.confirm_roster, actions.abandon_roster):
        with refuses(reason):
            deed(roster, by=getattr(cast, part), at=cast.at)


def test_a_roster_is_confirmed_and_abandoned_once(cast):
    roster = carried_out(cast, handed_in(cast, ADA))
    with refuses("This roster does not wait for a confirmation."):
        actions.confirm_roster(roster, by=cast.staff, at=cast.at)
    with refuses("This roster was carried out or abandoned already."):
        actions.abandon_roster(roster, by=cast.staff, at=cast.at)


def test_an_abandoned_roster_keeps_nobodys_name(cast):
    roster = handed_in(cast, ADA)
    actions.abandon_roster(roster, by=cast.staff, at=cast.at)
    assert RosterLine.objects.count() == 0
    assert actions.carry_out_part(roster, at=cast.at) == 0


def test_a_roster_that_is_being_carried_out_is_left_with_what_is_done(cast, monkeypatch):
    monkeypatch.setattr("collegium.core.people.actions.rosters.LINES_AT_ONCE", 1)
    roster = handed_in(cast, ADA, "lagoon,hr,Bo Quay,bo@x.example,,,,,", "atlantis,hr,Cy Roe,cy@x.example,,,,,")
    actions.confirm_roster(roster, by=cast.staff, at=cast.at)
    assert actions.carry_out_part(roster, at=cast.at) == 1
    with recorded() as told:
        left = actions.abandon_roster(roster, by=cast.staff, at=cast.at)
    facts = {"done": 1, "lines": 2, "digest": roster.digest}
    assert [(name, row[-1]) for name, *row in told] == [("roster.abandoned", facts)]
    assert actions.carry_out_part(roster, at=cast.at) == 0
    assert RosterImport.objects.get(pk=roster.pk).state == left.state == "abandoned"
    assert list(Person.objects.filter(name__in=["Ada Pell", "Bo Quay"]).values_list("name", flat=True)) == ["Ada Pell"]
    assert [line.number for line in roster.lines.all()] == [2]
    with refuses("This roster was carried out or abandoned already."):
        actions.abandon_roster(roster, by=cast.staff, at=cast.at)
    actions.forget_rosters(at=cast.at + timedelta(days=8))
    assert RosterLine.objects.count() == 0


def test_a_day_that_was_taken_in_and_cannot_be_told_is_refused_and_the_roster_ends(cast):
    roster = handed_in(cast, ADA, "lagoon,hr,Bo Quay,bo@x.example,,,,,2027-12-31")
    line = roster.lines.get(number=3)
    line.cells["last_day"] = "9999-12-31"
    line.save(update_fields=["cells"])
    assert carried_out(cast, roster).state == "done"
    assert [line.outcome for line in roster.lines.all()] == ["new", "refused"]


def test_old_rosters_are_forgotten(cast):
    waiting, done = handed_in(cast, ADA), carried_out(cast, handed_in(cast, "lagoon,cfo,Ines Okafor,,Treasurer,,,,"))
    assert actions.forget_rosters(at=cast.at + timedelta(days=6)) == 0
    assert actions.forget_rosters(at=cast.at + timedelta(days=8)) == 2
    states = RosterImport.objects.in_bulk([waiting.pk, done.pk])
    assert (states[waiting.pk].state, states[done.pk].state) == ("abandoned", "done")


def test_the_jobs_do_it_a_part_at_a_time_and_may_run_twice(cast):
    from collegium.core.people import jobs

    content = f"{HEAD}\n{ADA}".encode()
    roster = actions.receive_roster(read(content), name="r.csv", content=content, by=cast.staff, at=cast.at)
    jobs.look_through(roster_id=roster.pk)
    jobs.look_through(roster_id=roster.pk)
    actions.confirm_roster(roster, by=cast.staff, at=cast.at)
    for _ in range(3):
        jobs.carry_out(roster_id=roster.pk)
    assert Person.objects.filter(name="Ada Pell").count() == 1
    assert set(ProcrastinateJob.objects.values_list("task_name", flat=True)) >= {
        jobs.look_through.name,
        jobs.carry_out.name,
    }


def test_a_long_roster_asks_no_more_questions_to_be_compared(cast):
    with CaptureQueriesContext(
        connection,
    ) as few:
        present(cast.at)
    for number in range(30):
        make_tenure(make_person(email=f"p{number}@lagoon.example"), cast.lagoon, "hr")
    with CaptureQueriesContext(connection) as many:
        present(cast.at)
    assert len(few) == len(many) == 5


def test_nobody_joins_the_councils_own_team_by_a_file(cast):
    """Whoever writes the file, also for somebody known; who is of the team stays as they are, and may leave."""
    line = "council,council-team,Ada Pell,ada@lagoon.example,Director,holder,staff,2026-05-01,"
    known = "council,hr,Ines Okafor,peer@lagoon.example,Director,holder,staff,,"
    leaves = "council,council-team,Olu Fenwick,second_staff@council.example,,,,,2026-12-31"
    found = seen(handed_in(cast, line, known, leaves))
    reason = "Nobody joins the council's own team by a file: begin their tenure in the office."
    assert found == [("refused", [], reason), ("refused", [], reason), ("changed", ["end"], "")]
    assert not Person.objects.filter(name="Ada Pell").exists()


def test_a_part_is_looked_at_anew_with_as_much_of_the_registry_as_it_speaks_of(cast):
    lines = [Line(2, {"society": "SLC", "email": "Peer@lagoon.example"}), Line(3, {"society": "none such"})]
    whole, some = present(cast.at), present(cast.at, lines)
    assert some.places == whole.places
    assert some.functions.keys() == whole.functions.keys()
    assert set(some.by_address) == {"peer@lagoon.example"}
    assert {place for place, _function in some.held} == {cast.lagoon.pk}
    assert some.held == {seat: held for seat, held in whole.held.items() if seat[0] == cast.lagoon.pk}
    assert some.by_name == {key: known for key, known in whole.by_name.items() if key[0] == cast.lagoon.pk}


def test_more_lines_of_a_society_read_it_no_more_often(cast):
    """Each line costs its own deeds alone: what several of them name is read once a part."""
    counts = []
    for number in (1, 3):
        lines = [f"lagoon,hr,Person {number} {n},p{number}-{n}@lagoon.example,,deputy,,," for n in range(number)]
        roster = handed_in(cast, *lines)
        actions.confirm_roster(roster, by=cast.staff, at=cast.at)
        with CaptureQueriesContext(connection) as asked:
            assert actions.carry_out_part(roster, at=cast.at) == number
        counts.append([query["sql"] for query in asked])
    for table in ("people_function", "people_addressproposal"):
        read = [sum(sql.startswith("SELECT") and f'FROM "{table}"' in sql for sql in queries) for queries in counts]
        assert read[0] == read[1], table


def test_who_comes_in_by_a_roster_is_found_at_once(cast):
    carried_out(cast, handed_in(cast, ADA.replace("2026-05-01", "2020-01-01")))
    ada = Person.objects.get(name="Ada Pell")
    assert "Ada Pell" in Passage.objects.get(part="person", part_id=ada.pk).text


def test_what_a_refused_line_had_made_is_made_anew_by_the_next(cast):
    """Nobody proposes an address to themselves: the first line fails after it opened the seat."""
    make_tenure(cast.staff, cast.lagoon, "general-counsel")
    own = f"lagoon,hr,{cast.staff.name},other@lagoon.example,,,,,"
    roster = carried_out(cast, handed_in(cast, own, "lagoon,hr,Ann Other,ann@lagoon.example,,,,,"))
    assert [line.outcome for line in roster.lines.all()] == ["refused", "new"]
    holders = Tenure.objects.filter(seat__organization=cast.lagoon, seat__function__slug="hr")
    assert [tenure.person.name for tenure in holders] == ["Ann Other"]
