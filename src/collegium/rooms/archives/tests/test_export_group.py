"""What was said in a group is given back: a mailbox, its files and JSON; and brought in again it is the same."""

from __future__ import annotations

import io
import json
import mailbox as standard
import zipfile
from contextlib import closing

import pytest

from collegium.core.files.zipping import zipped
from collegium.core.trail.models import Event
from collegium.rooms.archives import actions
from collegium.rooms.archives.giving import files_of_group, name_for
from collegium.rooms.archives.giving.package import steps_of
from collegium.rooms.discussions import actions as discussions
from collegium.rooms.discussions.models import Post, Topic
from collegium.rooms.discussions.tests.factories import (
    fail_after,
    last_event,
    make_answer,
    make_topic,
    make_upload,
    refused,
)

from .lists import conversation


@pytest.fixture
def package(cast):
    """The package of the CFOs, or another group, by the names of its files."""

    def package(group=None, told=int):
        content = b"".join(zipped(files_of_group(group or cast.cfos, cast.at, told), cast.at))
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert archive.testzip() is None
            return {name: archive.read(name) for name in archive.namelist()}

    return package


@pytest.fixture
def said(cast, bring):
    """A topic with answers and a file, one of which is deleted, and a sealed archive."""
    topic = make_topic(cast, title="Wie teilt ihr’s?", raw="How do *you*?\n\nFrom now on we ask.\n")
    answer = make_answer(cast, topic, raw="By heads.", attachments=[make_upload(cast).pk])
    make_answer(cast, topic, by="peer", raw="Thank you.", reply_to=2)
    gone = make_answer(cast, topic, raw="Never mind.", reply_to=3)
    discussions.delete_post(gone, viewer=cast.viewer("colleague"), at=cast.at)
    bring(conversation())
    return {"topic": topic, "answer": answer}


def letters(content, tmp_path):
    """The letters as the language's own mailbox reads them."""
    path = tmp_path / "given.mbox"
    path.write_bytes(content)
    with closing(standard.mbox(path)) as found:
        return list(found)


def test_export_group_gives_a_letter_for_each_post(cast, package, said, tmp_path):
    found = letters(package()["cfos.mbox"], tmp_path)
    assert [letter["X-Collegium-Post"] for letter in found] == ["1", "2", "3", "1", "1", "2", "3", "4"]
    assert [letter["X-Collegium-Sealed"] for letter in found] == ["yes"] * 4 + [None] * 4
    assert found[0]["Message-ID"] == "<letter-1@list.example>"
    assert found[2]["References"].split() == ["<letter-1@list.example>", "<letter-2@list.example>"]
    assert found[1]["From"] == "Una Past <past-author@localhost.invalid>"
    assert found[4].get_payload(decode=True).decode() == "How do *you*?\n\nFrom now on we ask.\n"
    assert found[7].get_payload(decode=True).decode() == "[Deleted by its author]\n"
    parts = [part.get_filename() for part in found[5].walk()]
    assert parts == [None, None, "keys.csv"]


def test_nobodys_address_is_given_away(cast, package, said):
    everything = b"\n".join(package().values())
    assert b"@lagoon.example" not in everything
    assert b"@gone.example" not in everything


def test_it_gives_books_for_programs(cast, package, said):
    topics = json.loads(package()["topics.json"])
    assert [(topic["title"], topic["read_by"], topic["sealed"], len(topic["posts"])) for topic in topics] == [
        ("Reserves", "officers", True, 3),
        ("Audits", "officers", True, 1),
        ("Wie teilt ihr’s?", "members", False, 4),
    ]
    answer, gone = topics[2]["posts"][1], topics[2]["posts"][3]
    assert (answer["markdown"], answer["html"], answer["answers"]) == ("By heads.", "<p>By heads.</p>", None)
    assert answer["author"] == {
        "name": "Tomasz Halloran",
        "title": "Chief Financial Officer",
        "society": "College of Harbour Surgeons",
        "person": cast.colleague.handle,
    }
    assert (gone["markdown"], gone["html"], gone["answers"]) == (None, None, 3)
    assert topics[0]["posts"][1]["author"]["person"] is None


def test_it_gives_the_files_and_says_how_it_is_laid_out(cast, package, said):
    found = package()
    (path,) = (name for name in found if name.startswith("files/"))
    assert (path.endswith("-keys.csv"), found[path]) == (True, b"pool,key\n")
    assert b"3 topics with 8 posts" in found["README.txt"]
    assert json.loads(found["archives.json"])[0]["posts"] == 4


def test_what_other_groups_say_is_not_in_it(cast, package):
    make_topic(cast, by="chair", group=cast.ceos, title="A secret of others")
    assert json.loads(package()["topics.json"]) == []
    assert package()["cfos.mbox"] == b""


def test_what_is_written_is_counted(cast, package, said):
    heard = []
    package(told=heard.append)
    assert sum(heard) == steps_of(cast.cfos) == 9


def threads(group):
    rows = Post.objects.filter(topic__group=group).order_by("topic__entry__created_at", "topic", "number")
    return list(rows.values_list("topic__entry__title", "number", "reply_to", "author_name", "at"))


def test_what_is_given_back_comes_in_again_as_the_same_threads(cast, bring, package, said):
    bring(package()["cfos.mbox"], group=cast.membership, name="again.mbox")
    assert threads(cast.membership) == threads(cast.cfos)
    assert set(Topic.objects.filter(group=cast.membership).values_list("is_sealed", flat=True)) == {True}
    file = Post.objects.get(topic__group=cast.membership, raw="By heads.").topic.entry.attachments.get()
    assert (file.name, file.by) == ("keys.csv", None)


@pytest.mark.parametrize("batch", [1, 2, 3, 5])
def test_parts_of_any_size_say_the_same(cast, package, said, monkeypatch, batch):
    whole = package()
    monkeypatch.setattr("collegium.rooms.archives.giving.said.BATCH", batch)
    assert package() == whole


def test_so_does_the_whole_package(cast, bring, said):
    content = b"".join(zipped(files_of_group(cast.cfos, cast.at), cast.at))
    result = bring(content, group=cast.membership, name=name_for(cast.cfos, cast.at))
    assert threads(cast.membership) == threads(cast.cfos)
    assert (result.posts, len(result.passed_over)) == (8, 4)


def test_export_group_is_for_officers_and_recorded_for_them(cast):
    for part in ("peer", "staff", "chair", None):
        with refused("Only an officer of the group can do this."):
            actions.export_group(cast.cfos, viewer=cast.viewer(part), at=cast.at)
    actions.export_group(cast.cfos, viewer=cast.viewer("colleague"), at=cast.at)
    event = last_event()
    assert (event["name"], event["actor_id"], event["audience_id"]) == (
        "group.exported",
        cast.colleague.pk,
        cast.cfos.officers_audience_id,
    )
    actions.export_group(cast.cfos, viewer=None, at=cast.at)
    assert Event.objects.latest("pk").actor is None
    fail_after(lambda: actions.export_group(cast.cfos, viewer=None, at=cast.at))
