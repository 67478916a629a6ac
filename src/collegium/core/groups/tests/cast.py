"""The fixed cast of the tests: one small council in which everybody has a part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from collegium.core.access.standard import OFFICE
from collegium.core.access.viewers import Viewer
from collegium.core.groups import actions
from collegium.core.groups.models import Group
from collegium.core.people.models import Organization, Person, Tenure
from collegium.core.people.tests.factories import AT, make_function, make_organization, make_person, make_tenure

from .factories import make_group, policy
from .keeping import Kept


@dataclass
class Cast:
    """Societies, groups and persons by their part; `tenures` by the part of who holds them."""

    at: datetime
    council: Organization
    lagoon: Organization
    harbour: Organization
    reef: Organization
    lapsed: Organization
    cfos: Group
    membership: Group
    counsels: Group
    ceos: Group
    board: Group
    peer: Person
    colleague: Person
    leaver: Person
    two_seats: Person
    chair: Person
    delegate: Person
    liaison: Person
    staff: Person
    second_staff: Person
    newcomer: Person
    outsider: Person
    suspended: Person
    tenures: dict[str, Tenure]

    def viewer(self, part: str | None, at: datetime | None = None) -> Viewer:
        """The viewer who plays this part; nobody for None."""
        return Viewer.of(getattr(self, part) if part else None, at=at or self.at)

    @property
    def parts(self) -> list[str | None]:
        """Every persona, nobody first."""
        return [
            None,
            "outsider",
            "suspended",
            "newcomer",
            "peer",
            "colleague",
            "leaver",
            "two_seats",
            "delegate",
            "liaison",
            "chair",
            "staff",
            "second_staff",
        ]


# part -> name, society, function, title
PARTS = {
    "peer": ("Ines Okafor", "lagoon", "cfo", "Chief Financial Officer"),
    "colleague": ("Tomasz Halloran", "harbour", "cfo", "Chief Financial Officer"),
    "leaver": ("Kekoa Lindgren", "reef", "cfo", "Chief Financial Officer"),
    "two_seats": ("Bao Castellanos", "lagoon", "cio", "Chief Information Officer"),
    "chair": ("Ruth Alder", "harbour", "ceo", "Chief Executive Officer"),
    "delegate": ("Ingvild Sorensen", "lagoon", "ceo", "Chief Executive Officer"),
    "liaison": ("Jonas Weil", "lagoon", "liaison", "Office Manager"),
    "staff": ("Mara Quist", "council", "council-team", "Director of Member Services"),
    "second_staff": ("Olu Fenwick", "council", "council-team", "Program Manager"),
    "newcomer": ("Nadia Brook", "reef", "membership", "Director of Membership"),
    "suspended": ("Otto Grim", "lapsed", "cfo", "Chief Financial Officer"),
}


def _build() -> Cast:
    """The council. `cfos` ex officio, `membership` open, `counsels` closed and on request, `ceos` closed and governing,
    `board` hidden from all but the council's team. The chair chairs `cfos` and `ceos` (confirmed)."""
    for slug in ("cfo", "ceo", "cio"):
        make_function(slug, single_holder=True)
    places = {
        "council": make_organization(
            "Council of Islands", kind="council", slug="council", time_zone="America/New_York"
        ),
        "lagoon": make_organization("Society of Lagoon Cardiology", slug="lagoon", acronym="SLC"),
        "harbour": make_organization(
            "College of Harbour Surgeons", slug="harbour", acronym="CHS", time_zone="America/Chicago"
        ),
        "reef": make_organization(
            "Academy of Reef Dermatology", slug="reef", acronym="ARD", time_zone="Pacific/Honolulu"
        ),
        "lapsed": make_organization("Lapsed Society", slug="lapsed", acronym="LS", standing="suspended"),
    }
    groups = {
        "cfos": make_group("Chief Financial Officers", "cfo", slug="cfos"),
        "membership": make_group("Membership", "membership", "cio", slug="membership", joining="open"),
        "counsels": make_group(
            "General Counsels", "general-counsel", "membership", slug="counsels", joining="on_request", is_closed=True
        ),
        "ceos": make_group("CEO Council", "ceo", slug="ceos", kind="governing_body"),
        "board": make_group(
            "Board",
            slug="board",
            kind="board",
            joining="invitation",
            page_audience=OFFICE,
            is_closed=True,
            policy=policy(),
        ),
    }
    persons = {
        part: make_person(name, email=f"{part}@{society}.example") for part, (name, society, _f, _t) in PARTS.items()
    }
    tenures = {
        part: make_tenure(persons[part], places[society], function, title=title)
        for part, (_name, society, function, title) in PARTS.items()
    }
    tenures["two_seats_reef"] = make_tenure(
        persons["two_seats"], places["reef"], "cio", title="Interim CIO", capacity="interim"
    )
    persons["outsider"] = make_person("Oz Nobody", email="outsider@elsewhere.example")
    cast = Cast(at=AT, **places, **groups, **persons, tenures=tenures)  # type: ignore[arg-type]  # names of its own fields
    _seat_the_officers(cast)
    return cast


def _seat_the_officers(cast: Cast) -> None:
    staff, second = cast.viewer("staff"), cast.viewer("second_staff")
    actions.name_officer(cast.cfos, tenure=cast.tenures["colleague"], role="chair", viewer=staff, at=AT)
    office = actions.name_officer(cast.ceos, tenure=cast.tenures["chair"], role="chair", viewer=staff, at=AT)
    actions.confirm_office(office, viewer=second, at=AT)
    for part in ("chair", "delegate"):
        actions.confirm_tenure(cast.ceos, tenure=cast.tenures[part], viewer=second, at=AT)
    for part in ("two_seats",):
        actions.join_group(cast.membership, tenure=cast.tenures[part], viewer=cast.viewer(part), at=AT)


build_cast = Kept(_build)
