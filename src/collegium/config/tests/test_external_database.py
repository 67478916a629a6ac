"""A PostgreSQL of one's own instead of the embedded one: the server of this test run, whatever its version."""

from contextlib import contextmanager

import psycopg
import pytest
from django.conf import settings

from collegium.config import embedded, keys
from collegium.config.tests.conftest import Installation

NAME = "external"


@pytest.fixture(scope="module")
def owner():
    where = settings.ENVIRONMENT.database
    server = {"host": where["HOST"], "port": where["PORT"], "dbname": "postgres"}
    with psycopg.connect(**server, user=where["USER"], password=where["PASSWORD"], autocommit=True) as owner:
        yield owner


@contextmanager
def database(owner, name, template="template1"):
    """The addresses of a database for its owner and for the serving role."""
    owner.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    rest = f"/{name}?host={owner.info.host}&port={owner.info.port}"
    yield {
        role: f"postgresql://{role}:{keys.kept(settings.DATA, role)}@{rest}"
        for role in (embedded.OWNER, embedded.SERVE)
    }
    owner.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def migrated(owner, tmp_path_factory):
    """An installation of two roles, whose tables were made in an empty database."""
    with database(owner, NAME) as addresses:
        roles = {"DATABASE_URL": addresses[embedded.SERVE], "DATABASE_OWNER_URL": addresses[embedded.OWNER]}
        house = Installation(tmp_path_factory.mktemp("external"), **roles)
        house.says("migrate")
        yield house


def test_one_role_is_told_that_it_may_rewrite_the_trail(migrated, owner, tmp_path):
    with database(owner, "of_one_role", template=NAME) as addresses:
        house = Installation(tmp_path, DATABASE_URL=addresses[embedded.OWNER])
        house.says("migrate")
        assert house.says("check").splitlines()[0] == (
            "Note: The role the pages come as may rewrite trail_event and trail_seal: make a second role, put it into "
            "DATABASE_URL and the tables' owner into DATABASE_OWNER_URL, and run `collegium migrate`."
        )


def test_two_roles_keep_the_trail_from_the_pages(migrated, tmp_path):
    assert migrated.says("check").splitlines() == [
        "Note: 0 jobs are due.",
        "Note: No worker is running.",
        "All is well.",
    ]
    migrated.says("backup", str(tmp_path / "backup"))
    migrated.says("restore", str(tmp_path / "backup"), "--replace")
    assert migrated.says("check").splitlines()[-1] == "All is well."
    assert not (migrated.data / "database").exists()


def test_a_database_that_cannot_be_reached_is_said_in_a_sentence(tmp_path):
    house = Installation(tmp_path, DATABASE_URL="postgresql://nobody@/nothing?host=/nonexistent")
    for word in ("check", "migrate", "demo"):
        result = house.run(word)
        assert (result.returncode, "Traceback" in result.stdout) == (1, False)
        assert "the database cannot be reached" in result.stdout
