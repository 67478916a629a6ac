"""Who is admitted to what: the sources as one query, counts before posting, names of audiences."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from .models import Admission, Audience, NamedPerson
from .registry import audience_names, grounds, sources
from .standard import PUBLIC
from .viewers import Viewer

_NOTHING = "SELECT NULL::bigint, NULL::bigint, NULL::bigint, NULL::varchar, NULL::tstzrange WHERE false"


# A condition on the id of a person that holds for everyone.
EVERYONE = "IS NOT NULL"


def with_grounds(*names: str, among: str = EVERYONE) -> str:
    """`WITH …` for the grounds of these names, or for all, in the order they were registered, for persons `among`."""
    given = [f"{name} AS ({ground(among)})" for name, ground in grounds.items() if not names or name in names]
    return "WITH " + ",\n".join(given) if given else ""


def wanted_sql(among: str = "= ANY(%(persons)s)") -> str:
    """SQL of every admission the sources give these persons: person, audience, organization, reason, period."""
    parts = [source() for _name, source in sources.items()] or [_NOTHING]
    union = "\nUNION\n".join(f"({part})" for part in parts)
    return f"""{with_grounds(among=among)}
        SELECT person_id, audience_id, organization_id, reason::text, period
        FROM ({union}) AS given (person_id, audience_id, organization_id, reason, period)
        WHERE period IS NOT NULL AND NOT isempty(period) AND person_id {among}"""  # noqa: S608 - constants of the house


def unsettled() -> Iterator[str]:
    """A sentence for each person whose admissions differ from what the sources give."""
    sql = f"""WITH wanted AS MATERIALIZED ({wanted_sql(EVERYONE)}),
        written AS MATERIALIZED (
            SELECT person_id, audience_id, organization_id, reason::text, period FROM access_admission)
        SELECT person_id, count(*) FROM (
            (TABLE written EXCEPT TABLE wanted) UNION ALL (TABLE wanted EXCEPT TABLE written)) AS difference
        GROUP BY person_id ORDER BY person_id"""  # noqa: S608 - composed of constants of the house, no input
    with connection.cursor() as cursor:
        cursor.execute(sql)
        for person, differences in cursor.fetchall():
            yield f"person {person}: {differences} admissions differ from their sources"


def admitted_persons(audience_id: int, at: datetime) -> Any:
    """Ids of the persons who belong to the audience at the moment, named ones included, as a queryset.

    Whoever only reads is left out: nothing is sent to them.
    """
    by_admission = Admission.objects.belonging(at).filter(audience_id=audience_id).values("person_id")
    return by_admission.union(NamedPerson.objects.filter(audience_id=audience_id).values("person_id"))


def belonging(audience_id: int | None, at: datetime) -> list[int]:
    """Ids of the persons admitted to the audience at the moment, without those who only read."""
    admitted = Admission.objects.belonging(at).filter(audience__in=[audience_id])
    return sorted(set(admitted.values_list("person_id", flat=True)))


def admits(audience_id: int, person_id: int, at: datetime) -> bool:
    """Whether the person may see what has this audience at the moment, if only to read it."""
    if audience_id == PUBLIC:
        return True
    if Admission.objects.valid(at).filter(audience_id=audience_id, person_id=person_id).exists():
        return True
    return NamedPerson.objects.filter(audience_id=audience_id, person_id=person_id).exists()


_ADMITTED = """SELECT a.person_id AS id FROM access_admission a
WHERE a.audience_id = {audience} AND a.period @> {at}::timestamptz AND (a.reason <> 'reading' OR {reads})"""
_NAMED = "SELECT n.person_id FROM access_namedperson n WHERE n.audience_id = {audience}"


def members_sql(audience: str, at: str) -> str:
    """Who belongs to an audience at a moment, as SQL for statements written by hand; both are SQL too.

    Whoever only reads is left out: nothing is sent to them.
    """
    told = {"audience": audience, "at": at, "reads": "false"}
    return f"{_ADMITTED.format(**told)} UNION {_NAMED.format(**told)}"


def belongs_sql(person: str, audience: str, at: str, *, reads: str = "false") -> str:
    """The same as a condition on a person: with `reads`, a condition too, for whoever only reads as well."""
    told = {"audience": audience, "at": at, "reads": reads}
    admitted = f"{_ADMITTED.format(**told)} AND a.person_id = {person}"
    named = f"{_NAMED.format(**told)} AND n.person_id = {person}"
    return f"(EXISTS ({admitted}) OR EXISTS ({named}))"


def visible_sql(audience: str) -> str:
    """The one predicate as SQL, for statements written by hand: whether the column `audience` is among the viewer's.

    It takes the positional parameters `visible_parameters(viewer)`.
    """
    named = f"SELECT FROM access_namedperson n WHERE n.audience_id = {audience} AND n.person_id = %s"
    return f"({audience} = ANY(%s::bigint[]) OR EXISTS ({named}))"


def visible_parameters(viewer: Viewer) -> list[Any]:
    """What `visible_sql` takes."""
    return [sorted(viewer.audience_ids), viewer.person_id if viewer.is_named else None]


def names(audience_ids: Iterable[int]) -> dict[int, str]:
    """What each audience is called, in words for people."""
    by_kind: dict[str, list[int]] = {}
    for pk, kind in Audience.objects.filter(pk__in=list(audience_ids)).values_list("pk", "kind"):
        by_kind.setdefault(kind, []).append(pk)
    named: dict[int, str] = {}
    for kind, ids in by_kind.items():
        named |= audience_names.get(kind)(ids)
    return named


def standard_names(ids: list[int]) -> dict[int, str]:
    """Names of the audiences every council has."""
    words = {
        "public": _("everyone"),
        "members": _("all member societies"),
        "office": _("the council's team"),
        "named": _("the persons named"),
    }
    return {a.pk: words[a.kind] for a in Audience.objects.filter(pk__in=ids)}
