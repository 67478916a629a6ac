"""Which mode a database belongs to: written once, when its tables are made, and checked ever after."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from collegium.config.binaries import DatabaseTrouble
from collegium.config.models import Installation

MIGRATE = "run `collegium migrate`"


def current() -> Installation:
    """This database's row. Raises DatabaseTrouble where it has none yet, or belongs to the other mode."""
    found = _row()
    if found is None:
        raise DatabaseTrouble(f"The database has no tables yet: {MIGRATE}.")
    _refuse_other_mode(found)
    return found


def claim() -> Installation:
    """This database's row, made in the present mode where there is none. Raises DatabaseTrouble in the other mode."""
    found, _made = Installation.objects.get_or_create(id=1, defaults={"mode": settings.MODE})
    _refuse_other_mode(found)
    return found


def refuse_other_mode() -> None:
    """Raise DatabaseTrouble where the database, as far as it is made, belongs to the other mode."""
    found = _row()
    if found:
        _refuse_other_mode(found)


def unapplied() -> list[str]:
    """The migrations this database still waits for."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def _row() -> Installation | None:
    if Installation._meta.db_table not in connection.introspection.table_names():
        return None
    return Installation.objects.first()


def _refuse_other_mode(found: Installation) -> None:
    if found.mode != settings.MODE:
        raise DatabaseTrouble(
            f"This database is a {found.mode} installation and COLLEGIUM_MODE is {settings.MODE}: "
            f"set COLLEGIUM_MODE={found.mode}, or use another database (DATABASE_URL or COLLEGIUM_DATA)."
        )
