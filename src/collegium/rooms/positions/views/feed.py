"""What the council published, as a feed everybody may follow."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collegium.core.access.doors import public, viewer_of
from collegium.design.text import excerpt

from ..citing import council_name
from ..course import IN_FORCE, STATES
from ..models import Position
from ..queries.positions import published_positions
from ..queries.publishing import has_run_out

WORDS = 400


@public
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """What was published, and what became of it, the newest first, as Atom (RFC 4287)."""
    name = council_name()
    made = Atom1Feed(
        title=_("Positions of %(council)s") % {"council": name},
        link=request.build_absolute_uri(reverse("positions:list")),
        description=_("What %(council)s holds.") % {"council": name},
        feed_url=request.build_absolute_uri(),
        author_name=name,
    )
    at = viewer_of(request).at
    for position in published_positions(at):
        assert position.adopted is not None  # what is published was adopted
        url = request.build_absolute_uri(position.get_absolute_url())
        made.add_item(
            title=_title(position, at.date()),
            link=url,
            description=excerpt("\n".join(block.html for block in position.adopted.blocks.all()), length=WORDS),
            unique_id=url,
            pubdate=position.published_at,
            updateddate=position.entry.touched_at,
            categories=[str(position.get_kind_display())],
        )
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _title(position: Position, today: date) -> str:
    """Who follows the feed reads first of all that something is no longer held."""
    if position.entry.state not in IN_FORCE:
        return f"{STATES[position.entry.state].label}: {position.entry.title}"
    if has_run_out(position, today):
        return _("No longer relied on: %(title)s") % {"title": position.entry.title}
    return str(position.entry.title)
