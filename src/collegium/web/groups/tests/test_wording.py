"""A policy reads as a person would say it."""

import pytest

from collegium.core.groups.models import Circle, Group
from collegium.web.groups.wording import either, in_short, policy


def said(functions, *, joining="open", is_closed=False, **fields):
    words = {
        "functions": list(functions),
        "capacities": ["holder", "interim", "deputy"],
        "leaderships": ["staff", "volunteer"],
        "organization_kinds": ["society"],
        "standings": ["member"],
    } | fields
    return policy(Group(joining=joining, is_closed=is_closed, circle=Circle(**words)), functions)


@pytest.mark.parametrize(
    ("joining", "sentence"),
    [
        ("ex_officio", "Editors of member societies belong to the group: holding the seat is enough."),
        ("open", "Editors of member societies may join as they like."),
        (
            "on_request",
            "Editors of member societies may ask to join; the group’s officers or the council’s team answer.",
        ),
        ("invitation", "Members come by invitation of the group’s officers or the council’s team."),
    ],
)
def test_each_way_of_joining_has_its_sentence(joining, sentence):
    assert said(["Editors"], joining=joining)[0] == sentence


@pytest.mark.parametrize(
    ("capacities", "sentence"),
    [
        (["holder"], "Interims and deputies do not count."),
        (["holder", "interim"], "Interims count as well, deputies do not."),
        (["holder", "deputy"], "Deputies count as well, interims do not."),
        (["holder", "interim", "deputy"], "Interims and deputies count as well."),
    ],
)
def test_capacities_are_told(capacities, sentence):
    assert said(["Editors"], capacities=capacities)[1] == sentence


def test_everything_a_policy_asks_is_told():
    assert said(
        ["Editors", "Archivists", "Historians"],
        is_closed=True,
        leaderships=["volunteer"],
        organization_kinds=["foundation", "society"],
        standings=["member", "applicant"],
    ) == [
        "Editors, Archivists or Historians of member societies or foundations may join as they like.",
        "Interims and deputies count as well.",
        "It is for volunteer leaders of societies.",
        "Societies that stand otherwise are admitted as well: applicant.",
        "The group is closed: a second person confirms everybody who comes in.",
    ]


def test_a_group_that_admits_no_function_is_by_invitation():
    assert said([]) == ["Members come by invitation of the group’s officers or the council’s team."]


@pytest.mark.parametrize(
    ("words", "sentence"), [([], ""), (["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c")]
)
def test_a_list_reads_as_a_list(words, sentence):
    assert either(words) == sentence


def test_a_purpose_in_short_is_its_first_sentence():
    assert in_short("What for? For peers. And more.") == "What for?"
    assert in_short("No end in sight") == "No end in sight"
