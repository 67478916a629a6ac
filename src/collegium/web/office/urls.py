"""Addresses of the council's team, and of the outbox of a demonstration."""

from django.conf import settings
from django.urls import path

from .books.urls import registry
from .views import addresses, coverage, front, letters

app_name = "office"

urlpatterns = [
    path("", front.front, name="front"),
    path("coverage/", coverage.coverage_map, name="coverage"),
    path("coverage/export/", coverage.export, name="coverage_export"),
    path("coverage/of/<slug:slug>/", coverage.coverage_of, name="coverage_of"),
    path("addresses/", addresses.proposals, name="addresses"),
    path("addresses/<int:pk>/override/", addresses.override, name="override"),
    *registry,
]
if settings.DEMO_PICKER:
    urlpatterns += [
        path("letters/", letters.outbox, name="letters"),
        path("letters/<int:pk>/", letters.letter, name="letter"),
    ]
