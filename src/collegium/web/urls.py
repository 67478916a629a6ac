"""The addresses of the pages that gather several rooms, and where each room's own addresses begin."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include("collegium.web.home.urls")),
    path("groups/", include("collegium.web.groups.urls")),
    path("undertakings/", include("collegium.web.undertakings.urls")),
    path("calls/", include("collegium.web.calls.urls")),
    path("desk/", include("collegium.web.desk.urls")),
    path("societies/", include("collegium.web.societies.urls")),
    path("people/", include("collegium.web.persons.urls")),
    path("search/", include("collegium.web.search.urls")),
    path("letters/", include("collegium.web.letters.urls")),
    path("", include("collegium.rooms.discussions.urls")),
    path("", include("collegium.rooms.archives.urls")),
    path("", include("collegium.rooms.ballots.urls")),
    path("", include("collegium.rooms.signons.urls")),
    path("", include("collegium.rooms.positions.urls")),
    path("files/", include("collegium.core.files.urls")),
    path("", include("collegium.web.account.urls")),
    path("account/", include("collegium.web.account.signin_urls")),
    path("office/", include("collegium.web.office.urls")),
    path("design/", include("collegium.design.urls")),
]
if settings.DEMO_PICKER:
    # Who one is in the demonstration; in production there is no such address.
    urlpatterns.append(path("personas/", include("collegium.web.personas.urls")))
