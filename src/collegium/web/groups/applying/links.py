"""Signed links in letters about applications: they show a page, and a button on it changes something."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core import signing

from collegium.core.groups.models import Application
from collegium.core.groups.queries import application_of, key_holder
from collegium.core.people.models import Tenure

APPLICANT, SOCIETY = "groups.application", "groups.role"
# How long an applicant can look where it stands, and how long a society can answer from a letter.
SEEN_FOR, LASTS = timedelta(days=365), timedelta(days=30)


def write(application: Application) -> str:
    """A token for whoever reads letters at the applicant's address."""
    return signing.dumps(application.pk, salt=APPLICANT)


def read(token: str) -> Application | None:
    """The application; None for every token that is not, or no longer, one for it."""
    pk = _loads(token, APPLICANT, SEEN_FOR)
    return application_of(pk) if isinstance(pk, int) else None


def write_for(application: Application, holder: Tenure) -> str:
    """A token for one of those who can confirm the role for the society."""
    return signing.dumps([application.pk, holder.pk], salt=SOCIETY)


def read_for(token: str, at: datetime) -> tuple[Application, Tenure] | None:
    """The application and the tenure it was sent to, as long as that lasts; None for every other token."""
    match _loads(token, SOCIETY, LASTS):
        case [int(pk), int(tenure)]:
            application = application_of(pk)
            holder = key_holder(application, tenure, at) if application else None
            return (application, holder) if application and holder else None
    return None


def _loads(token: str, salt: str, lasts: timedelta) -> object:
    try:
        return signing.loads(token, salt=salt, max_age=lasts)
    except (signing.BadSignature, ValueError):
        return None
