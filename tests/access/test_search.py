"""Every persona looks for every canary by name, and finds those that are theirs, of the others not even a number."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from .search import looked_for, suggested
from .world import CEOS, EVERYONE, MEMBERS, build_world

# What of a label can be found, of the canaries of topics and of persons; whoever is not among the member societies'
# people is in no directory.
SAID = re.compile(
    r"^qx((cfo|cfonew|officers|ceo|joined|sealed|unsealed)(title|subject|text|answer|file)?|leaver(name|title|asks|text|file))\d+xq$"
)
OF_A_PERSON = re.compile(
    rf"^qx(name|about)({'|'.join(part.replace('_', '') for part in sorted(MEMBERS, key=str))})\d+xq$"
)
# What a position says is found by whoever reads it; what was written since it was last shown, by nobody yet.
OF_A_POSITION = re.compile(
    r"qx(issue(title|why)|(drafted|asked|answered|supported|beforebody|embargo|public)(title|text)"
    r"|(asked|answered)(comment|proposal))\d+xq"
)
# A sign-on letter is found by whoever reads it.
OF_A_LETTER = re.compile(r"qx(own|asked|published|membersonly)(subject|text|ask|addressee)\d+xq")
# A ballot is found by whoever may see it: before it is announced by the team, then by the body's members.
OF_A_BALLOT = re.compile(r"qx((prepared|published)|open|secret|closed|counted|contested|annulled)(title|question)\d+xq")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
RESULT = 'class="row result-row"'


def findable(world):
    """Each findable canary with the parts that find it."""
    found = {}
    for word, seen_by in world.canaries.items():
        if OF_A_POSITION.match(word) or OF_A_LETTER.match(word):
            found[word] = seen_by
        elif ballot := OF_A_BALLOT.match(word):
            found[word] = seen_by if ballot[2] else seen_by & CEOS
        elif SAID.match(word) or OF_A_PERSON.match(word):
            found[word] = seen_by & MEMBERS
    return found


def page(client, word):
    """The page for a word, without the token of its forms."""
    return TOKEN.sub("", client.get(looked_for(word)).content.decode())


@pytest.mark.django_db
@pytest.mark.parametrize("part", sorted(EVERYONE, key=str), ids=str)
def test_each_persona_finds_what_is_theirs_and_nothing_else(part):
    world = build_world()
    client = Client()
    if part:
        client.force_login(getattr(world.cast, part))
    theirs = {word for word, finders in findable(world).items() if part in finders}
    # Ask for the whole word, for how it begins, and for everything but another word.
    pages = {word: page(client, word) for word in world.canaries}
    assert {word for word, body in pages.items() if RESULT in body} == theirs
    none = page(client, "qxnosuchword")
    for word in sorted(set(world.canaries) - theirs)[::4]:
        assert pages[word].replace(word, "qxnosuchword") == none
        assert RESULT not in page(client, word[:-2])
        assert client.get(suggested(word[:-1])).content == client.get(suggested("qxnosuchwor")).content
    everything = client.get(f"{looked_for('about or say or what or council or chief -nosuchword')}").content
    assert world.strangers(everything, part, "") == set()
