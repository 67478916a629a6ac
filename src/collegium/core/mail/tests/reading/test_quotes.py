"""What is the writer's own and what is not: the rules where they might take too much or too little."""

import pytest

from collegium.core.mail.reading.quotes import split
from collegium.core.mail.reading.signatures import without_signature

STATEMENT = "On Tue, Nov 3, 2026 at 10:12 AM Bertram <b@southwind.example> wrote:"


def own(text, *, forwards=False, answers=True, sender_name="Clara Blotter"):
    return "\n".join(split(text.split("\n"), forwards=forwards, answers=answers, sender_name=sender_name).kept)


def removed(text):
    return "\n".join(split(text.split("\n"), forwards=False, answers=True, sender_name="").removed)


@pytest.mark.parametrize(
    "text",
    [
        "From now on: no dues.\nTo all: thanks.",
        "He wrote: no.",
        "On 3 Nov 2026 the board met. It wrote to all societies:\n\nno dues.",
        "Subject: dues\n\nI have no more to say.",
        "We wrote to b@southwind.example:\nno answer.",
        "--------\nA line drawn above.",
        "The forwarded message was lost.",
        "Forwarded message",
        "Sent from the office of the treasurer.",
        "Disclaimers are a nuisance.",
        "The message is confidential, so I say no more.",
        "Thanks,\nand see you on Monday at www.nordwind.example",
        "Regards the dues: no.",
        "a -- b\n-- that is, c",
    ],
)
def test_what_only_resembles_a_boundary_stays(text):
    assert own(text, answers=False) == text
    assert own(text, answers=True) == text


def test_nothing_is_lost_on_the_way():
    text = f"Agreed.\n\nClara\n-- \nClara Blotter\n\n{STATEMENT}\n> Do you waive dues?"
    kept, cut = own(text), removed(text)
    assert kept == "Agreed.\n\nClara"
    assert sorted(cut.split()) == sorted(text.removeprefix(kept).split())


def test_what_is_between_signature_and_history_is_removed_with_the_history():
    assert own(f"Agreed.\n\nSent from my iPhone\n\n{STATEMENT}\n> a\n> b") == "Agreed."


def test_three_quoted_lines_are_context_and_four_are_history():
    assert own(f"{STATEMENT}\n> a\n> b\n> c\n\nYes.") == "> a\n> b\n> c\n\nYes."
    assert own(f"{STATEMENT}\n> a\n> b\n> c\n> d\n\nYes.") == "Yes."


def test_a_long_quote_between_answers_stays():
    text = "First.\n\n> a\n> b\n> c\n> d\n> e\n\nSecond."
    assert own(text) == text


def test_the_rest_of_the_history_below_the_last_answer_goes():
    assert own(f"{STATEMENT}\n> a\n\nYes.\n\n> b\n> c") == "> a\n\nYes."


def test_a_letter_handed_on_keeps_its_own_quotes_and_signature():
    rest = "---------- Forwarded message ---------\nFrom: b@southwind.example\n\nDear all,\n> a\n-- \nBertram"
    assert own(f"See below.\n-- \nClara\n\n{rest}") == f"See below.\n\n{rest}"


def test_the_same_head_is_history_in_an_answer_and_the_letter_itself_when_handed_on():
    head = "From: Bertram\nSent: 3 Nov 2026\nTo: Clara\nSubject: Dues\n\nDear all"
    assert own(f"Agreed.\n\n{head}") == "Agreed."
    assert own(f"Agreed.\n\n{head}", forwards=True) == f"Agreed.\n\n{head}"


def test_a_head_needs_its_fields_together():
    apart = "From: spring\n\nA paragraph.\nAnother.\nA third.\n\nOne more.\n\nAnd more.\nTo: autumn\nSubject: none"
    assert own(apart) == apart


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Agreed.\n\nRegards,\nClara\n+99 555 0100 22", "Agreed.\n\nRegards,\nClara"),
        (
            "Agreed.\n\nRegards,\n\nClara Blotter\nTreasurer\nwww.nordwind.example",
            "Agreed.\n\nRegards,\n\nClara Blotter",
        ),
        ("Agreed.\n\nRegards,\nClara\nP.S. bring ink", "Agreed.\n\nRegards,\nClara\nP.S. bring ink"),
        (
            "Agreed.\n\nRegards,\nClara\n+99 555 0100 22\nPS: bring www.ink.example",
            "Agreed.\n\nRegards,\nClara\n+99 555 0100 22\nPS: bring www.ink.example",
        ),
        ("Call me.\n+99 555 0100 22", "Call me.\n+99 555 0100 22"),
        ("Sent from my iPhone", ""),
    ],
)
def test_contacts_go_and_greetings_stay(text, kept):
    lines, below = without_signature(text.split("\n"), "Clara Blotter")
    assert "\n".join(lines).strip() == kept
    assert [*lines, *below] == text.split("\n")
