"""The undertakings of the demo council: all accepted, and a new version under way that some have yet to accept."""

from datetime import datetime, timedelta

from collegium.core.people.models import Tenure

from ..actions.undertakings import add_version
from ..models import Acceptance, Need, Undertaking, UndertakingVersion

PUBLISHED = timedelta(days=9)
# Of every five members these have accepted the new version, an hour after the other.
ACCEPTED = (0, 2, 3)
REWORDED = (
    "5. If the law obliges me to disclose something, I tell whom it concerns first, as far as I may.",
    "5. I do not give what is written here to a service that learns from it.\n"
    "6. If the law obliges me to disclose something, I tell whom it concerns first, as far as I may.",
)


def load(at: datetime) -> None:
    """In bulk, as the actions would have left it."""
    for need in Need.objects.select_related("group", "undertaking").order_by("pk"):
        first = need.undertaking.versions.get(number=1)
        _accept(first, _concerned(need), since=first.published_at)
    undertaking = Undertaking.objects.get(slug="confidentiality")
    second = add_version(undertaking, text=_reworded(undertaking), by=None, at=at - PUBLISHED)
    for need in Need.objects.filter(undertaking=undertaking).order_by("pk"):
        chairs = {office.tenure_id for office in need.group.offices.all()}
        some = [
            tenure for number, tenure in enumerate(_concerned(need)) if number % 5 in ACCEPTED or tenure.pk in chairs
        ]
        _accept(second, some, since=second.published_at + timedelta(hours=1))


def _reworded(undertaking: Undertaking) -> str:
    return undertaking.versions.get(number=1).text.replace(*REWORDED)


def _concerned(need: Need) -> list[Tenure]:
    """Whoever was let into the closed group: confirmed holders, the invited and officers, by name."""
    group = need.group
    found = Tenure.objects.filter(confirmations__group=group) | Tenure.objects.filter(offices__group=group)
    found = found | Tenure.objects.filter(memberships__group=group)
    return list(found.distinct().order_by("person__handle", "pk"))


def _accept(version: UndertakingVersion, tenures: list[Tenure], *, since: datetime) -> None:
    """As early as each could; who left before the version was there never saw it."""
    for number, tenure in enumerate(tenures):
        begun = datetime.combine(tenure.starts_on, since.timetz()) if tenure.starts_on > since.date() else since
        last = tenure.last_day
        if last is None or last > since.date():
            accepted = begun + timedelta(minutes=number)
            Acceptance.objects.get_or_create(version=version, tenure=tenure, defaults={"at": accepted})
