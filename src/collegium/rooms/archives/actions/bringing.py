"""Bringing letters in: a part of an archive at a time, each in a transaction of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.entries.actions import Text, write_passages
from collegium.core.entries.models import Entry
from collegium.core.files.actions import Brought as File
from collegium.core.files.actions import bring
from collegium.rooms.discussions.actions.topics import ENTRY_KIND
from collegium.rooms.discussions.actions.writing import PART
from collegium.rooms.discussions.drawing import article_html
from collegium.rooms.discussions.models import Post, Topic
from collegium.rooms.discussions.rules import check_title
from collegium.rooms.discussions.rules.topics import LONGEST_TITLE
from collegium.rooms.discussions.subjects import without_marks

from ..authors import is_same, key_of, persons_with, shown_name
from ..course import Arrived, Course
from ..models import Archive, Intake, PastAuthor, PastLetter


@dataclass(slots=True)
class _Said:
    """A letter that becomes a post, with whose it is."""

    arrived: Arrived
    author: PastAuthor
    name: str
    post: Post | None = None


@transaction.atomic
def bring_in(intake: Intake, letters: list[Arrived], course: Course) -> int:
    """Make posts of the letters, in their order, and note those left out; returns how many became posts.

    Nobody is told, nobody follows anything, and it counts as unread for nobody.
    """
    archive = Archive.objects.select_for_update(of=("self",), no_key=True).get(pk=intake.archive_id)
    if not archive.is_sealed:
        raise Refused(_("The archive was opened meanwhile; what is still missing is brought in by a run of its own."))
    _mark_duplicates(letters, course)
    authors = _authors(letters, course)
    said = [_Said(one, *authors[one.brought.number]) for one in letters if not one.brought.reason]
    begun = _topics(said, course)
    _write_posts(said, course)
    _attach(said)
    write_passages([*(_title(topic) for topic in begun), *(_text(one) for one in said)])
    _note(intake, letters, said, authors)
    return len(said)


def _mark_duplicates(letters: list[Arrived], course: Course) -> None:
    for one in letters:
        if not one.brought.reason and one.letter.message_id:
            if one.brought.sameness in course.same:
                one.brought.reason = PastLetter.Reason.DUPLICATE
            course.same.add(one.brought.sameness)


# --- whose they are


def _authors(letters: list[Arrived], course: Course) -> dict[int, tuple[PastAuthor, str]]:
    """The author of each letter that was read, and the name it bears."""
    named: dict[int, tuple[str, str]] = {}
    new: dict[str, tuple[str, str, str | None]] = {}
    for one in letters:
        sender, written = one.brought.sender, one.brought.sender_name
        if not one.brought.sameness:
            continue
        name = shown_name(written or course.names.get(sender or "", ""), sender)
        key = key_of(sender, name)
        named[one.brought.number] = (key, name)
        if key not in course.authors:
            new.setdefault(key, (name, written, sender))
    _meet(new, course)
    return {number: (course.authors[key], name) for number, (key, name) in named.items()}


def _meet(new: dict[str, tuple[str, str, str | None]], course: Course) -> None:
    known = PastAuthor.objects.filter(group=course.group, key__in=list(new)).select_related("person")
    course.authors |= {author.key: author for author in known}
    missing = {key: who for key, who in new.items() if key not in course.authors}
    persons = persons_with(address for _name, _written, address in missing.values() if address)
    rows = []
    for key, (name, written, address) in missing.items():
        person = persons.get((address or "").lower())
        is_theirs = person is not None and is_same(person, written)
        rows.append(PastAuthor(group=course.group, key=key, name=name, person=person if is_theirs else None))
    course.authors |= {author.key: author for author in PastAuthor.objects.bulk_create(rows)}


# --- where they stand


def _topics(said: list[_Said], course: Course) -> list[Topic]:
    """See to a topic for each thread, longer by the posts to come; those that are new, with their entries."""
    threads: dict[int, list[_Said]] = {}
    for one in said:
        threads.setdefault(one.arrived.thread, []).append(one)
    missing = {thread: course.begun(thread) for thread in threads if thread not in course.topics}
    begun = {thread: key for thread, key in missing.items() if key is not None}
    there = Topic.objects.select_related("entry").in_bulk(list(begun.values()))
    course.topics |= {thread: there[key] for thread, key in begun.items()}
    old = [thread for thread in threads if thread in course.topics]
    new = {thread: ones for thread, ones in threads.items() if thread not in course.topics}
    course.topics |= _begin(new, course)
    for thread in old:
        _lengthen(course.topics[thread], threads[thread])
    _keep([course.topics[thread] for thread in dict.fromkeys(old)])
    return [course.topics[thread] for thread in new]


def _begin(threads: dict[int, list[_Said]], course: Course) -> dict[int, Topic]:
    entries = [_entry(ones, course) for ones in threads.values()]
    Entry.objects.bulk_create(entries)
    topics = [
        Topic(
            entry=entry,
            group=course.group,
            kind=Topic.Kind.DISCUSSION,
            last_number=len(ones),
            imported=len(ones),
            is_sealed=True,
            last_post_at=entry.touched_at,
            last_author_id=ones[-1].author.person_id,
        )
        for entry, ones in zip(entries, threads.values(), strict=True)
    ]
    Topic.objects.bulk_create(topics)
    return dict(zip(threads, topics, strict=True))


def _entry(ones: list[_Said], course: Course) -> Entry:
    times = [_time(one) for one in ones]
    return Entry(
        kind=ENTRY_KIND,
        title=_title_of(ones[0], course.tag),
        state=Topic.State.OPEN,
        audience_id=course.group.officers_audience_id,
        place_id=course.group.pk,
        author_id=ones[0].author.person_id,
        created_at=times[0],
        touched_at=max(times),
    )


def _title_of(one: _Said, tag: str) -> str:
    first_line = one.arrived.brought.markdown.lstrip("#> ").split("\n")[0]
    for words in (without_marks(one.arrived.letter.subject, tag), first_line):
        try:
            return check_title(words[:LONGEST_TITLE])
        except Refused:
            continue
    return _("Without a subject")


def _lengthen(topic: Topic, ones: list[_Said]) -> None:
    topic.last_number += len(ones)
    topic.imported = topic.last_number
    topic.last_post_at = topic.entry.touched_at = max(topic.last_post_at, *(_time(one) for one in ones))
    topic.last_author_id = ones[-1].author.person_id


def _keep(topics: list[Topic]) -> None:
    Topic.objects.bulk_update(topics, ["last_number", "imported", "last_post_at", "last_author"])
    Entry.objects.bulk_update([topic.entry for topic in topics], ["touched_at"])


def _time(one: _Said) -> datetime:
    assert one.arrived.letter.at is not None  # every letter was given one
    return one.arrived.letter.at


# --- what they say


def _write_posts(said: list[_Said], course: Course) -> None:
    still = Counter(course.topics[one.arrived.thread].pk for one in said)
    for one in said:
        topic = course.topics[one.arrived.thread]
        number = topic.last_number - still[topic.pk] + 1
        still[topic.pk] -= 1
        one.post = _post(one, topic, number, course)
        course.numbers[one.arrived.brought.number] = (topic.pk, number)
    Post.objects.bulk_create([_post_of(one) for one in said])


def _post(one: _Said, topic: Topic, number: int, course: Course) -> Post:
    brought = one.arrived.brought
    post = Post(
        topic=topic,
        number=number,
        author=one.author.person,
        author_name=one.name,
        raw=brought.markdown,
        trimmed=brought.removed,
        reply_to=course.answered(one.arrived, topic.pk),
        at=_time(one),
    )
    post.article = article_html(post, body=SafeString(brought.body))  # rendered and sanitised where it was read
    return post


def _post_of(one: _Said) -> Post:
    assert one.post is not None  # made by whoever asks
    return one.post


def _attach(said: Iterable[_Said]) -> None:
    """Their files, and the articles that lead to them."""
    with_files = [one for one in said if one.arrived.brought.files]
    kept: dict[int, list] = {}
    for file in bring([file for one in with_files for file in _files(one)], part=PART):
        kept.setdefault(file.part_id, []).append(file)
    for one in with_files:
        post = _post_of(one)
        post.article = article_html(post, body=SafeString(one.arrived.brought.body), files=kept[post.pk])
    Post.objects.bulk_update([_post_of(one) for one in with_files], ["article"])


def _files(one: _Said) -> Iterable[File]:
    post, digest = _post_of(one), one.arrived.letter.digest
    for number, (name, content) in enumerate(one.arrived.brought.files):
        secret = salted_hmac("collegium.archives.file", b"%s:%d:%d" % (digest, post.topic.group_id, number))
        key = f"attachments/{post.at:%Y/%m}/{secret.hexdigest()[:32]}"
        yield File(post.topic_id, post.pk, name, content, key, post.author_id, post.at)


def _title(topic: Topic) -> Text:
    entry = topic.entry
    return Text(entry.pk, "title", 0, entry.title, entry.created_at, author_id=entry.author_id, is_title=True)


def _text(one: _Said) -> Text:
    post = _post_of(one)
    return Text(post.topic_id, PART, post.pk, one.arrived.brought.plain, post.at, author_id=post.author_id)


# --- what becomes of each


def _note(
    intake: Intake, letters: list[Arrived], said: list[_Said], authors: dict[int, tuple[PastAuthor, str]]
) -> None:
    posts = {one.arrived.brought.number: one.post for one in said}
    rows = []
    for one in letters:
        letter, brought = one.letter, one.brought
        author = authors.get(brought.number)
        assert letter.at is not None  # every letter was given one
        rows.append(
            PastLetter(
                group_id=intake.archive.group_id,
                intake=intake,
                digest=letter.digest,
                sameness=brought.sameness or None,
                message_id=letter.message_id or "",
                author=author[0] if author else None,
                subject=letter.subject[:200],
                at=letter.at,
                dated_by=letter.dated_by,
                post=posts.get(brought.number),
                reason=brought.reason,
                files_left_out=brought.files_left_out,
            )
        )
    PastLetter.objects.bulk_create(rows)
