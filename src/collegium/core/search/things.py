"""The findable things of the places below: persons, groups, societies, undertakings, files."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import quote

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.core.files.models import Attachment
from collegium.core.groups.models import Group, Undertaking
from collegium.core.people.models import Organization
from collegium.design.names import initials_of

from .kinds import Kind, Row, Shown, address


def _seats(row: Row) -> tuple[str, ...]:
    seats = row["seats"] or []
    return tuple(f"{seat['title']}, {seat['society']}" for seat in seats[:3]) or (_("No seat at present"),)


def show_person(row: Row, _at: datetime) -> Shown:
    name = f"{row['name']}, {row['credentials']}" if row["credentials"] else row["name"]
    url = address("persons:person", row["handle"])
    return Shown(name, url, _seats(row), initials=initials_of(row["name"]))


def show_group(row: Row, _at: datetime) -> Shown:
    return Shown(row["title"], address("groups:group", row["slug"]), (str(Group.Kind(row["kind"]).label),))


def show_society(row: Row, _at: datetime) -> Shown:
    line = (str(Organization.Kind(row["kind"]).label), row["acronym"], row["specialty"])
    url = address("societies:society", row["slug"])
    return Shown(row["title"], url, tuple(word for word in line if word), is_whole=True)


def show_undertaking(row: Row, _at: datetime) -> Shown:
    url = address("undertakings:undertaking", row["slug"])
    return Shown(row["title"], url, (str(Undertaking.Kind(row["kind"]).label),), is_whole=True)


def show_file(row: Row, at: datetime) -> Shown:
    url = Attachment(pk=row["id"], name=row["name"]).get_absolute_url()
    return Shown(row["name"], quote(url, safe="/%"), (row["title"],), at, is_whole=True)


PERSON = Kind(
    gettext_lazy("People"),
    gettext_lazy("Person"),
    "user",
    (("directory", "person"),),
    """
SELECT p.id, p.handle, p.name, p.credentials, (
    SELECT json_agg(json_build_object('title', t.title, 'society', so.title) ORDER BY t.id)
    FROM people_tenure t JOIN people_seat s ON s.id = t.seat_id
    JOIN people_organization o ON o.entry_id = s.organization_id JOIN entries_entry so ON so.id = o.entry_id
    WHERE t.person_id = p.id AND t.period @> (now() AT TIME ZONE o.time_zone)::date) AS seats
FROM people_person p JOIN entries_entry e ON e.kind = 'directory'
WHERE p.id = ANY(%s::bigint[]) AND p.closed_at IS NULL AND {visible}""",
    show_person,
    by_part=True,
    is_lasting=True,
)

GROUP = Kind(
    gettext_lazy("Groups"),
    gettext_lazy("Group"),
    "users",
    (("group", "title"), ("group", "purpose")),
    """
SELECT e.id, e.title, g.slug, g.kind FROM groups_group g JOIN entries_entry e ON e.id = g.entry_id
WHERE e.id = ANY(%s::bigint[]) AND {visible}""",
    show_group,
    is_lasting=True,
)

SOCIETY = Kind(
    gettext_lazy("Societies"),
    gettext_lazy("Society"),
    "landmark",
    (("society", "title"),),
    """
SELECT e.id, e.title, o.slug, o.kind, o.acronym, o.specialty
FROM people_organization o JOIN entries_entry e ON e.id = o.entry_id WHERE e.id = ANY(%s::bigint[]) AND {visible}""",
    show_society,
    is_lasting=True,
)

# One without a text has no page yet.
UNDERTAKING = Kind(
    gettext_lazy("Undertakings"),
    gettext_lazy("Undertaking"),
    "clipboard-check",
    (("undertaking", "title"),),
    """
SELECT e.id, e.title, u.slug, u.kind FROM groups_undertaking u JOIN entries_entry e ON e.id = u.entry_id
WHERE e.id = ANY(%s::bigint[]) AND EXISTS (
    SELECT FROM groups_undertakingversion v WHERE v.undertaking_id = u.entry_id) AND {visible}""",
    show_undertaking,
    is_lasting=True,
)

FILE = Kind(
    gettext_lazy("Files"),
    gettext_lazy("File"),
    "file",
    (("topic", "file"),),
    """
SELECT f.id, f.name, e.title FROM files_attachment f JOIN entries_entry e ON e.id = f.entry_id
WHERE f.id = ANY(%s::bigint[]) AND {visible}""",
    show_file,
    by_part=True,
)
