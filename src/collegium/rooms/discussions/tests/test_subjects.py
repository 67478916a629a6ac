"""Marks before a title are taken off, in the languages of mail programs; the title itself stays as it is."""

import pytest

from collegium.rooms.discussions.subjects import has_answered, without_marks


@pytest.mark.parametrize(
    ("subject", "title", "answered"),
    [
        ("Which auditors?", "Which auditors?", False),
        ("Re: Which auditors?", "Which auditors?", True),
        ("RE: [CFOs] AW: Re: Which   auditors?", "Which auditors?", True),
        ("[CFOs] Re: Which auditors?", "Which auditors?", False),
        ("Re[2]: Which auditors?", "Which auditors?", True),
        ("Fwd: WG: Which auditors?", "Which auditors?", False),
        ("回复：预算", "预算", True),
        ("Отв: бюджет", "бюджет", True),
        ("Regarding: auditors", "Regarding: auditors", False),
        ("I: auditors", "auditors", False),
        ("", "", False),
        ("Re:", "", True),
        ("Re: " * 200 + "x", "x", True),
    ],
)
def test_a_subject_and_its_title(subject, title, answered):
    assert (without_marks(subject, "CFOs"), has_answered(subject)) == (title, answered)
