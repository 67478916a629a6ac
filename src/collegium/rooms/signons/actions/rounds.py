"""Each time signatures are asked for: a call of its own, whose roll, reminders and answers are those of calls."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from collegium.core.access.standard import MEMBERS
from collegium.core.calls import actions as calls
from collegium.core.calls.queries import Roll

from ..choices import ADDENDUM_KIND, LETTER_KIND
from ..models import Letter, Round, Version


def begin_round(
    letter: Letter, kind: str, *, closes_at: datetime, by: Any, at: datetime, only: tuple[int, ...] = ()
) -> Round:
    """Ask all member societies, or `only` these, for their signature to the newest text; part of a step.

    What was said in the round before stays there; a society that says nothing now has not signed.
    """
    before, number = letter.round, Round.objects.filter(letter=letter).count() + 1
    call = calls.draft_call(
        ADDENDUM_KIND if kind == Round.Kind.ADDENDUM else LETTER_KIND,
        title=_title(letter, kind),
        raw=_words(letter, kind),
        opens_at=at,
        closes_at=closes_at,
        time_zone=letter.time_zone,
        seen_by=MEMBERS,
        roll=Roll(only=only),
        about=letter.entry,
        by=by,
        at=at,
    )
    made: Round = Round.objects.create(letter=letter, number=number, kind=kind, call=call, at=at)
    letter.round = made
    letter.save(update_fields=["round"])
    if letter.current is not None and kind != Round.Kind.ADDENDUM:
        Version.objects.filter(pk=letter.current.pk).update(round=made)
        letter.current.round = made
    if before is not None and not before.call.is_over:
        calls.close_early(before.call, by=by, at=at)
    made.call = calls.open_at_once(call, by=by, at=at)
    return made


def _title(letter: Letter, kind: str) -> str:
    titles = {
        Round.Kind.FIRST: _("Sign: %(subject)s"),
        Round.Kind.AGAIN: _("Sign again: %(subject)s"),
        Round.Kind.ADDENDUM: _("Sign later: %(subject)s"),
    }
    return str(titles[Round.Kind(kind)] % {"subject": letter.entry.title})


def _words(letter: Letter, kind: str) -> str:
    version = letter.current
    assert version is not None  # every letter begins with a text
    asked = {
        Round.Kind.FIRST: _("Does your society sign this letter to %(addressee)s? %(ask)s"),
        Round.Kind.AGAIN: _(
            "The text was changed in substance, so that what was signed before counts no more. Does your society sign "
            "it as it is now? Whoever does not answer has not signed. The letter goes to %(addressee)s. %(ask)s"
        ),
        Round.Kind.ADDENDUM: _(
            "This letter was sent to %(addressee)s. Societies that sign now are named in an addendum; the letter "
            "itself stays as it was sent. %(ask)s"
        ),
    }
    said = asked[Round.Kind(kind)] % {"addressee": version.addressee, "ask": letter.ask}
    url = settings.BASE_URL + letter.get_absolute_url()
    return f"{said}\n\n[{_('The letter, its terms and earlier versions')}]({url})"
