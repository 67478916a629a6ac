"""What every page says of the house around it: its name, the way about, who is reading, what waits under the bell."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from collegium.core.access.doors import viewer_of
from collegium.core.access.standard import MEMBERS, OFFICE
from collegium.core.access.viewers import Viewer
from collegium.core.mail.bounces.queries import failing_statement
from collegium.core.notices.queries import unseen_statement
from collegium.core.people.models import Person
from collegium.core.people.queries.keeping import kept_statement
from collegium.design.house import Alert, House, Place, Reader

from .together import Row, Statement, moments, together

_COUNCIL: Statement = (
    """SELECT e.title AS name FROM people_organization o JOIN entries_entry e ON e.id = o.entry_id
    WHERE o.kind = 'council'""",
    [],
)

UNCHOSEN = "UTC"


def house(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Nothing is asked of the database before a template reads it, and then one question.

    A page that asks for lists of its own asks for `house_lists` with them and gives the answer to `the_house`.
    """
    return {"house": SimpleLazyObject(lambda: the_house(request))}


def house_lists(viewer: Viewer | None) -> dict[str, Statement]:
    """What the masthead needs to know, as lists for `together`."""
    if viewer is None or viewer.person is None:
        return {"council": _COUNCIL}
    return {
        "council": _COUNCIL,
        "bell": unseen_statement(viewer),
        "desks": kept_statement(viewer.person_id, viewer.at),
        "failing": failing_statement(viewer.person_id, viewer.at),
    }


def the_house(request: HttpRequest, told: Mapping[str, list[Row]] | None = None) -> House:
    """The masthead and the footer as this reader sees them, out of `house_lists` if they are told already."""
    viewer = viewer_of(request) if hasattr(request, "viewer") else None
    person = viewer.person if viewer else None
    if told is None:
        told = together(**house_lists(viewer))
    return House(
        name=told["council"][0]["name"] if told["council"] else _("Collegium"),
        home_url=_address("home:home"),
        nav=_nav(get_language(), _here(request), *_kind_of_reader(viewer), bool(told.get("desks"))),
        person=_reader(person, _here(request)) if person else None,
        badge=len(told.get("bell", ())),
        notices_url=_address("account:notifications") if person else "",
        # On its own page the field stands in the page itself.
        suggestions_url=_address("search:suggestions"),
        search_url="" if _here(request) == "search" else _address("search:search"),
        sign_in_url="" if person else _address("account_login"),
        sign_out_url=_address("account_logout") if person else "",
        demo=settings.DEMO_PICKER,
        demo_url=_address("demo:personas") if settings.DEMO_PICKER else "",
        footer=_footer(get_language()),
        alert=_alert(moments(told["failing"], "since")[0]) if told.get("failing") else None,
    )


def _alert(failing: Row) -> Alert:
    """The address at which a person is reached, or was: letters to it come back."""
    since = date_format(timezone.localtime(failing["since"]), "j F")
    title = _("Letters to %(email)s come back since %(day)s.") % {"email": failing["email"], "day": since}
    said = _("The mail server said: “%(said)s”.") % {"said": failing["said"]} if failing["said"] else ""
    rest = _("None are sent there until they arrive again.")
    return Alert(
        title=title,
        sentence=f"{said} {rest}".strip(),
        action_url=reverse("account:address_recovery", args=[failing["id"]]),
        action_label=_("Send again"),
    )


def sees_people(viewer: Viewer) -> bool:
    """Whether the viewer may open the directory: the member societies' people and the council's team."""
    return viewer.is_among(MEMBERS) or viewer.is_among(OFFICE)


def _kind_of_reader(viewer: Viewer | None) -> tuple[bool, bool, bool]:
    """Whether they are signed in, may open the directory, and are of the council's team."""
    if viewer is None:
        return False, False, False
    return viewer.person is not None, sees_people(viewer), viewer.is_among(OFFICE)


@cache
def _address(name: str) -> str:
    """Addresses without arguments never change while the process runs."""
    return reverse(name)


def _here(request: HttpRequest) -> str:
    """The room of the page, as a word of the navigation."""
    match = getattr(request, "resolver_match", None)
    room = match.namespace if match else ""
    return "groups" if room in ("discussions", "archives") else room


# What depends on the language and the kind of reader alone is made once for each.


@lru_cache(maxsize=64)
def _nav(
    _language: str | None, here: str, is_signed_in: bool, sees_directory: bool, is_team: bool, has_desk: bool
) -> tuple[Place, ...]:
    places = [
        ("groups", _("Groups"), "groups:list"),
        ("positions", _("Positions"), "positions:list"),
        ("societies", _("Societies"), "societies:list"),
    ]
    if is_signed_in:
        places.insert(0, ("home", _("Home"), "home:home"))
    if sees_directory:
        places.append(("persons", _("People"), "persons:list"))
    if sees_directory:
        places.append(("calls", _("Calls"), "calls:calls"))
    if has_desk:
        places.append(("desk", _("Desk"), "desk:desks"))
    if is_team:
        places.append(("office", _("Office"), "office:front"))
    return tuple(Place(label, _address(name), current=here == room) for room, label, name in places)


@lru_cache(maxsize=64)
def _menu(_language: str | None, here: str) -> tuple[Place, ...]:
    return (
        Place(_("Your account"), _address("account:profile"), current=here == "account"),
        Place(_("Notices"), _address("account:notifications")),
        Place(_("Ballots"), _address("ballots:list"), current=here == "ballots"),
        Place(_("Sign-on letters"), _address("signons:list"), current=here == "signons"),
    )


@lru_cache(maxsize=16)
def _footer(_language: str | None) -> tuple[Place, ...]:
    places = [
        Place(_("Peer groups"), _address("groups:list")),
        Place(_("Positions"), _address("positions:list")),
        Place(_("Sign-on letters"), _address("signons:list")),
        Place(_("Societies"), _address("societies:list")),
    ]
    if settings.DEMO_PICKER:
        places.append(Place(_("Letters of the demonstration"), _address("office:letters")))
    return tuple(places)


def _reader(person: Person, here: str) -> Reader:
    return Reader(
        name=person.full_name,
        url=reverse("persons:person", args=[person.handle]),
        key=person.handle,
        initials=person.initials,
        # Whoever has not chosen a zone reads times in that of the browser.
        zone="" if person.time_zone == UNCHOSEN else person.time_zone,
        menu=_menu(get_language(), here),
    )
