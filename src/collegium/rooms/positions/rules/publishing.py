"""Who sets an embargo or the dates of a review, confirms the list of supporters, begins a new version; and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.entries.models import Link
from collegium.core.people.rules import check_office, check_time_zone

from ..course import IN_FORCE, latest_dates
from ..guards import SUPERSEDES
from ..models import Embargo, Position, SupportList
from ..queries.publishing import Supporting, digest_of_list
from .positions import is_chair

# A position is adopted to be published.
LONGEST_EMBARGO = timedelta(days=366)
# States in which it is settled how it will be published.
BEFORE_PUBLICATION = ("ballot", "adopted")
ENDED = ("withdrawn", "not-adopted")


def check_set_embargo(viewer: Viewer, position: Position, ends_at: datetime, zone: str) -> None:
    """The council's team, from the ballot until it is published; a moment that lies ahead, within a year."""
    check_office(viewer)
    check_time_zone(zone)
    if position.entry.state not in BEFORE_PUBLICATION:
        raise Refused(_("An embargo is set between the ballot and the publication."))
    if ends_at <= viewer.at:
        raise Refused(_("The embargo has to end later than now."))
    if ends_at - viewer.at > LONGEST_EMBARGO:
        raise Refused(_("The embargo has to end within a year."))


def check_lift_embargo(viewer: Viewer, position: Position, embargo: Embargo) -> None:
    """The council's team, once, before it is published."""
    check_office(viewer)
    if embargo.lifted_at is not None or position.entry.state not in BEFORE_PUBLICATION:
        raise Refused(_("There is no embargo to lift."))


def check_confirm_supporters(
    viewer: Viewer, position: Position, lines: Sequence[Supporting], digest: str, confirmed: SupportList | None
) -> None:
    """The council's team, once it is adopted: the list as it is now, which is the one they were shown."""
    check_office(viewer)
    if position.entry.state not in ("adopted", *IN_FORCE):
        raise Refused(_("The list is confirmed once the position is adopted."))
    if digest_of_list(lines) != digest:
        raise Refused(_("The list changed while you looked at it. Look at it again."))
    if confirmed is not None and confirmed.digest == digest:
        raise Refused(_("This very list is confirmed already."))
    if confirmed is None and not lines:
        raise Refused(_("There is nobody on the list."))


def may_set_dates(position: Position) -> bool:
    """Whether it is settled, and nothing of it is asked of the societies."""
    return position.entry.state in ("adopted", "public")


def check_set_dates(viewer: Viewer, position: Position, review_on: date, sunset_on: date) -> None:
    """Who moves positions on, of what is adopted or in force: no later than usual, and not in the past."""
    if not is_chair(viewer):
        raise Refused(_("Only the council's team and its policy chair can do this."))
    if not may_set_dates(position):
        raise Refused(_("The dates are set between its adoption and its review."))
    if review_on <= viewer.at.date():
        raise Refused(_("The review has to be due later than today: to review it now, put it under review."))
    if sunset_on < review_on:
        raise Refused(_("It has to be relied on until its review, at least."))
    begun = position.steps.filter(now="public").last()
    latest = latest_dates(begun.at if begun else viewer.at)
    if review_on > latest[0] or sunset_on > latest[1]:
        words = _("No later than %(review)s for the review, and %(sunset)s for relying on it.")
        told = [date_format(day, "j F Y") for day in latest]
        raise Refused(words % {"review": told[0], "sunset": told[1]})


def check_begin_version(viewer: Viewer, position: Position) -> None:
    """Who moves positions on, of what is in force, one at a time."""
    if not is_chair(viewer):
        raise Refused(_("Only the council's team and its policy chair begin positions."))
    if position.entry.state not in IN_FORCE:
        raise Refused(_("A new version is begun of what is in force."))
    successors = Link.objects.filter(kind=SUPERSEDES, target=position.pk)
    if successors.exclude(source__state__in=ENDED).exists():
        raise Refused(_("A new version is on its way already."))
