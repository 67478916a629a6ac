"""Which letters belong together, whatever they say of each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from collegium.rooms.archives.threads import tag_of, threads_of

from .lists import BEGAN


@dataclass
class Said:
    """A letter as far as its thread goes."""

    message_id: str | None
    parents: tuple[str, ...] = ()
    subject: str = "Reserves"
    at: datetime | None = BEGAN


def said(name, *parents, subject="Reserves", days=0.0):
    return Said(name, parents, subject, BEGAN + timedelta(days=days))


def together(*letters, tag=""):
    return [thread.letters for thread in threads_of(letters, tag)]


def test_letters_belong_to_what_they_name():
    assert together(said("a"), said("b", "a"), said("c", "b", "a"), said("d")) == [[0, 1, 2], [3]]


def test_the_nearest_letter_that_is_there_is_what_is_answered():
    threads = threads_of([said("a"), said("c", "gone", "a")], "")
    assert [(thread.letters, thread.parents) for thread in threads] == [([0, 1], {1: 0})]


def test_answers_to_a_letter_that_is_not_there_begin_a_thread_together():
    assert together(said("b", "gone"), said("c", "gone", days=9), said("d", "other")) == [[0, 1], [2]]


def test_letters_that_answer_each_other_in_a_circle_are_one_thread():
    assert together(said("a", "b"), said("b", "c"), said("c", "a"), said("d", "d")) == [[2, 1, 0], [3]]


def test_an_answer_that_names_nothing_goes_by_its_subject_if_it_is_near():
    letters = [
        said("a"),
        said("b", subject="Re: Reserves", days=20),
        said("c", subject="AW: reserves", days=45),
        said("d", subject="Re: Reserves", days=120),
        said("e", subject="Reserves", days=121),
    ]
    assert together(*letters) == [[0, 1, 2], [3], [4]]


def test_the_mark_of_the_list_says_nothing():
    letters = [said("a", subject="[cfo list] Reserves"), said("b", subject="[cfo list] Re: Reserves", days=1)]
    assert tag_of([letter.subject for letter in letters]) == "cfo list"
    assert together(*letters, tag="cfo list") == [[0, 1]]
    assert tag_of(["[urgent] Reserves", "Audits", "Dues"]) == ""
    assert tag_of([]) == ""


def test_a_chain_of_any_length_is_a_chain():
    letters = [said("0"), *(said(str(n), str(n - 1), days=-n / 1e5) for n in range(1, 20_000))]
    assert together(*letters) == [list(range(20_000))]


NAMES = st.sampled_from("abcdefgh")


@given(
    st.lists(
        st.builds(
            Said,
            st.none() | NAMES,
            st.lists(NAMES, max_size=3).map(tuple),
            st.sampled_from(["Reserves", "Re: Reserves", "", "[x] Re: Audits"]),
            st.integers(-500, 500).map(lambda days: BEGAN + timedelta(days=days)),
        ),
        max_size=12,
    )
)
def test_every_letter_is_in_one_thread_after_what_it_answers(letters):
    threads = threads_of(letters, "x")
    assert sorted(number for thread in threads for number in thread.letters) == list(range(len(letters)))
    for thread in threads:
        for child, parent in thread.parents.items():
            assert thread.letters.index(parent) < thread.letters.index(child)
