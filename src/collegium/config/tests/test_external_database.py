"""A PostgreSQL of one's own instead of the embedded one: the server of this test run, whatever its version."""

import psycopg
import pytest
from django.conf import settings

from collegium.config import embedded, keys
from collegium.config.tests.conftest import Installation

NAME = "external"


@pytest.fixture
def addresses():
    """The addresses of an empty database for its owner and for the serving role."""
    where = settings.ENVIRONMENT.database
    server = {"host": where["HOST"], "port": where["PORT"], "dbname": "postgres"}
    with psycopg.connect(**server, user=where["USER"], password=where["PASSWORD"], autocommit=True) as owner:
        owner.execute(f"CREATE DATABASE {NAME}")
        rest = f"/{NAME}?host={where['HOST']}&port={where['PORT']}"
        roles = (embedded.OWNER, embedded.SERVE)
        yield {role: f"postgresql://{role}:{keys.kept(settings.DATA, role)}@{rest}" for role in roles}
        owner.execute(f"DROP DATABASE {NAME} WITH (FORCE)")


def test_two_roles_keep_the_trail_from_the_pages(addresses, tmp_path):
    house = Installation(tmp_path, DATABASE_URL=addresses[embedded.SERVE], DATABASE_OWNER_URL=addresses[embedded.OWNER])
    house.says("migrate")
    assert house.says("check").splitlines() == ["Note: 0 jobs are due.", "Note: No worker is running.", "All is well."]
    house.says("backup", str(tmp_path / "backup"))
    house.says("restore", str(tmp_path / "backup"), "--replace")
    assert house.says("check").splitlines()[-1] == "All is well."
    assert not (tmp_path / "database").exists()


def test_one_role_is_told_that_it_may_rewrite_the_trail(addresses, tmp_path):
    house = Installation(tmp_path, DATABASE_URL=addresses[embedded.OWNER])
    house.says("migrate")
    assert house.says("check").splitlines()[0] == (
        "Note: The role the pages come as may rewrite trail_event and trail_seal: make a second role, put it into "
        "DATABASE_URL and the tables' owner into DATABASE_OWNER_URL, and run `collegium migrate`."
    )


def test_a_database_that_cannot_be_reached_is_said_in_a_sentence(tmp_path):
    house = Installation(tmp_path, DATABASE_URL="postgresql://nobody@/nothing?host=/nonexistent")
    for word in ("check", "migrate", "demo"):
        result = house.run(word)
        assert (result.returncode, "Traceback" in result.stdout) == (1, False)
        assert "the database cannot be reached" in result.stdout
