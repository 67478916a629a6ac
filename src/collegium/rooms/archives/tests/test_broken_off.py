"""A run that is killed at any moment, and run again, comes to the same as one that was left alone."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from urllib.parse import quote

import pytest
from django.db import connection

from collegium.core.entries.models import Passage
from collegium.core.files.models import Attachment
from collegium.core.groups.models import Group
from collegium.core.groups.tests.cast import build_cast
from collegium.rooms.archives import carrying
from collegium.rooms.archives.carrying import bring_archive
from collegium.rooms.archives.models import Archive, Intake, PastAuthor, PastLetter
from collegium.rooms.archives.queries import unsound_archives
from collegium.rooms.discussions.models import Post, Topic
from collegium.rooms.discussions.queries import unsound_topics

from .lists import letter, mailbox

WITH_A_FILE = """\
From: Bo Former <bo@gone.example>
Subject: Re: Subject 2
Date: Tue, 1 Mar 2011 20:30:00 +0000
Message-ID: <file-{0}@list.example>
In-Reply-To: <letter-9@list.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain

Here is table {0}.
--b
Content-Type: text/csv; name=table.csv
Content-Disposition: attachment; filename=table.csv

a,{0}
--b--
"""


def an_archive(number: int = 40) -> bytes:
    """Threads of five, machine letters, copies, letters without a date, and two with a file."""
    letters = []
    for n in range(1, number + 1):
        answers = n - 1 if n % 5 else None
        sender = f"Person {'abcdefg'[n % 7].upper()}x <{n % 7}@gone.example>"
        letters.append(
            letter(n, subject=f"Subject {n // 5}", answers=answers, sender=sender, at="" if n % 9 == 0 else None)
        )
        if n % 11 == 0:
            letters.append(letter(1000 + n, extra=["Auto-Submitted: auto-replied"]))
        if n % 13 == 0:
            letters.append(letter(n, subject=f"Subject {n // 5}", sender=sender, extra=["X-Copy: yes"]))
    return mailbox([*letters, WITH_A_FILE.format(1), WITH_A_FILE.format(2)])


def came(group: Group) -> dict[str, list]:
    """All that stands in a group because of an archive, without the numbers the database gave it."""
    posts = Post.objects.filter(topic__group=group)
    topics = Topic.objects.filter(group=group)
    said = ("topic__entry__title", "number", "reply_to", "author_name", "at", "raw", "trimmed")
    stands = ("entry__title", "entry__created_at", "entry__touched_at", "last_number", "imported", "last_post_at")
    letters = PastLetter.objects.filter(group=group)
    return {
        "posts": sorted(posts.values_list(*said), key=repr),
        "topics": sorted(topics.values_list(*stands), key=repr),
        "letters": sorted(letters.values_list("message_id", "reason", "dated_by", "at", "author__name"), key=repr),
        "authors": sorted(PastAuthor.objects.filter(group=group).values_list("name", flat=True)),
        "found": sorted(Passage.objects.filter(entry__place=group.pk).values_list("part", "text", "at"), key=repr),
        "files": sorted(Attachment.objects.filter(entry__place=group.pk).values_list("name", "digest"), key=repr),
        "links": [post.article.count("/files/") for post in posts.order_by("topic__entry__title", "number")],
        "runs": list(Intake.objects.filter(archive__group=group).values_list("name", "ended_at")),
    }


class Killed(BaseException):
    """As if the process had ended here."""


def killed_after(number: int):
    """Lets so many statements pass."""
    left = [number]

    def wrapper(execute, sql, params, many, context):
        left[0] -= 1
        if left[0] == 0:
            raise Killed
        return execute(sql, params, many, context)

    return wrapper


@pytest.mark.parametrize("seed", range(4))
def test_broken_off_at_any_statement_it_goes_on(cast, tmp_path, monkeypatch, seed):
    chance = random.Random(seed)
    monkeypatch.setattr(carrying, "PART", 7)
    path = tmp_path / "list.mbox"
    path.write_bytes(an_archive())
    bring_archive(cast.membership, path, at=cast.at, processes=0)
    for _time in range(5):
        try:
            with connection.execute_wrapper(killed_after(chance.randint(2, 90))):
                bring_archive(cast.cfos, path, at=cast.at, processes=0)
        except Killed:
            continue
    bring_archive(cast.cfos, path, at=cast.at, processes=0)
    assert came(cast.cfos) == came(cast.membership)
    assert (list(unsound_archives()), list(unsound_topics())) == ([], [])
    assert Archive.objects.filter(group=cast.cfos).count() == 1


_RUN = """
import sys
from datetime import datetime
import django
django.setup()
from collegium.core.groups.models import Group
from collegium.rooms.archives import carrying
carrying.PART = 3
def told(number):
    print(number, flush=True)
carrying.bring_archive(
    Group.objects.get(slug="cfos"), __import__("pathlib").Path(sys.argv[1]), at=datetime.fromisoformat(sys.argv[2]),
    told=told, processes=0)
"""


def begin(path, at) -> subprocess.Popen[str]:
    """A process of its own that brings the archive in, a line for each part."""
    kept = connection.settings_dict
    where = f"{kept['USER']}:{quote(kept['PASSWORD'])}@/{kept['NAME']}?host={kept['HOST']}&port={kept['PORT']}"
    environ = os.environ | {
        "DATABASE_URL": f"postgresql://{where}",
        "DJANGO_SETTINGS_MODULE": "collegium.config.settings",
    }
    command = [sys.executable, "-c", _RUN, str(path), at.isoformat()]
    return subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True)


@pytest.mark.django_db(transaction=True)
def test_a_killed_process_leaves_what_another_goes_on_with(tmp_path):
    cast = build_cast()
    chance = random.Random()
    path = tmp_path / "list.mbox"
    path.write_bytes(an_archive())
    for _time in range(2):
        with begin(path, cast.at) as process:
            for _part in range(chance.randint(1, 4)):
                assert process.stdout is not None
                assert process.stdout.readline()
            time.sleep(chance.random() / 50)
            process.send_signal(signal.SIGKILL)
            process.stdout.read()
    there = PastLetter.objects.count()
    assert 6 <= there < 46
    assert Intake.objects.get().ended_at is None
    bring_archive(cast.cfos, path, at=cast.at, processes=0)
    bring_archive(cast.membership, path, at=cast.at, processes=0)
    assert came(cast.cfos) == came(cast.membership)
