"""Invented texts of realistic lengths: blocks of Markdown, each rendered once, of which posts are put together."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache

from collegium.design.text import plain_text, render_markdown

BLOCKS = 600
VOCABULARY = 200_000

OPENINGS = (
    "We went through this last spring",
    "Our board asked the same question",
    "It took us three attempts",
    "I would not do it again",
    "Two of our members raised this",
    "We are in the middle of it",
    "The answer surprised us",
    "Our auditor saw it differently",
    "After a year of trying",
    "We started small",
    "Nobody had written it down",
    "This came up at our retreat",
)
MIDDLES = (
    "the reserve policy covers nine months of operating cost",
    "the vendor moved us to another plan without asking",
    "the committee wanted a written rule before anything else",
    "registration opened two weeks late and nobody minded",
    "our bylaws say less about it than everybody assumed",
    "half of the volunteers had not seen the disclosure form",
    "the dues notice went out with the wrong date",
    "the journal contract ends in the same quarter",
    "staff costs are the part nobody wants to show",
    "the survey came back with fewer answers than last year",
    "the old system kept three copies of every address",
    "counsel advised to keep the minutes shorter",
    "the guideline panel met online for the first time",
    "our members read it on the telephone and not at a desk",
)
ENDINGS = (
    "so we wrote a page of rules and kept to it",
    "and the second year was easier",
    "which is why we now ask for two offers",
    "and I can share the template",
    "but the numbers did not support it",
    "so the treasurer signs every quarter",
    "and that settled the matter",
    "although I would begin earlier next time",
    "and our chief executive explained it herself",
    "so ask for references before you sign",
)
THINGS = (
    "reserves",
    "dues",
    "the annual meeting",
    "disclosures",
    "the registry",
    "journals",
    "contracts",
    "volunteers",
)
QUESTIONS = (
    "How do you handle {thing}?",
    "A policy for {thing}: what worked?",
    "Who signs for {thing} in your house?",
    "What changed in {thing} this year",
    "Looking for an example: {thing}",
    "Lessons from our review of {thing}",
)


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a text between blank lines: as written, as rendered, as found."""

    raw: str
    html: str
    plain: str


@cache
def blocks() -> tuple[Block, ...]:
    """All blocks there are, the same in every process."""
    chance = random.Random("blocks")  # noqa: S311 - a corpus, not a secret
    written = [_block(chance) for _ in range(BLOCKS)]
    rendered = [str(render_markdown(raw)) for raw in written]
    return tuple(Block(raw, html, plain_text(html)) for raw, html in zip(written, rendered, strict=True))


def _block(chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.08:
        # Never a list after a list: they would be one.
        items = "\n".join(f"- {chance.choice(MIDDLES)}" for _ in range(chance.randint(2, 5)))
        return f"{_sentence(chance)}\n\n{items}"
    if kind < 0.14:
        return f"> {_sentence(chance)}"
    sentences = [_sentence(chance) for _ in range(chance.randint(1, 5))]
    if kind < 0.3:
        sentences.append(
            f"The **{chance.choice(THINGS)}** page is at https://society.example/{chance.randint(1, 900)}."
        )
    return " ".join(sentences)


def _sentence(chance: random.Random) -> str:
    return f"{chance.choice(OPENINGS)}: {chance.choice(MIDDLES)}, {chance.choice(ENDINGS)}."


def word(number: int) -> str:
    """A word of a vocabulary of its own, the rarer the higher its number; the first stands in every fifth post."""
    syllables = ["bakelimonu"[n : n + 2] for n in range(0, 10, 2)] + ["dor", "fas", "gil", "hem", "jus"]
    return "q" + "".join(syllables[int(digit)] for digit in str(number))


def _with_words(chance: random.Random) -> Block:
    """A sentence with words of which each is as rare as its number says, as words of a language are (Zipf's law)."""
    text = "See " + " and ".join(word(int(VOCABULARY ** chance.random())) for _ in range(3)) + "."
    return Block(text, f"<p>{text}</p>", text)


def a_text(chance: random.Random) -> Block:
    """One to five blocks: most posts are short, a few are long."""
    parts = chance.choices(blocks(), k=chance.choices((1, 2, 3, 5), (45, 30, 17, 8))[0])
    parts.append(_with_words(chance))
    plain = "".join(part.plain + ("\n" if part.html.endswith("</p>") else "\n\n") for part in parts)
    return Block("\n\n".join(part.raw for part in parts), "\n".join(part.html for part in parts), plain.strip())


def a_title(chance: random.Random, number: int) -> str:
    return f"{chance.choice(QUESTIONS).format(thing=chance.choice(THINGS))} ({number})"
