"""Addresses of the council's team, and of the outbox of a demonstration."""

from django.conf import settings
from django.urls import path

from .books.urls import registry
from .views import (
    addresses,
    attestations,
    coverage,
    front,
    groups,
    health,
    letters,
    policies,
    reports,
    requests,
    rosters,
    undertakings,
    ways,
)

app_name = "office"

urlpatterns = [
    path("", front.front, name="front"),
    path("coverage/", coverage.coverage_map, name="coverage"),
    path("coverage/export/", coverage.export, name="coverage_export"),
    path("coverage/of/<slug:slug>/", coverage.coverage_of, name="coverage_of"),
    path("undertakings/", undertakings.undertakings, name="undertakings"),
    path("undertakings/export/", undertakings.export, name="undertakings_export"),
    path("undertakings/of/<slug:slug>/", undertakings.undertaking, name="undertaking"),
    path("attestations/", attestations.board, name="attestations"),
    path("attestations/<int:pk>/letter/", attestations.resend, name="attestation_letter"),
    path("attestations/<int:pk>/call/", attestations.call, name="attestation_call"),
    path("roster/", rosters.rosters, name="rosters"),
    path("roster/present/", rosters.present, name="present_roster"),
    path("roster/template/", rosters.template, name="roster_template"),
    path("roster/<int:pk>/", rosters.roster, name="roster"),
    path("roster/<int:pk>/confirmation/", rosters.confirmation, name="confirm_roster"),
    path("roster/<int:pk>/abandonment/", rosters.abandonment, name="abandon_roster"),
    path("roster/<int:pk>/refused/", rosters.refused, name="refused_lines"),
    path("groups/", groups.groups, name="groups"),
    path("groups/new/", groups.found, name="found"),
    path("groups/of/<slug:group_slug>/", groups.group, name="group"),
    path("groups/of/<slug:group_slug>/policy/", policies.policy, name="policy"),
    path("groups/of/<slug:group_slug>/officers/", groups.officers, name="officers"),
    path("groups/of/<slug:group_slug>/officers/<int:pk>/end/", groups.officer_end, name="officer_end"),
    path("groups/of/<slug:group_slug>/closure/", groups.closure, name="closure"),
    path("health/", health.health, name="health"),
    path("health/checks/", health.checks, name="checks"),
    path("health/jobs/<int:pk>/", health.retry, name="retry"),
    path("addresses/", addresses.proposals, name="addresses"),
    path("addresses/<int:pk>/override/", addresses.override, name="override"),
    *registry,
    path("requests/", requests.queue, name="requests"),
    path("requests/applications/<int:pk>/", requests.application, name="application"),
    path("requests/applications/<int:pk>/role/", requests.vouch, name="vouch"),
    path("requests/applications/<int:pk>/reminder/", requests.ask_again, name="ask_again"),
    path("requests/applications/<int:pk>/approval/", requests.approve_application, name="approve_application"),
    path("requests/applications/<int:pk>/refusal/", requests.decline_application, name="decline_application"),
    path("requests/seats/<int:pk>/", requests.seat, name="seat_request"),
    path("requests/seats/<int:pk>/approval/", requests.approve_seat, name="approve_seat"),
    path("requests/seats/<int:pk>/refusal/", requests.decline_seat, name="decline_seat"),
    path("letters/fare/", ways.fare, name="fare"),
    path("letters/fare/table/", ways.fare_csv, name="fare_csv"),
    path("letters/fare/<slug:slug>/", ways.fare_of, name="fare_of"),
    path("letters/in/", ways.incoming, name="incoming"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<int:group_id>/nudge/", reports.nudge, name="nudge"),
]
if settings.DEMO_PICKER:
    urlpatterns += [
        path("letters/", letters.outbox, name="letters"),
        path("letters/<int:pk>/", letters.letter, name="letter"),
        path("letters/groups/", letters.mailings, name="mailings"),
        path("letters/groups/<int:pk>/", letters.mailing, name="mailing"),
        path("letters/groups/readers/<int:pk>/", letters.delivery, name="delivery"),
    ]
