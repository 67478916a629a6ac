"""A database belongs to one mode for ever."""

import pytest

from collegium.config import installation
from collegium.config.binaries import DatabaseTrouble
from collegium.config.models import Installation

OTHER_MODE = "This database is a production installation and COLLEGIUM_MODE is demo: set COLLEGIUM_MODE=production"


def test_a_database_is_claimed_once(db):
    assert installation.claim().mode == "demo"
    assert installation.claim().mode == "demo"
    assert installation.current().mode == "demo"
    assert Installation.objects.count() == 1


def test_a_database_without_tables_says_what_to_do(db):
    with pytest.raises(DatabaseTrouble, match="The database has no tables yet: run `collegium migrate`"):
        installation.current()


@pytest.mark.parametrize("question", [installation.current, installation.claim, installation.refuse_other_mode])
def test_a_database_of_the_other_mode_is_refused(db, question):
    Installation.objects.create(mode="production")
    with pytest.raises(DatabaseTrouble, match=OTHER_MODE):
        question()


def test_nothing_waits_in_a_migrated_database(db):
    assert installation.unapplied() == []
