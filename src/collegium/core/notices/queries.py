"""What a person was told, as far as they may see it now."""

from typing import Any

from django.db.models import Q, QuerySet, Subquery

from collegium.core.access.queries import visible_parameters, visible_sql
from collegium.core.access.statements import rows
from collegium.core.access.viewers import Viewer

from .models import DigestChoice, Follow, LetterSwitch, Level, Notification, Preference, SwitchedOff
from .registry import ByLetter, notices

BADGE_STOPS_AT = 100
PAGE = 30


def unseen_count(viewer: Viewer) -> int:
    """How many notifications wait, counted over what is visible now, up to BADGE_STOPS_AT."""
    if viewer.person_id is None:
        return 0
    return unseen(viewer)[:BADGE_STOPS_AT].count()


def unseen(viewer: Viewer) -> QuerySet[Notification]:
    return Notification.objects.visible_to(viewer).filter(person=viewer.person, seen_at=None)


_UNSEEN = """
SELECT n.id FROM notices_notification n JOIN entries_entry e ON e.id = n.entry_id
WHERE n.person_id = %s AND n.seen_at IS NULL AND {visible} LIMIT {limit}"""


def unseen_statement(viewer: Viewer) -> tuple[str, list[Any]]:
    """The first BADGE_STOPS_AT of the same as SQL with its parameters, for the masthead of every page."""
    visible = visible_sql("e.audience_id")
    return _UNSEEN.format(visible=visible, limit=BADGE_STOPS_AT), [viewer.person_id, *visible_parameters(viewer)]


def newest(viewer: Viewer, *, before: int | None = None, limit: int = PAGE) -> list[dict[str, Any]]:
    """A page of notifications, newest first: `{notification, sentence, entry}` each."""
    told = Notification.objects.visible_to(viewer).filter(person=viewer.person)
    if before is not None:
        told = told.filter(_older_than(before))
    told = told.select_related("event__actor", "event__acting_for__entry", "entry").order_by("-at", "-id")[:limit]
    return [
        {"notification": row, "sentence": notices.get(row.notice).sentence(row.event), "entry": row.entry}
        for row in told
    ]


def _older_than(pk: int) -> Q:
    """Rows after this one in the order of the page; a late job tells of an older moment under a newer number."""
    at = Notification.objects.filter(pk=pk).values("at")[:1]
    return Q(at__lt=Subquery(at)) | Q(at=Subquery(at), pk__lt=pk)


def level_of(person_id: int | None, place_id: int, default: str = Level.EVERY) -> str:
    """How much the person wants to hear of the place."""
    row = Preference.objects.filter(person__in=[person_id], place=place_id).values_list("level", flat=True).first()
    return row or default


def follow_state(person_id: int | None, entry_id: int) -> str:
    """`following`, `muted` or an empty string."""
    found = Follow.objects.filter(person__in=[person_id], entry=entry_id).values_list("state", flat=True).first()
    return found or ""


_FOLLOWING = "SELECT person_id FROM notices_follow WHERE entry_id = %s AND state = 'following'"


def following(entry_id: int | None) -> list[int]:
    """Ids of the persons who follow the entry."""
    return [person for (person,) in rows(_FOLLOWING, [entry_id])]


def switches(person_id: int) -> list[dict[str, Any]]:
    """Every notice that can be switched off: `{name, label, is_on, by_letter}`, the last None if it never is one."""
    off = set(SwitchedOff.objects.filter(person_id=person_id).values_list("notice", flat=True))
    switched = dict(LetterSwitch.objects.filter(person_id=person_id).values_list("notice", "is_on"))
    return [
        {
            "name": notice.name,
            "label": notice.label,
            "is_on": notice.name not in off,
            "by_letter": (
                None if notice.by_letter is ByLetter.ELSEWHERE else switched.get(notice.name, notice.goes_by_letter())
            ),
        }
        for _name, notice in notices.items()
        if not notice.is_statutory
    ]


def digest_choice(person_id: int) -> DigestChoice:
    """When the person wants digests; one that is not saved where they have not said."""
    return DigestChoice.objects.filter(person=person_id).first() or DigestChoice(person_id=person_id)
