"""Files are taken within limits, seen with their entry, and gone with their part."""

import hashlib
import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from collegium.core.access.errors import Refused
from collegium.core.access.standard import MEMBERS, OFFICE, PUBLIC
from collegium.core.entries.models import Entry
from collegium.core.files import actions
from collegium.core.files.models import Attachment
from collegium.core.files.rules import clean_name

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"


def a_file(name="key.csv", content=b"a,b\n1,2\n"):
    return ContentFile(content, name=name)


@pytest.fixture
def entry(cast):
    return Entry.objects.create(
        kind="thing", title="A thing", audience_id=MEMBERS, author=cast.peer, created_at=cast.at, touched_at=cast.at
    )


def uploaded(cast, part="peer", **file):
    return actions.upload(a_file(**file), by=getattr(cast, part), at=cast.at)


def stored(attachment):
    with default_storage.open(attachment.file.name) as file:
        return file.read()


def status(client, url):
    response = client.get(url)
    if response.streaming:
        b"".join(response.streaming_content)  # reading to the end closes the file
    return response.status_code


def attached(cast, entry, **file):
    upload = uploaded(cast, **file)
    return actions.attach([upload.pk], entry=entry, part="post", part_id=1, by=cast.peer)[0]


def test_an_upload_keeps_name_type_size_and_digest(cast):
    upload = uploaded(cast)
    assert (upload.name, upload.content_type, upload.size) == ("key.csv", "text/csv", 8)
    assert upload.digest == hashlib.sha256(b"a,b\n1,2\n").hexdigest()
    assert stored(upload) == b"a,b\n1,2\n"


def test_so_many_files_wait_and_no_more_until_one_is_attached_or_dropped(cast, entry, monkeypatch):
    monkeypatch.setattr(actions, "MOST_WAITING", 2)
    first, _second = uploaded(cast), uploaded(cast)
    with pytest.raises(Refused, match="2 files of yours wait"):
        uploaded(cast)
    assert uploaded(cast, part="leaver").pk  # everybody for themselves
    actions.attach([first.pk], entry=entry, part="post", part_id=1, by=cast.peer)
    third = uploaded(cast)
    actions.discard(third.pk, by=cast.peer)
    assert uploaded(cast).pk
    assert Attachment.objects.count() == 4


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (a_file(content=b""), "“key.csv” is empty."),
        (a_file("run.exe"), "“run.exe” is of a kind that cannot be attached."),
        (a_file("noending"), "“noending” is of a kind that cannot be attached."),
        (a_file("page.html", b"<script>alert(1)</script>"), "“page.html” is of a kind that cannot be attached."),
        (a_file("picture.png", b"<svg onload=alert(1)>"), "“picture.png” is not what its name says."),
        (a_file("paper.pdf", b"MZ not a paper"), "“paper.pdf” is not what its name says."),
    ],
)
def test_an_upload_is_refused_with_the_reason_and_nothing_is_kept(cast, file, reason):
    with pytest.raises(Refused) as refused:
        actions.upload(file, by=cast.peer, at=cast.at)
    assert str(refused.value) == reason
    assert Attachment.objects.count() == 0


def test_an_upload_over_the_limit_is_refused(cast, settings):
    settings.ATTACHMENT_BYTES = 1_000_000
    with pytest.raises(Refused) as refused:
        uploaded(cast, content=b"x" * 1_000_001)
    assert str(refused.value) == "“key.csv” is larger than 1 MB."


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\me\\memo.pdf", "memo.pdf"),
        ("a\x00b\n.csv", "ab.csv"),
        ("x" * 300 + ".docx", "x" * 145 + ".docx"),
        ("", "file"),
    ],
)
def test_names_lose_folders_and_control_characters_and_keep_their_ending(name, kept):
    assert clean_name(name) == kept


def test_only_ones_own_waiting_uploads_can_be_attached(cast, entry):
    upload = uploaded(cast, "colleague")
    with pytest.raises(Refused):
        actions.attach([upload.pk], entry=entry, part="post", part_id=1, by=cast.peer)
    upload.refresh_from_db()
    assert upload.entry_id is None


def test_a_file_is_attached_once(cast, entry):
    attachment = attached(cast, entry)
    with pytest.raises(Refused):
        actions.attach([attachment.pk], entry=entry, part="post", part_id=2, by=cast.peer)


@pytest.mark.parametrize(
    ("audience", "sees"),
    [
        (PUBLIC, {None, "outsider", "peer", "staff", "suspended"}),
        (MEMBERS, {"peer", "staff"}),
        (OFFICE, {"staff"}),
    ],
)
def test_a_file_is_served_to_those_who_see_its_entry(cast, entry, client, audience, sees):
    url = attached(cast, entry).get_absolute_url()
    Entry.objects.filter(pk=entry.pk).update(audience=audience)
    served = set()
    for part in (None, "outsider", "suspended", "peer", "staff"):
        client.logout()
        if part:
            client.force_login(getattr(cast, part))
        if status(client, url) == 200:
            served.add(part)
    assert served == sees


def test_a_waiting_upload_is_served_to_its_owner_alone(cast, client):
    url = uploaded(cast).get_absolute_url()
    client.force_login(cast.colleague)
    assert status(client, url) == 404
    client.force_login(cast.peer)
    assert status(client, url) == 200


@pytest.mark.parametrize(
    ("name", "content", "content_type", "disposition"),
    [
        ("key.csv", b"a,b", "text/plain; charset=utf-8", 'attachment; filename="key.csv"'),
        ("drawing.svg", b"<svg onload=alert(1)>", "application/octet-stream", 'attachment; filename="drawing.svg"'),
        ("picture.png", PNG, "image/png", 'inline; filename="picture.png"'),
        (
            "Kosten “neu”.txt",
            b"x",
            "text/plain; charset=utf-8",
            "attachment; filename*=utf-8''Kosten%20%E2%80%9Cneu%E2%80%9D.txt",
        ),
    ],
)
def test_a_file_is_served_so_that_it_can_run_nothing(cast, entry, client, name, content, content_type, disposition):
    client.force_login(cast.peer)
    response = client.get(attached(cast, entry, name=name, content=content).get_absolute_url())
    assert response["Content-Type"] == content_type
    assert response["Content-Disposition"] == disposition
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    assert b"".join(response.streaming_content) == content


def test_unknown_unseen_and_misnamed_files_are_answered_alike(cast, entry, client, django_assert_num_queries):
    attachment = attached(cast, entry)
    Entry.objects.filter(pk=entry.pk).update(audience=OFFICE)
    client.force_login(cast.peer)
    answers = []
    for url in (attachment.get_absolute_url(), "/files/999999/key.csv", f"/files/{attachment.pk}/other.csv"):
        response = client.get(url)
        answers.append((response.status_code, response.headers.get("Content-Type"), len(response.content) > 0))
    assert answers == [answers[0]] * 3
    assert answers[0][0] == 404


def test_erasing_a_part_erases_its_bytes_once_the_transaction_stands(cast, entry, django_capture_on_commit_callbacks):
    attachment = attached(cast, entry)
    with django_capture_on_commit_callbacks(execute=True):
        actions.erase_part(entry.pk, "post", 1)
    assert not Attachment.objects.filter(pk=attachment.pk).exists()
    assert not default_storage.exists(attachment.file.name)


def test_forgotten_uploads_are_erased_after_a_day_and_attached_files_never(
    cast, entry, django_capture_on_commit_callbacks
):
    kept = attached(cast, entry)
    forgotten = uploaded(cast)
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.erase_forgotten_uploads(at=cast.at + actions.WAITS) == 0
        assert actions.erase_forgotten_uploads(at=cast.at + actions.WAITS * 2) == 1
    assert list(Attachment.objects.values_list("pk", flat=True)) == [kept.pk]
    assert not default_storage.exists(forgotten.file.name)


def test_a_stream_is_read_from_its_beginning(cast):
    stream = ContentFile(io.BytesIO(b"one,two").read(), name="a.csv")
    upload = actions.upload(stream, by=cast.peer, at=cast.at)
    assert stored(upload) == b"one,two"


def brought(entry, content=b"a,b\n1,2\n", name="key.csv", by_id=None):
    return actions.Brought(entry.pk, 1, name, content, "attachments/2011/03/known", by_id, entry.created_at)


def test_what_is_brought_in_belongs_to_its_part_and_to_nobody_who_is_not_known(cast, entry):
    kept = actions.bring([brought(entry)], part="post")[0]
    assert (kept.entry, kept.part, kept.part_id, kept.by, kept.content_type) == (entry, "post", 1, None, "text/csv")
    assert stored(kept) == b"a,b\n1,2\n"
    assert entry.passages.filter(part="file", part_id=kept.pk).count() == 1


def test_what_is_brought_in_again_takes_the_place_of_what_was_broken_off(cast, entry):
    with transaction.atomic():
        actions.bring([brought(entry, b"the first time")], part="post")
        transaction.set_rollback(True)
    assert default_storage.exists("attachments/2011/03/known")
    kept = actions.bring([brought(entry)], part="post")[0]
    assert (kept.file.name, stored(kept)) == ("attachments/2011/03/known", b"a,b\n1,2\n")


def test_what_is_not_taken_is_not_brought_in_either(cast, entry):
    with pytest.raises(Refused, match="cannot be attached"):
        actions.bring([brought(entry, name="setup.exe")], part="post")
    assert Attachment.objects.count() == 0
