"""How topics go together: each kind of link as it reads from its source, and from its target."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from collegium.core.entries.models import Entry
from collegium.core.entries.queries import address
from collegium.core.entries.registry import link_kinds

RELATED = (_("See also"), _("See also"))
CONTINUES = (_("Continues"), _("Continued in"))

# Those a reader can make between two topics.
BETWEEN_TOPICS = ("related", "continues")


def choices() -> list[tuple[str, str]]:
    """The kinds a reader can make, each as it reads from the topic they stand on."""
    return [(kind, link_kinds.get(kind)[0]) for kind in BETWEEN_TOPICS]


def shown(links: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The links of a topic for showing: `{id, anchor, word, title, url}` each."""
    return [
        {
            "id": link["id"],
            "anchor": f"link-{link['id']}",
            "word": link_kinds.get(link["kind"])[0 if link["outward"] else 1],
            "title": link["title"],
            "url": address(Entry(pk=link["id"], kind=link["entry_kind"], title=link["title"])),
        }
        for link in links
    ]
