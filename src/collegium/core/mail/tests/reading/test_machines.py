"""What machines write is told from what people write; sealed and packed letters are opened as far as they can be."""

import pytest

from collegium.core.mail.reading import read
from collegium.core.mail.reading.automatic import is_out_of_office
from collegium.core.mail.reading.tnef import NotTnef, opened
from collegium.core.mail.reading.wrapping import signed_content
from collegium.core.mail.tests.letters import machine_cases, odd_cases

LETTER = b"From: clara@nordwind.example\r\nSubject: Dues\r\n%s\r\nThe text.\r\n"


@pytest.mark.parametrize(
    "subject",
    [
        *machine_cases.SUBJECTS.values(), "Auto: Out of office", "Out of the office until Monday", "[Nordwind] Automatic reply: Dues", "Abwesend: Beiträge", "Absence du bureau",
        "Fuera de la oficina", "Fuori ufficio", "Fora do escritório", "Afwezig: contributie", "不在のお知らせ", "外出中", "Автоответ: взносы", "מענה אוטומטי",
    ],
)  # fmt: skip
def test_an_absence_is_known_by_its_subject(subject):
    assert is_out_of_office(subject.removeprefix("Auto: "))


@pytest.mark.parametrize(
    "subject",
    ["Who is out of office in May?", "Re: Dues", "Our office moves out", "The automatic payment of dues", "Absences in 2027", "Automatische Zahlung", "自動支払い", "", "Onboarding of members", "Leave of the treasurer"],
)  # fmt: skip
def test_a_subject_that_speaks_of_absence_is_a_persons(subject):
    assert not is_out_of_office(subject)


def test_the_path_of_the_envelope_counts_before_that_of_the_head():
    assert read(LETTER % b"Return-Path: <clara@nordwind.example>\r\n", return_path="").automatic == "null-return-path"
    assert read(LETTER % b"Return-Path: <>\r\n", return_path="clara@nordwind.example").automatic is None
    assert read(LETTER % b"Return-Path: <>\r\n").automatic == "null-return-path"
    assert read(LETTER % b"").automatic is None


def test_a_list_is_ours_by_its_name_or_its_domain():
    field = b"List-Id: =?utf-8?q?Dues?= <dues.council.example>\r\n"
    assert read(LETTER % field, own_lists=["council.example"]).automatic == "own-list"
    assert read(LETTER % field, own_lists=["<Dues.Council.Example>"]).automatic == "own-list"
    assert read(LETTER % field, own_lists=["other.example"]).automatic is None


def test_a_report_within_a_persons_letter_is_an_attachment():
    report, _want = machine_cases.cases()["report-failed"]
    letter = LETTER % b'Content-Type: multipart/mixed; boundary="m"\r\n'
    letter += b"--m\r\n\r\nLook at this.\r\n--m\r\nContent-Type: message/rfc822\r\n\r\n" + report + b"\r\n--m--\r\n"
    reading = read(letter)
    assert (reading.bounce, reading.automatic) == (None, None)
    assert reading.markdown == "Look at this."
    assert [one.content_type for one in reading.attachments] == ["message/rfc822"]


def test_a_winmail_is_opened_to_its_files():
    found = opened(odd_cases.winmail())
    assert [(file.name, file.content) for file in found.files] == [("dues.txt", b"Spring: 20\r\n")]


def test_a_winmail_cut_anywhere_gives_what_it_holds_until_there():
    whole = odd_cases.winmail()
    for length in range(6, len(whole)):
        assert len(opened(whole[:length]).files) <= 1
    for other in (b"", b"PK\x03\x04", whole[:5], whole[1:]):
        with pytest.raises(NotTnef):
            opened(other)


def test_an_envelope_cut_anywhere_is_unreadable_or_empty():
    whole = odd_cases._signed_data(b"Content-Type: text/plain\r\n\r\nAgreed.")
    assert signed_content(whole) == b"Content-Type: text/plain\r\n\r\nAgreed."
    assert {signed_content(whole[:length]) for length in range(len(whole))} == {None}


def test_an_envelope_of_untold_length_is_opened_in_its_pieces():
    kind = bytes.fromhex("06092a864886f70d0107")
    inner = b"\x24\x80\x04\x03The\x04\x05 text\x00\x00"
    content = b"\x30\x80" + kind + b"\x01\xa0\x80" + inner + b"\x00\x00\x00\x00"
    whole = b"\x30\x80" + kind + b"\x02\xa0\x80\x30\x80\x02\x01\x01\x31\x00" + content + b"\x00\x00\x00\x00\x00\x00"
    assert signed_content(whole) == b"The text"
