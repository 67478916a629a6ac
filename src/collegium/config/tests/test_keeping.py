"""A backup brings everything back, and nothing that is damaged, newer or of another kind."""

import json

import pytest

from collegium.config import archive
from collegium.config.tests.conftest import Installation, new_council


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A small council with a file, and its backup."""
    with new_council() as data:
        house = Installation(data)
        write_file(house, "2026/minutes.txt", b"Minutes of the first meeting")
        house.backup = tmp_path_factory.mktemp("keeping") / "backup"
        house.said = house.says("backup", str(house.backup))
        yield house


@pytest.fixture
def other(data_folder):
    """Another installation, on another cluster, with nothing in it."""
    return Installation(data_folder)


def write_file(house, name, content):
    path = house.data / "files" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


IMPORTS = """
import json
from collegium.core.groups.models import Group
from collegium.core.trail.models import Event, Seal
"""
ANSWER = """
groups = sorted(Group.objects.values_list("slug", flat=True))
events = list(Event.objects.order_by("id").values_list("id", "name", "transaction_id"))
eras = sorted(set(Seal.objects.values_list("era", flat=True)))
print(json.dumps([groups, events, eras]))
"""


def memory(house):
    """The groups, the trail and its eras."""
    return json.loads(house.says("django", "shell", "--no-imports", "--command", IMPORTS + ANSWER).splitlines()[-1])


def test_a_backup_is_restored_into_an_empty_installation(kept, other):
    assert kept.said == f"Backed up into {kept.backup}: the database and 1 files.\n"
    assert other.says("restore", str(kept.backup)).endswith(": the database and 1 files.\n")
    groups, events, eras = memory(other)
    assert [groups, events, []] == memory(kept)
    assert (other.data / "files" / "2026" / "minutes.txt").read_bytes() == b"Minutes of the first meeting"
    # Transaction ids began anew, and so did the trail's counting.
    assert eras == [0, 1]
    assert other.says("check").splitlines()[-1] == "All is well."


def test_a_restored_installation_can_be_backed_up_and_replaced_in_turn(kept, other, tmp_path):
    other.says("restore", str(kept.backup))
    other.says("backup", str(tmp_path / "second"))
    write_file(other, "2026/later.txt", b"written after the backup")
    refusal = other.run("restore", str(tmp_path / "second"))
    assert (refusal.returncode, "add --replace to lose what they hold" in refusal.stdout) == (1, True)
    other.says("restore", str(tmp_path / "second"), "--replace")
    assert [path.name for path in (other.data / "files" / "2026").iterdir()] == ["minutes.txt"]
    assert memory(other)[:2] == memory(kept)[:2]
    assert other.says("check").splitlines()[-1] == "All is well."


def test_a_backup_goes_into_a_new_folder(kept):
    refusal = kept.run("backup", str(kept.backup))
    assert (refusal.returncode, "is not empty: name a new folder" in refusal.stdout) == (1, True)


def damaged(kept, tmp_path, change):
    copy = tmp_path / "copy"
    copy.mkdir()
    for path in kept.backup.rglob("*"):
        target = copy / path.relative_to(kept.backup)
        target.mkdir() if path.is_dir() else target.write_bytes(path.read_bytes())
    manifest = json.loads((copy / "manifest.json").read_text())
    change(copy, manifest)
    if (copy / "manifest.json").exists():
        (copy / "manifest.json").write_text(json.dumps(manifest))
    return copy


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda copy, _m: (copy / "manifest.json").unlink(), "is not a finished backup"),
        (lambda copy, _m: (copy / "files/2026/minutes.txt").unlink(), "The backup lacks files/2026/minutes.txt"),
        (lambda copy, _m: (copy / "database.dump").write_bytes(b"PGDMP"), "database.dump is not what was backed up"),
        (lambda _c, manifest: manifest.update(format=9), "has format 9, and this Collegium reads 1"),
        (lambda _c, manifest: manifest.pop("mode"), "manifest.json cannot be read"),
        (
            lambda _c, manifest: manifest["contents"].update({"../../etc/passwd": "0"}),
            "names a file outside its folder",
        ),
    ],
    ids=["unfinished", "incomplete", "damaged", "of another format", "unreadable", "reaching out"],
)
def test_a_backup_that_is_not_whole_is_refused(kept, tmp_path, change, said):
    with pytest.raises(archive.BadBackup, match=said):
        archive.verified(damaged(kept, tmp_path, change))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda _c, manifest: manifest.update(mode="production"), "the backup of a production installation"),
        (lambda _c, manifest: manifest["migrations"].append("trail.0999_later"), "made by a newer Collegium"),
    ],
    ids=["of the other mode", "newer"],
)
def test_a_backup_that_does_not_fit_changes_nothing(kept, tmp_path, change, said):
    refusal = kept.run("restore", str(damaged(kept, tmp_path, change)), "--replace")
    assert (refusal.returncode, said in refusal.stdout, "Traceback" in refusal.stdout) == (1, True, False)
    assert (kept.data / "files" / "2026" / "minutes.txt").exists()
