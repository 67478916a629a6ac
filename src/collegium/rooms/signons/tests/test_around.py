"""What letters tell the rest of the house: what is found, exported, asked at a desk, and what others may say."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO

import pytest
from docx import Document

from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.entries.models import Passage
from collegium.rooms.signons import actions, exports, registry
from collegium.rooms.signons.models import Paper
from collegium.rooms.signons.papers.content import letter_content
from collegium.rooms.signons.papers.word import as_docx
from collegium.web.desk.registry import asked_of
from collegium.web.office.positions import letters, outsiders

from .scene import DAY, NEWER, closed, drafted, fresh, move, open_letter, save, sent, sign

TABLE = "Dear all,\n\n| What | When |\n|---|---:|\n| Reply | 2 days |\n\n> A *quote*.\n\n1. One\n2. Two\n\n`code`"


def told(files):
    return {file.name: json.loads(b"".join(file.chunks)) for file in files}


def test_what_somebody_did_with_letters_they_can_take_along(cast):
    letter, at = sent(cast)
    mine = letter.signatures.get(society=cast.lagoon)
    actions.withdraw_signature(mine, line="We differ.", viewer=cast.viewer("delegate", at), at=at)
    found = told(exports.signons(cast.delegate, at))
    assert [row["line"] for row in found["signatures-withdrawn.json"]] == ["We differ."]
    assert found["signon-versions.json"] == []
    found = told(exports.signons(cast.staff, at))
    assert [row["now"] for row in found["signon-steps.json"]] == ["clearance", "circulating", "assembled", "sent"]
    assert [row["subject"] for row in found["signon-versions.json"]] == ["Delays of approvals"]


def test_what_somebody_signed_from_outside_is_theirs_once_they_have_an_account(cast):
    letter, at = open_letter(cast)
    letter = actions.open_outside(letter, viewer=cast.viewer("staff", at), at=at)
    claim = {"organization": "Guild", "officer": "Oz", "title": "Chair", "email": "outsider@elsewhere.example"}
    outsider = actions.ask_to_sign(letter, **claim, digest=fresh(letter).current.digest, at=at)
    actions.consent(outsider, digest=outsider.digest, at=at)
    found = told(exports.signons(cast.outsider, at))["signed-from-outside.json"]
    assert [(row["organization"], row["officer"]) for row in found] == [("Guild", "Oz")]
    assert told(exports.signons(cast.peer, at))["signed-from-outside.json"] == []


def test_a_society_finds_it_on_its_desk(cast):
    letter, at = open_letter(cast)
    labels = [line["label"] for line in asked_of(cast.lagoon, cast.viewer("delegate", at))]
    assert f"Sign: {letter.entry.title}" in labels


def test_the_office_is_told_what_waits(cast):
    letter = drafted(cast)
    staff = cast.viewer("staff")
    assert letters(staff)["count"] == 0
    move(cast, letter, "clearance", cast.at)
    assert (letters(staff)["count"], letters(staff)["oldest_at"]) == (1, cast.at)
    letter, at = open_letter(cast)
    letter = actions.open_outside(letter, viewer=cast.viewer("staff", at), at=at)
    claim = {"organization": "Guild", "officer": "Oz", "title": "Chair", "email": "o@elsewhere.example"}
    outsider = actions.ask_to_sign(letter, **claim, digest=fresh(letter).current.digest, at=at)
    assert outsiders(staff) == []
    actions.consent(outsider, digest=outsider.digest, at=at)
    assert [line["count"] for line in outsiders(staff)] == [1]


# --- what a room above may say


def _not_supported(letter, attempt):
    raise Refused("Four societies support it; it needs six.")


def test_another_room_says_what_support_is(cast, monkeypatch):
    letter = drafted(cast, is_advocacy=True)
    move(cast, letter, "clearance", cast.at)
    monkeypatch.setitem(registry.guards._things, "supported", _not_supported)
    with pytest.raises(Refused, match="it needs six"):
        move(cast, letter, "circulating", cast.at, closes_at=cast.at + 10 * DAY, reason="Urgent.")
    assert fresh(letter).entry.state == "clearance"


def _chair_clears(viewer: Viewer) -> bool:
    return viewer.person is not None and viewer.person.name == "Ruth Alder"


def test_another_room_names_who_clears(cast, monkeypatch):
    letter = drafted(cast)
    move(cast, letter, "clearance", cast.at)
    with pytest.raises(Refused, match="cannot take this step"):
        move(cast, letter, "draft", cast.at, by="chair", reason="Shorten it.")
    monkeypatch.setitem(registry.clearers._paths, "tests", f"{__name__}._chair_clears")
    move(cast, letter, "draft", cast.at, by="chair", reason="Shorten it.")
    assert fresh(letter).entry.state == "draft"


# --- papers


def words_of(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(BytesIO(content)).paragraphs if paragraph.text]


def test_the_letter_for_word_processors_has_all_that_is_signed(cast):
    sent(cast, reservations="printed")
    content = bytes(Paper.objects.get(form="docx").content)
    assert zipfile.is_zipfile(BytesIO(content))
    words = words_of(content)
    assert words[0] == "Council of Islands"
    for part in ("Delays of approvals", "Plans should answer within two days.", "Signed by", "Reservations"):
        assert part in words
    assert words.index("College of Harbour Surgeons") < words.index("Society of Lagoon Cardiology")
    assert words[-1] == "College of Harbour Surgeons\nBut not for emergencies."
    assert "Orla Penhaligon\nDirector, Bureau of Tides\n1 Quay Street\nPort Wrack" in words


def test_reservations_stand_in_the_letter_only_where_its_terms_print_them(cast):
    sent(cast, reservations="listed")
    assert "Reservations" not in words_of(bytes(Paper.objects.get(form="docx").content))


def test_lists_quotes_and_tables_are_drawn_and_nothing_typed_is_read_as_markup(cast):
    letter, at = open_letter(cast, text=TABLE + "\n\n#panic() $x$ <b>bold</b>")
    sign(cast, letter, "delegate", at)
    letter, at = closed(letter)
    content = letter_content(letter, at, base="https://council.example", is_proof=True)
    document = Document(BytesIO(as_docx(content)))
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [
        ["What", "When"],
        ["Reply", "2 days"],
    ]
    styles = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs}
    assert (styles["A quote."], styles["One"]) == ("Quote", "List Number")
    assert "#panic() $x$ <b>bold</b>" in styles
    assert content.mark == "Proof 0: not sent"
    move(cast, letter, "assembled", at, locks_at=at + DAY)
    move(cast, letter, "sent", at + DAY, reason="By courier.")
    assert bytes(Paper.objects.get(form="pdf").content).startswith(b"%PDF-")


def test_a_change_is_found_by_its_new_words(cast):
    letter, at = open_letter(cast)
    save(cast, letter, NEWER, at)
    passages = Passage.objects.filter(entry=letter.entry, part="text")
    assert "within one days" in " ".join(passages.values_list("text", flat=True))
