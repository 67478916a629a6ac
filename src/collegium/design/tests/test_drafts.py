"""A draft is forgotten by the browser only when the server says it has arrived."""

import pytest
from django.http import HttpResponse

from collegium.design.drafts import draft_sent


def test_a_deed_that_succeeded_names_the_draft_it_took():
    response = draft_sent(HttpResponse(), "topic-12-reply")
    cookie = response.cookies["sent"]
    assert (cookie.value, cookie["max-age"], cookie["samesite"], cookie["httponly"]) == (
        "topic-12-reply",
        300,
        "Lax",
        "",
    )


@pytest.mark.parametrize("key", ["", "a;b", "A", "a" * 81, "ä", "a b"])
def test_a_key_is_plain_enough_for_a_cookie(key):
    with pytest.raises(ValueError, match="draft key"):
        draft_sent(HttpResponse(), key)
