"""Where findable things are: by numbers and by words, as the addresses have it."""

import pytest
from django.urls import reverse

from collegium.core.search.kinds import address


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("discussions:topic", (7,)),
        ("discussions:post", (2**40, 12)),
        ("groups:group", ("cfos",)),
        ("persons:person", ("ines-okafor",)),
        ("search:search", ()),
    ],
)
def test_a_thing_is_where_its_address_says(name, arguments):
    for _twice in range(2):
        assert address(name, *arguments) == reverse(name, args=arguments)
