"""The pages of letters: what each reader is shown, what is typed and kept, and how many questions a list asks."""

from __future__ import annotations

import hashlib

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from collegium.core.calls.models import Answer
from collegium.rooms.signons import actions, links
from collegium.rooms.signons.models import Letter, Outsider, Paper, Signature, Version

from .scene import DAY, NEWER, TEXT, assembled, closed, drafted, fresh, move, open_letter, row_of, save, sent, sign

BAD = ["", "a\x00b", "x" * 100_000, "\ufffd"]


def url(name, letter, *args):
    return reverse(f"signons:{name}", args=[letter.pk, *args])


def text_of(response):
    return response.content.decode()


def asked(client, letter, name, *args, status=200, **posted):
    where = url(name, letter, *args)
    answer = client.post(where, posted) if posted else client.get(where)
    assert answer.status_code == status, text_of(answer)[-3000:]
    return answer


def written(**changes):
    told = {"addressee": "Orla", "subject": "Delays", "raw": TEXT, "base": "1"}
    return told | changes


def settled(cast, **changes):
    told = {
        "ask": "We ask.",
        "delivers_on": (cast.at + 20 * DAY).date().isoformat(),
        "time_zone": "America/New_York",
        "edits": "all",
        "publication": "public",
        "dissent": "counted",
        "reservations": "listed",
        "minimum": "2",
        "late_until": "2026-07-01T12:00",
    }
    return told | changes


# --- prepared


def test_a_letter_is_begun_with_its_terms(cast, visit):
    answer = visit("staff").post(reverse("signons:new_letter"), written() | settled(cast))
    letter = Letter.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, letter.get_absolute_url())
    assert (letter.minimum, letter.dissent, letter.late_until.isoformat()) == (
        2,
        "counted",
        "2026-07-01T16:00:00+00:00",
    )


@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize("name", ["addressee", "subject", "raw", "ask", "delivers_on", "minimum", "edits"])
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(cast, visit, name, bad):
    told = written(subject="Kept as typed") | settled(cast) | {name: bad}
    answer = visit("staff").post(reverse("signons:new_letter"), told)
    assert answer.status_code == 422
    assert name == "subject" or "Kept as typed" in text_of(answer)
    assert not Letter.objects.exists()


def test_others_are_offered_no_letter_to_begin(cast, visit):
    for part in ("peer", "delegate"):
        assert visit(part).get(reverse("signons:new_letter")).status_code == 200
    for part in ("liaison", "two_seats", "outsider"):
        assert visit(part).get(reverse("signons:new_letter")).status_code == 404


def test_the_page_says_what_is_missing_for_each_step(cast, visit, now):
    letter, at = open_letter(cast, minimum=2)
    sign(cast, letter, "delegate", at)
    letter, at = assembled(cast, *closed(letter))
    now(at)
    page = text_of(asked(visit("staff"), letter, "letter"))
    assert "1 societies have signed, and it needs 2." in page
    assert url("step", letter, "sent") not in page
    assert url("step", letter, "cancelled") in page


# --- asked


def test_societies_are_asked_until_a_day_and_those_shut_out_are_shown(cast, visit):
    letter = drafted(cast)
    staff = visit("staff")
    asked(staff, letter, "step", "clearance", status=303, reason="")
    page = text_of(asked(staff, letter, "step", "circulating"))
    assert "Of 3 societies, 0 cannot answer by then" in page
    asked(staff, letter, "step", "circulating", status=422, closes_at="", reason="kept")
    answer = asked(staff, letter, "step", "circulating", status=422, closes_at="2026-05-24T12:00", reason="kept words")
    assert "at least one day before the day of delivery" in text_of(answer)
    assert "kept words" in text_of(answer)
    asked(staff, letter, "step", "circulating", status=303, closes_at="2026-05-14T12:00")
    assert fresh(letter).entry.state == "circulating"


def test_the_call_shows_the_text_with_its_hash_and_takes_the_signature(cast, visit, now):
    letter, at = open_letter(cast)
    now(at)
    delegate, row = visit("delegate"), row_of(letter, cast.lagoon)
    where = reverse("calls:answer", args=[row.call_id, row.pk])
    for page in (text_of(delegate.get(where)), text_of(delegate.get(reverse("calls:call", args=[row.call_id])))):
        assert "Refusals should be reviewed by a physician." in page
        assert letter.current.digest in page
    answer = delegate.post(where, {"choice": "signed", "raw": "", "text": "0" * 64})
    assert (answer.status_code, "The text was changed meanwhile" in text_of(answer)) == (422, True)
    assert f'name="text" value="{letter.current.digest}"' in text_of(answer)
    assert delegate.post(where, {"choice": "signed", "raw": "", "text": letter.current.digest}).status_code == 303
    assert Answer.objects.get().facts == {"text": letter.current.digest}


def test_the_team_enters_a_signature_for_the_text_it_was_shown(cast, visit, now):
    letter, at = open_letter(cast)
    now(at)
    row = row_of(letter, cast.reef)
    staff, where = visit("staff"), reverse("office:call_row", args=[row.call_id, row.pk])
    assert f'name="text" value="{letter.current.digest}"' in text_of(staff.get(where))
    told = {"choice": "signed", "raw": "", "evidence": "Mail of 4 May", "text": letter.current.digest}
    assert staff.post(reverse("office:call_entry", args=[row.call_id, row.pk]), told).status_code == 303
    assert Answer.objects.get().source == "team"


# --- written


def test_two_wordings_are_compared_by_who_may_read_both(cast, visit, now):
    letter, at = open_letter(cast)
    save(cast, letter, NEWER, at)
    now(at)
    page = text_of(asked(visit("leaver"), letter, "changes"))
    assert "<em>two</em></del>" in page
    assert "<em>one</em></ins>" in page
    assert "1 paragraph changed" in page
    for query in ("?from=1&to=9", "?from=x"):
        assert visit("leaver").get(url("changes", letter) + query).status_code == 404


def test_what_others_wrote_meanwhile_is_not_overwritten(cast, visit):
    letter = drafted(cast)
    save(cast, letter, NEWER, cast.at)
    answer = asked(visit("staff"), letter, "text", status=422, **written(raw="Mine, and kept."))
    assert "Meanwhile somebody wrote version 2" in text_of(answer)
    assert "Mine, and kept." in text_of(answer)
    assert Version.objects.count() == 2


@pytest.mark.parametrize("bad", ["", "x", "-1", "1" * 30, "a\x00"])
def test_a_base_that_is_no_number_is_refused(cast, visit, bad):
    letter = drafted(cast)
    asked(visit("staff"), letter, "text", status=422, **written(raw="New.", base=bad))
    assert Version.objects.count() == 1


def test_a_change_in_substance_is_asked_about_on_its_page(cast, visit, now):
    letter, at = open_letter(cast)
    now(at)
    told = written(raw=NEWER, change="substantive", closes_at="2026-05-12T12:00", note="One day")
    asked(visit("staff"), letter, "text", status=303, **told)
    assert fresh(letter).entry.state == "reconsent"
    page = text_of(asked(visit("delegate"), letter, "letter"))
    assert "Societies are asked again; who does not answer has not signed." in page


# --- sent


def test_everybody_reads_what_was_sent_with_the_hash_of_the_file(cast, visit, now):
    letter, at = sent(cast)
    now(at)
    page = text_of(asked(visit(None), letter, "letter"))
    for paper in Paper.objects.all():
        answer = asked(visit(None), letter, "paper", paper.kind, paper.form)
        assert hashlib.sha256(answer.content).hexdigest() == paper.digest
        assert paper.digest in page
    assert "But not for" in page
    # What went on inside is for members.
    assert "By courier." not in page
    assert "By courier." in text_of(asked(visit("peer"), letter, "letter"))


def test_reservations_are_shown_as_the_terms_say(cast, visit, now):
    letter, at = sent(cast, reservations="internal")
    now(at)
    assert "But not for" not in text_of(asked(visit("peer"), letter, "letter"))
    assert "But not for" in text_of(asked(visit("staff"), letter, "letter"))


def test_those_who_did_not_sign_are_counted_where_the_terms_say_so(cast, visit, now):
    letter, at = sent(cast, dissent="counted")
    now(at)
    assert "Did not answer" in text_of(asked(visit(None), letter, "letter"))
    assert "Academy of Reef" not in text_of(asked(visit(None), letter, "letter"))


def test_a_society_withdraws_on_a_page_and_the_host_decides(cast, visit, now):
    letter, at = sent(cast)
    now(at)
    mine = Signature.objects.get(society=cast.lagoon)
    delegate, staff = visit("delegate"), visit("staff")
    assert url("withdrawal", letter, mine.pk) in text_of(asked(delegate, letter, "letter"))
    asked(delegate, letter, "withdrawal", mine.pk, status=422, line="x" * 301)
    asked(delegate, letter, "withdrawal", mine.pk, status=303, line="We <b>disagree</b>.")
    assert "We &lt;b&gt;disagree&lt;/b&gt;." in text_of(asked(visit(None), letter, "letter"))
    assert url("telling", letter, mine.pk) in text_of(asked(staff, letter, "letter"))
    asked(staff, letter, "telling", mine.pk, status=422, told="yes", how="")
    asked(staff, letter, "telling", mine.pk, status=303, told="yes", how="By mail.")
    assert "By mail." in text_of(asked(staff, letter, "letter"))


def test_the_proof_is_a_paper_for_members_alone(cast, visit, now):
    letter, at = open_letter(cast)
    sign(cast, letter, "delegate", at)
    letter, at = assembled(cast, *closed(letter))
    now(at)
    answer = asked(visit("peer"), letter, "proof")
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert visit("outsider").get(url("proof", letter)).status_code == 404


# --- outside


def test_an_officer_signs_from_a_link_and_confirms_from_a_letter(cast, visit, now):
    letter, at = open_letter(cast)
    actions.open_outside(letter, viewer=cast.viewer("staff", at), at=at)
    now(at)
    letter, nobody = fresh(letter), visit(None)
    where = reverse("signons:outside", args=[letter.outside_key])
    assert "Refusals should be reviewed" in text_of(nobody.get(where))
    told = {"organization": "Guild", "officer": "Ada", "title": "Chair", "email": "a@guild.example"}
    told |= {"is_authorized": "on", "text": letter.current.digest}
    for name in told:
        answer = nobody.post(where, told | {name: ""})
        assert answer.status_code == 422, name
    assert nobody.post(where, told | {"organization": "x" * 100_000}).status_code == 422
    assert nobody.post(where, told | {"email": "no address"}).status_code == 422
    assert nobody.post(where, told)["Location"] == reverse("signons:asked", args=[letter.outside_key])
    outsider = Outsider.objects.get()
    link = reverse("signons:outsider", args=[links.write(outsider)])
    assert "Sign it for Guild" in text_of(nobody.get(link))
    assert Outsider.objects.get().verified_at is None
    assert nobody.post(link, {"text": "0" * 64}).status_code == 422
    assert nobody.post(link, {"text": letter.current.digest}).status_code == 303
    assert Outsider.objects.get().verified_at == at
    asked(visit("staff"), letter, "confirm", outsider.pk, status=303, x="1")
    assert "Guild" in text_of(asked(visit("peer"), letter, "letter"))


def test_too_many_from_one_sender_are_refused(cast, visit, now):
    letter, at = open_letter(cast)
    actions.open_outside(letter, viewer=cast.viewer("staff", at), at=at)
    now(at)
    letter = fresh(letter)
    told = {"organization": "Guild", "officer": "Ada", "title": "Chair", "email": "a@guild.example"}
    told |= {"is_authorized": "on", "text": letter.current.digest}
    where = reverse("signons:outside", args=[letter.outside_key])
    codes = [visit(None).post(where, told).status_code for _n in range(5)]
    assert (codes[:3], codes[-1]) == ([303, 303, 303], 422)


# --- lists


def test_the_list_asks_as_many_questions_for_three_as_for_one(cast, visit, now):
    counts = []
    for number in (1, 2):
        for _n in range(number):
            now(open_letter(cast)[1])
        client = visit("peer")
        client.get(reverse("signons:list"))
        with CaptureQueriesContext(connection) as asking:
            page = text_of(client.get(reverse("signons:list")))
        counts.append(len(asking))
    assert page.count("Delays of approvals") == 3
    assert counts[0] == counts[1]


def test_the_signatories_ask_as_many_questions_for_three_as_for_one(cast, visit, now):
    counts = []
    for parts in (["delegate"], ["delegate", "chair", "leaver"]):
        letter, at = open_letter(cast)
        for part in parts:
            sign(cast, letter, part, at)
        letter, at = closed(letter)
        move(cast, letter, "assembled", at, locks_at=at + DAY)
        now(at)
        # Of nobody who signed: one who did is asked about their own signature, and no other.
        client = visit("staff")
        client.get(letter.get_absolute_url())
        with CaptureQueriesContext(connection) as asking:
            page = text_of(client.get(letter.get_absolute_url()))
        counts.append(len(asking))
    assert escape("Academy of Reef Dermatology") in page
    assert counts[0] == counts[1]


def test_the_list_is_narrowed_by_state(cast, visit, now):
    drafted(cast)
    now(open_letter(cast)[1])
    staff = visit("staff")
    found = {state: text_of(staff.get(reverse("signons:list"), {"state": state})) for state in ("draft", "sent", "x")}
    counts = {state: page.count("Delays of approvals") for state, page in found.items()}
    assert counts == {"draft": 1, "sent": 0, "x": 2}
