"""The bound on guesses leaves nothing out: no address, no row at its own, no kind of row, no pair that there is."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest
from django.apps import apps
from django.urls import Resolver404, resolve
from django.urls.converters import IntConverter

from .guessing import BELONGS, NONE_SUCH, ROWS_OF, addresses, guesses
from .kinds import kind_of
from .world import build_world

# Words of addresses that call rows of one table, and by what.
CALLED = {
    "ballot_id": ("ballots.Ballot", "pk"),
    "topic_id": ("discussions.Topic", "pk"),
    "drafter": ("positions.Drafter", "pk"),
    "recusal_id": ("ballots.Recusal", "pk"),
    "handle": ("people.Person", "handle"),
    "group_slug": ("groups.Group", "slug"),
}


def rows(table):
    return apps.get_model(table)._base_manager.order_by("pk")


def guessed(world):
    """For each address the words it is tried with."""
    found = defaultdict(list)
    for url in guesses(world):
        try:
            match = resolve(url)
        except Resolver404:  # a word that no address takes
            continue
        found[match.route].append(match.kwargs)
    return found


def test_what_is_guessed_fits_the_addresses_there_are():
    templates = [template for template, _converters in addresses()]
    patterns = [*ROWS_OF, *BELONGS]
    assert [pattern for pattern in patterns if not any(re.search(pattern, template) for template in templates)] == []


def test_no_address_takes_a_number_that_the_database_cannot_hold():
    unbounded = [
        template for template, found in addresses() if any(isinstance(c, IntConverter) for c in found.values())
    ]
    # Those of sign-in's library, which asks by the framework's own queries: they find nothing then.
    assert [template for template in unbounded if not template.startswith("account/security/")] == []
    assert resolve(f"/topics/{'9' * 18}/").kwargs == {"topic_id": 10**18 - 1}
    with pytest.raises(Resolver404):
        resolve(f"/topics/{2**63}/")


@pytest.mark.django_db
def test_each_address_is_tried_with_each_kind_of_row_and_what_belongs_together():
    found = guessed(build_world())
    tried = {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route): tries for route, tries in found.items()}
    templates = {template for template, _converters in addresses()}
    assert templates - set(tried) == set()
    for word, (table, name) in CALLED.items():
        _each_kind(word, {getattr(row, name): kind_of(row) for row in rows(table)}, tried)
    for pattern, (table, paths) in BELONGS.items():
        there_are = {tuple(row) for row in rows(table).values_list(*paths.values())}
        fitting = [template for template in templates if re.search(pattern, template)]
        _together([one for one in fitting if all("{" + word + "}" in one for word in paths)], paths, there_are, tried)


def _each_kind(word, kinds, tried):
    assert kinds
    for template, tries in tried.items():
        if "{" + word + "}" in template:
            words = {kwargs[word] for kwargs in tries}
            assert {kinds[one] for one in words if one in kinds} == set(kinds.values()), template
            assert words & {NONE_SUCH, "none-such"}, template
            if template.endswith("{" + word + "}/") and template.count("{") == 1:
                assert set(kinds) - words == set(), template


def _together(templates, paths, there_are, tried):
    assert templates
    for template in templates:
        words = {tuple(kwargs[word] for word in paths) for kwargs in tried[template]}
        assert bool(words & there_are) == bool(there_are), template
        assert words - there_are, f"{template} is tried with nothing that does not belong"
