"""What the council published, as a feed everybody may follow."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collegium.core.access.doors import public, viewer_of
from collegium.design.text import excerpt

from ..citing import council_name
from ..queries.positions import published_positions

WORDS = 400


@public
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The positions in force, the newest first, as Atom (RFC 4287)."""
    name = council_name()
    made = Atom1Feed(
        title=_("Positions of %(council)s") % {"council": name},
        link=request.build_absolute_uri(reverse("positions:list")),
        description=_("What %(council)s holds.") % {"council": name},
        feed_url=request.build_absolute_uri(),
        author_name=name,
    )
    for position in published_positions(viewer_of(request).at):
        assert position.adopted is not None  # what is published was adopted
        url = request.build_absolute_uri(position.get_absolute_url())
        made.add_item(
            title=position.entry.title,
            link=url,
            description=excerpt("\n".join(block.html for block in position.adopted.blocks.all()), length=WORDS),
            unique_id=url,
            pubdate=position.published_at,
            updateddate=position.entry.touched_at,
            categories=[str(position.get_kind_display())],
        )
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
