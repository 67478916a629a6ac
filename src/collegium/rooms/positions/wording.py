"""What the calls and ballots about positions say alike."""

from __future__ import annotations

from django.utils.translation import gettext as _

from .models import Revision

# Of the position's title, in the title of a call about it.
LONGEST_TITLE = 180


def hash_line(revision: Revision) -> str:
    """Binds what is asked to the wording it is asked about."""
    return _("The hash of this wording (SHA-256): `%(digest)s`.") % {"digest": revision.digest}
