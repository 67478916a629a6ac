"""What a person is told in the house about their letters."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from collegium.core.notices.registry import ByLetter, Notice
from collegium.core.trail.models import Event

from .models import Complaint


class LettersStopped(Notice):
    """To whoever's mail provider passed on a complaint, which most do who call a letter spam by mistake."""

    name = "mail.LettersStopped"
    event = "letters.stopped"
    label = _("Letters stopped after a complaint")
    is_statutory = True
    # Whoever complains of letters is told where they are not.
    by_letter = ByLetter.ELSEWHERE
    words = _(
        "Your mail provider passed on that you called a letter of this group spam. You hear no more of the group. "
        "You can choose again, here, how much you want to hear."
    )

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        return Complaint.objects.filter(pk=event.facts["complaint"]).values_list("person", flat=True)
