"""What is handed over is looked into, whatever it is called; what is no archive is refused with a reason."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from collegium.rooms.archives.sources import Unusable, opened
from collegium.rooms.archives.sources import opening as looking

from .lists import conversation, letter, mailbox

MAILBOX = mailbox(conversation())
MEMBERS = "Email,Display Name,Joined\nuna@gone.example,Una Past,2009\nbo@gone.example,,2010\n"


@pytest.fixture
def look(tmp_path):
    """Looks into a file of these bytes, or the folder itself; names of the pieces, and what was found."""

    def look(content=None, name="archive"):
        path = tmp_path / "given"
        if content is not None:
            path.mkdir(exist_ok=True)
            path = path / name
            path.write_bytes(content)
        scratch = tmp_path / "scratch"
        scratch.mkdir(exist_ok=True)
        found = opened(path, scratch)
        return [(piece.name, piece.path.read_bytes()) for piece in found.pieces], found

    return look


def zipped(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize("name", ["list.mbox", "list.txt", "list", "list.csv"])
def test_a_mailbox_is_one_whatever_it_is_called(look, name):
    assert look(MAILBOX, name)[0] == [(name, MAILBOX)]


def test_a_packed_mailbox_is_unpacked(look):
    assert look(gzip.compress(MAILBOX), "2011-March.txt.gz")[0] == [("2011-March.txt.gz", MAILBOX)]


def test_an_export_with_a_list_of_members_gives_their_names(look):
    pieces, found = look(
        zipped({"export/list.mbox": MAILBOX, "export/members.csv": MEMBERS.encode(), "logo.png": b"x"})
    )
    assert [name for name, _content in pieces] == ["export/list.mbox"]
    assert found.names == {"una@gone.example": "Una Past"}
    assert found.passed_over == ["logo.png"]


def test_packed_mailboxes_in_an_export_are_unpacked_too(look):
    assert look(zipped({"a.mbox.gz": gzip.compress(MAILBOX)}))[0] == [("a.mbox.gz", MAILBOX)]


def test_a_folder_of_letters_gives_each(look, tmp_path):
    for place in ("cur", "new", "tmp"):
        (tmp_path / "given" / place).mkdir(parents=True)
    for number, place in enumerate(("cur", "new", "tmp"), start=1):
        (tmp_path / "given" / place / f"{number}.host:2,S").write_text(letter(number))
    assert [name for name, _content in look()[0]] == ["cur/1.host:2,S", "new/2.host:2,S"]


def test_a_folder_of_monthly_files_gives_each_and_follows_no_link(look, tmp_path):
    (tmp_path / "given").mkdir()
    (tmp_path / "given" / "2011-March.txt.gz").write_bytes(gzip.compress(MAILBOX))
    (tmp_path / "given" / "2011-April.txt").write_bytes(MAILBOX)
    (tmp_path / "given" / "index.html").write_text("<html>")
    (tmp_path / "secret.mbox").write_bytes(MAILBOX)
    (tmp_path / "given" / "link.mbox").symlink_to(tmp_path / "secret.mbox")
    pieces, found = look()
    assert [name for name, _content in pieces] == ["2011-April.txt", "2011-March.txt.gz"]
    assert found.passed_over == ["index.html"]


def _tar() -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w:gz") as archive:
        archive.addfile(tarfile.TarInfo("x"))
    return target.getvalue()


NONE = "There are no letters in it: it is no mailbox, no folder of letters and no export of a list."
DAMAGED = "“archive” is damaged and cannot be unpacked."


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", NONE),
        (b"\0" * 1000, NONE),
        (bytes(range(256)) * 100, NONE),
        (b"Dear all,\n\nFrom now on\n", NONE),
        (MEMBERS.encode(), NONE),
        (gzip.compress(b""), NONE),
        (_tar(), NONE),
        (zipped({}) + b"", NONE),
        (gzip.compress(MAILBOX)[:-20], "“archive” ends in the middle; it was not copied whole."),
        (b"\x1f\x8b" + b"x" * 100, DAMAGED),
        (b"PK\x03\x04" + b"x" * 100, DAMAGED),
        (zipped({"a.mbox": MAILBOX})[:-30], DAMAGED),
    ],
    # By number: what is packed holds the second it was packed in, and each process would call it something else.
    ids=[str(number) for number in range(12)],
)
def test_what_is_no_archive_is_refused(look, content, reason):
    with pytest.raises(Unusable) as refusal:
        look(content)
    assert str(refusal.value) == reason


def test_there_must_be_something(tmp_path):
    with pytest.raises(Unusable, match="no such file"):
        opened(Path("/nowhere/at/all"), tmp_path)


@pytest.mark.parametrize("pack", [gzip.compress, lambda content: zipped({"a": content})], ids=["gz", "zip"])
def test_what_unpacks_to_far_more_than_letters_do_is_not_read(look, monkeypatch, pack):
    monkeypatch.setattr(looking, "ALWAYS_ALLOWED", 1000)
    monkeypatch.setattr(looking, "CHUNK", 10_000)
    content = pack(b"\0" * 2_000_000)
    with pytest.raises(Unusable, match="far more than letters do"):
        look(content)


def test_many_small_bombs_are_one_bomb(look, monkeypatch):
    monkeypatch.setattr(looking, "ALWAYS_ALLOWED", 1000)
    monkeypatch.setattr(looking, "MOST_GROWTH", 20)
    with pytest.raises(Unusable, match="far more than letters do"):
        look(zipped({f"{number}": b"\0" * 9_000 for number in range(100)}))
