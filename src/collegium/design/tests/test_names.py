"""Initials of names as people write them."""

import pytest

from collegium.design.names import initials_of

from .drawing import drawn


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Ines Okafor", "IO"),
        ("Tomasz Halloran, CPA, MBA", "TH"),
        ("Prof. Dr. Ruth Alder", "RA"),
        ("Mei-Lin Castellanos", "MC"),
        ("Ólafur", "Ó"),
        ("李 小龙", "李小"),
        ("Dr.", "D"),
        ("3M (1902)", "?"),
        ("", "?"),
    ],
)
def test_initials_are_the_first_and_the_last_letter(name, letters):
    assert initials_of(name) == letters
    assert drawn("{{ name|initials }}", name=name) == letters
