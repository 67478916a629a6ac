"""Societies sign while the text changes and while the letter closes: each is bound to what it saw, or is told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.calls import actions as calls
from collegium.core.calls.models import Answer, RollRow
from collegium.core.calls.tests.scene import mandate
from collegium.core.calls.tests.test_at_once import Crowd
from collegium.core.groups.tests.meeting import Other
from collegium.core.people.tests.factories import make_organization, make_person, make_tenure
from collegium.core.trail.models import Event
from collegium.rooms.signons import actions
from collegium.rooms.signons.models import Signature, Version

from .scene import DAY, NEWER, assembled, closed, fresh, move, names, open_letter, present, save, sign, wording

pytestmark = pytest.mark.django_db(transaction=True)
SECOND = timedelta(seconds=1)
MANY = 12


def societies(number):
    """So many more, each with somebody who signs."""
    found = []
    for n in range(number):
        society, person = (
            make_organization(f"Society of Shoal {n:02}", slug=f"shoal-{n:02}"),
            make_person(f"Chief {n:02}"),
        )
        mandate(make_tenure(person, society, "ceo"), "sign")
        found.append((society.slug, person))
    return found


def say(call_id, slug, person, text, at):
    rows = RollRow.objects.select_related("call__entry", "organization__entry")
    row = rows.get(call=call_id, organization__slug=slug)
    viewer = Viewer.of(person, at=at)
    return calls.answer_call(row, choice="signed", facts={"text": text}, viewer=viewer, at=at)


def test_each_signature_is_bound_to_the_text_its_signer_saw_or_refused(cast):
    people = societies(MANY)
    letter, at = open_letter(cast)
    seen, call_id = letter.current.digest, letter.round.call_id
    crowd = Crowd()
    for slug, person in people:
        crowd.add(slug, lambda slug=slug, person=person: say(call_id, slug, person, seen, at))
    crowd.add("change", lambda: save(cast, letter, NEWER, at, change="editorial"))
    came = crowd.run()
    assert isinstance(came["change"], Version)
    signed = {slug for slug, _person in people if isinstance(came[slug], Answer)}
    refused = {slug for slug, _person in people if isinstance(came[slug], Refused)}
    assert signed | refused == {slug for slug, _person in people}
    answers = dict(Answer.objects.values_list("row__organization__slug", "facts__text"))
    assert answers == dict.fromkeys(signed, seen)
    # Whoever was told reads it again, and signs the text as it is now.
    now = fresh(letter).current.digest
    for slug, person in people:
        if slug in refused:
            say(call_id, slug, person, now, at)
    letter, _at = closed(letter)
    bound = dict(Signature.objects.values_list("society__slug", "digest"))
    assert bound == {slug: seen if slug in signed else now for slug, _person in people}


def test_a_change_in_substance_loses_no_signature_and_keeps_none(cast):
    people = societies(MANY)
    letter, at = open_letter(cast)
    seen, call_id = letter.current.digest, letter.round.call_id
    crowd = Crowd()
    for slug, person in people:
        crowd.add(slug, lambda slug=slug, person=person: say(call_id, slug, person, seen, at))
    crowd.add("change", lambda: save(cast, letter, NEWER, at, change="substantive"))
    came = crowd.run()
    assert isinstance(came["change"], Version)
    signed = {slug for slug, _person in people if isinstance(came[slug], Answer)}
    kept = Answer.objects.filter(row__call=call_id, ended_at=None).values_list("row__organization__slug", flat=True)
    assert set(kept) == signed
    again = present(letter)
    assert (again.call_id != call_id, Answer.objects.filter(row__call=again.call_id).count()) == (True, 0)
    letter, _at = closed(letter)
    assert names(letter) == []


def test_who_signs_in_the_last_second_is_on_the_list_or_told(cast):
    people = societies(MANY)
    letter, _at = open_letter(cast)
    call, seen = letter.round.call, letter.current.digest
    crowd, last = Crowd(), call.closes_at - SECOND
    for slug, person in people:
        crowd.add(slug, lambda slug=slug, person=person: say(call.pk, slug, person, seen, last))
    crowd.add("close", lambda: calls.close_call(call, at=call.closes_at))
    came = crowd.run()
    assert not isinstance(came["close"], Refused)
    signed = {slug for slug, _person in people if isinstance(came[slug], Answer)}
    assert {slug for slug, _person in people if isinstance(came[slug], Refused)} == {s for s, _p in people} - signed
    assert set(Signature.objects.values_list("society__slug", flat=True)) == signed
    assert Event.objects.filter(name="signon.moved", facts__now="closed").count() == 1


def test_who_writes_while_somebody_signs_waits(cast):
    letter, at = open_letter(cast)
    signing = Other(lambda: sign(cast, letter, "delegate", at)).hold()
    writing = Other(lambda: save(cast, letter, NEWER, at, change="substantive")).start()
    assert writing.is_waiting
    signing.let_go()
    writing.let_go()
    assert (fresh(letter).entry.state, Answer.objects.filter(ended_at=None).count()) == ("reconsent", 1)


def test_who_signs_while_the_text_changes_is_told(cast):
    letter, at = open_letter(cast)
    seen = letter.current.digest
    writing = Other(lambda: save(cast, letter, NEWER, at)).hold()
    signing = Other(lambda: sign(cast, letter, "delegate", at, text=seen)).start()
    assert signing.is_waiting
    writing.let_go()
    with pytest.raises(Refused, match="The text was changed meanwhile"):
        signing.let_go()


def test_who_withdraws_while_it_is_sent_is_off_the_file_or_marked_on_its_page(cast):
    letter, at = open_letter(cast)
    sign(cast, letter, "delegate", at)
    sign(cast, letter, "chair", at)
    letter, at = assembled(cast, *closed(letter))
    at += DAY
    left = Signature.objects.get(society=cast.lagoon)
    sending = Other(lambda: move(cast, letter, "sent", at, reason="By courier.")).hold()
    viewer = cast.viewer("delegate", at)
    leaving = Other(lambda: actions.withdraw_signature(left, line="Late.", viewer=viewer, at=at)).start()
    assert leaving.is_waiting
    sending.let_go()
    leaving.let_go()
    left.refresh_from_db()
    assert (left.place, left.line, fresh(letter).entry.state) == (2, "Late.", "sent")


def test_two_who_write_at_once_leave_one_version(cast):
    letter, at = open_letter(cast)
    one = Other(lambda: save(cast, letter, NEWER, at)).hold()
    viewer = cast.viewer("second_staff", at)
    told = {"base": 1, "change": "editorial", "viewer": viewer, "at": at}
    other = Other(lambda: actions.save_text(letter, wording(raw="Mine."), **told)).start()
    one.let_go()
    with pytest.raises(Refused, match="Meanwhile somebody wrote version 2"):
        other.let_go()
    assert present(letter).call.closes_at == cast.at + 10 * DAY
