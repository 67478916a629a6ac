"""What becomes of single letters: whose they are, when they were written, what is cut off, what is left out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collegium.core.files.models import Attachment
from collegium.rooms.archives import scanning
from collegium.rooms.archives.authors import shown_name
from collegium.rooms.archives.models import PastAuthor, PastLetter
from collegium.rooms.archives.queries import unsound_archives
from collegium.rooms.discussions.models import Post, Topic

from .lists import BEGAN, LINE, letter, mailbox


def left_out():
    return sorted(PastLetter.objects.filter(post=None).values_list("message_id", "reason"))


def texts():
    return list(Post.objects.order_by("at", "number").values_list("raw", flat=True))


# --- whose


def verify(cast, part):
    EmailAddress.objects.filter(user=getattr(cast, part)).update(verified=True)


@pytest.mark.parametrize(
    ("sender", "is_theirs"),
    [
        ("Ines Okafor <peer@lagoon.example>", True),
        ('"Dr. Inès OKAFOR, CPA" <Peer@Lagoon.Example>', True),
        ("peer@lagoon.example", True),
        ("Finance Office <peer@lagoon.example>", False),
        ("Ines Okafor <ines@gone.example>", False),
    ],
)
def test_letters_are_theirs_whose_address_it_is_if_the_name_fits(cast, bring, sender, is_theirs):
    verify(cast, "peer")
    bring([letter(1, sender=sender)])
    post = Post.objects.get()
    assert (post.author, post.tenure, post.society) == (cast.peer if is_theirs else None, None, None)
    assert (cast.peer.get_absolute_url() in post.article) == is_theirs
    assert list(unsound_archives()) == []


def test_an_address_nobody_has_verified_is_nobodys(cast, bring):
    bring([letter(1)])
    assert Post.objects.get().author is None


@pytest.mark.parametrize(
    ("written", "address", "shown"),
    [
        ("Una Past", "una@gone.example", "Una Past"),
        ("una@gone.example", "una@gone.example", "Somebody on the mailing list"),
        ("'una.past@gone.example'", "una.past@gone.example", "Una Past"),
        ("una at gone.example", "una@gone.example", "Somebody on the mailing list"),
        ("", "una.past+list@gone.example", "Una Past"),
        ("", "cfo7@gone.example", "Somebody on the mailing list"),
        ("", None, "Somebody on the mailing list"),
        ("Una Past via cfo-list", "cfo-list@list.example", "Una Past"),
        ("Una\u202eP\0ast", "u@gone.example", "Somebody on the mailing list"),
        ("x" * 100_000, "u@gone.example", "x" * 150),
    ],
)
def test_an_address_is_never_shown_as_a_name(written, address, shown):
    assert shown_name(written, address) == shown


def test_names_come_from_the_list_of_members_where_letters_have_none(cast, bring, tmp_path):
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "list.mbox").write_bytes(mailbox([letter(1, sender="cfo7@gone.example")]))
    (folder / "members.csv").write_text("Email,Display Name\ncfo7@gone.example,Una Past\n")
    from collegium.rooms.archives.carrying import bring_archive

    bring_archive(cast.cfos, folder, at=cast.at, processes=0)
    assert Post.objects.get().author_name == "Una Past"


def test_a_past_author_is_known_again_without_the_address_being_kept(cast, bring):
    bring([letter(1, sender="Una Past <una@gone.example>"), letter(2, sender="U. Past <UNA@gone.example>", answers=1)])
    author = PastAuthor.objects.get()
    assert (author.name, author.letters.count()) == ("Una Past", 2)
    assert "gone" not in str(PastAuthor.objects.values().get())
    assert "gone.example" not in Post.objects.get(number=1).article


# --- when


def test_a_letter_without_a_sound_date_takes_that_of_who_received_it_of_the_line_or_of_its_neighbours(cast, bring):
    received = "Received: from a by b; Mon, 7 Mar 2011 10:00:00 +0000"
    content = "\n".join(
        [
            f"{LINE}\n{letter(1, at='', extra=[received], subject='Reserves')}",
            f"{LINE}\n{letter(2, at='Thu, 1 Jan 1970 00:00:00 +0000', subject='Two')}",
            f"From x@list.example\n{letter(3, at='the day before', subject='Three')}",
            f"From x@list.example\n{letter(4, at=(cast.at + timedelta(days=900)), subject='Four')}",
        ]
    ).encode()
    bring(content)
    assert list(PastLetter.objects.order_by("message_id").values_list("at", "dated_by")) == [
        (datetime(2011, 3, 7, 10, tzinfo=UTC), "received"),
        (datetime(2011, 1, 3, 10, tzinfo=UTC), "line"),
        (datetime(2011, 1, 3, 10, tzinfo=UTC), "neighbour"),
        (datetime(2011, 1, 3, 10, tzinfo=UTC), "neighbour"),
    ]
    assert set(Topic.objects.values_list("entry__title", "entry__touched_at")) == {
        ("Reserves", datetime(2011, 3, 7, 10, tzinfo=UTC)),
        ("Two", datetime(2011, 1, 3, 10, tzinfo=UTC)),
        ("Three", datetime(2011, 1, 3, 10, tzinfo=UTC)),
        ("Four", datetime(2011, 1, 3, 10, tzinfo=UTC)),
    }


def test_an_answer_whose_clock_was_slow_still_comes_after_what_it_answers(cast, bring):
    bring([letter(1), letter(2, answers=1, at=BEGAN - timedelta(days=3), subject="Re: Reserves")])
    assert list(Post.objects.order_by("number").values_list("number", "raw")) == [
        (1, "This is what letter 1 says about reserves."),
        (2, "This is what letter 2 says about reserves."),
    ]


# --- what is left out, and what is cut off


def test_machine_letters_copies_and_empty_ones_are_left_out_with_the_reason(cast, bring):
    bring(
        [
            letter(1, extra=["Precedence: list", "List-Id: <cfo.list.example>"]),
            letter(1, extra=["X-Came-By: another way"]),
            letter(2, extra=["Auto-Submitted: auto-generated"]),
            letter(3, subject="Out of Office: Reserves", extra=["Precedence: list"]),
            letter(4, text=" "),
        ]
    )
    assert texts() == ["This is what letter 1 says about reserves."]
    assert left_out() == [
        ("letter-1@list.example", "duplicate"),
        ("letter-2@list.example", "machine"),
        ("letter-3@list.example", "machine"),
        ("letter-4@list.example", "empty"),
    ]


def test_what_is_too_large_is_left_out_unread(cast, bring, monkeypatch):
    monkeypatch.setattr(scanning, "MAX_BYTES", 5_000)
    bring([letter(1), letter(2, text="x" * 6_000, subject="Large")])
    assert left_out() == [("letter-2@list.example", "too_large")]
    assert len(texts()) == 1


def test_sixty_megabytes_in_one_letter_harm_nobody(cast, bring):
    bring([letter(1), letter(2, text="x" * 60_000_000, subject="Large"), letter(3, answers=1)])
    assert left_out() == [("letter-2@list.example", "too_large")]
    assert len(texts()) == 2


def test_a_head_of_a_hundred_thousand_characters_is_a_head(cast, bring):
    bring([letter(1, extra=[f"X-Long: {'y' * 100_000}"], subject="z" * 100_000), letter(2, subject="Next")])
    assert sorted(len(title) for title in Topic.objects.values_list("entry__title", flat=True)) == [4, 200]
    assert len(texts()) == 2


def test_quotes_and_signatures_are_cut_off_and_kept(cast, bring):
    text = "Yes.\n\nOn Tue, 1 Mar 2011, Ines Okafor wrote:\n> How many months?\n\n-- \nBo Former"
    bring([letter(1), letter(2, answers=1, text=text)])
    post = Post.objects.get(number=2)
    assert post.raw == "Yes."
    assert "How many months?" in post.trimmed
    assert f"/topics/{post.topic_id}/posts/2/trimmed/" in post.article


def test_a_letter_of_quotes_alone_keeps_them(cast, bring):
    bring([letter(1, text="> How many months?\n> Six.\n", extra=["References: <gone@list.example>"])])
    assert "Six." in texts()[0]


def test_names_in_the_text_mention_nobody(cast, bring):
    bring([letter(1, text=f"Ask @{cast.colleague.handle}.")])
    post = Post.objects.get()
    assert (post.mentions, cast.colleague.get_absolute_url() in post.article) == ([], False)


def test_files_are_kept_within_the_houses_limits(cast, bring):
    parts = "".join(
        f"--b\nContent-Type: application/octet-stream; name={name}\n"
        f"Content-Disposition: attachment; filename={name}\n\n{content}\n"
        for name, content in (("table.csv", "a,b"), ("setup.exe", "MZ"), ("photo.png", "not one"), ("notes.txt", "n"))
    )
    body = f"--b\nContent-Type: text/plain\n\nSee the table.\n{parts}--b--"
    head = ["MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=b"]
    raw = letter(1, extra=head, text=body).replace("Content-Type: text/plain; charset=utf-8\n", "", 1)
    result = bring([raw])
    assert set(Attachment.objects.values_list("name", "by")) == {("table.csv", None), ("notes.txt", None)}
    assert (result.files_left_out, PastLetter.objects.get().files_left_out) == (2, 2)
    post = Post.objects.get()
    assert post.article.count("/files/") == 2


# --- as Mailman 2 writes its monthly texts


def test_monthly_texts_of_mailman_have_their_addresses_spelt_out(cast, bring):
    verify(cast, "peer")
    scrubbed = (
        "Hello.\n-------------- next part --------------\nAn HTML attachment was scrubbed...\n"
        "URL: <http://lists.example/pipermail/cfo/attachments/x.htm>\n"
    )
    first = letter(1, sender="peer at lagoon.example (Ines Okafor)", text=scrubbed)
    second = letter(2, sender="una at gone.example (=?utf-8?q?Una_P=C3=A4st?=)", answers=1)
    lines = [f"From {who}  Tue Mar  1 10:00:00 2011" for who in ("peer at lagoon.example", "una at gone.example")]
    content = "\n".join([lines[0], first, lines[1], second]).encode()
    bring(content, name="2011-March.txt")
    rows = Post.objects.order_by("number").values_list("author_name", "author", "raw")
    assert list(rows) == [
        ("Ines Okafor", cast.peer.pk, "Hello."),
        ("Una Päst", None, "This is what letter 2 says about reserves."),
    ]


# --- anything


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.binary(max_size=400) | st.text(max_size=400).map(str.encode), min_size=1, max_size=5), st.integers())
def test_whatever_stands_between_two_lines_is_a_post_or_left_out_for_a_reason(bring, bodies, number):
    content = b"\n".join(LINE.encode() + b"\nSubject: x\nFrom: a@b.example\n" + body + b"\n" for body in bodies)
    result = bring(content, name=f"{number}.mbox")
    letters = PastLetter.objects.filter(intake=result.intake)
    assert letters.filter(post__isnull=False).count() + sum(result.left_out.values()) == letters.count()
    assert result.found - result.known == letters.count() if result.intake else result.found == result.known
