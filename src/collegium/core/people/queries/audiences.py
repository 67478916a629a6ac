"""What the audiences of societies are called and where a society is read."""

from django.urls import reverse

from collegium.core.entries.models import Entry

from ..models import Organization


def society_audience_names(ids: list[int]) -> dict[int, str]:
    rows = Organization.objects.filter(audience__in=ids)
    return {row.audience_id: row.name for row in rows}


def directory_address(_entry: Entry) -> str:
    return reverse("persons:list")


def society_address(entry: Entry) -> str:
    return reverse("societies:society", args=[entry.organization.slug])
