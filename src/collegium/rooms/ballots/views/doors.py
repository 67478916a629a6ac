"""What the doors of a ballot do alike: open its call when its time has come, and go back to its page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from collegium.core.access.viewers import Viewer
from collegium.core.calls import actions as calls

from ..models import Ballot
from ..queries.showing import due_to_open


def opened(ballot: Ballot, viewer: Viewer) -> Ballot:
    """Whoever first looks at a ballot whose time has come takes its roll."""
    if due_to_open(ballot, viewer.at):
        ballot.call = calls.open_call(ballot.call, at=viewer.at)
    return ballot


def back(request: HttpRequest, ballot: Ballot, told: object) -> HttpResponse:
    """To its page, which says what was done."""
    messages.success(request, str(told))
    return HttpResponseRedirect(ballot.get_absolute_url(), status=303)
