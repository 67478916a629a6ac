"""Addresses of the desks."""

from django.urls import path

from .views import attestations, departures, front, holders, planning

app_name = "desk"

urlpatterns = [
    path("", front.desks, name="desks"),
    path("roster/<str:token>/", attestations.by_link, name="attestation_link"),
    path("calendar/<str:token>/", planning.feed, name="feed"),
    path("<slug:slug>/", front.desk, name="desk"),
    path("<slug:slug>/plan/", planning.plan, name="plan"),
    path("<slug:slug>/sittings/", planning.sittings, name="sittings"),
    path("<slug:slug>/sittings/<number:pk>/removal/", planning.sitting_removed, name="sitting_removal"),
    path("<slug:slug>/mandates/", planning.mandates, name="mandates"),
    path("<slug:slug>/mandates/<number:pk>/end/", planning.mandate_end, name="mandate_end"),
    path("<slug:slug>/holders/", holders.propose, name="holders"),
    path("<slug:slug>/tenures/<number:pk>/", holders.tenure, name="tenure"),
    path("<slug:slug>/tenures/<number:pk>/capacity/", holders.capacity, name="capacity"),
    path("<slug:slug>/tenures/<number:pk>/end/", holders.end, name="end"),
    path("<slug:slug>/tenures/<number:pk>/withdrawal/", holders.take_back, name="take_back"),
    path("<slug:slug>/attestation/", attestations.attestation, name="attestation"),
    path("<slug:slug>/removals/<number:pk>/", attestations.keep, name="removal_declined"),
    path("<slug:slug>/departures/", departures.begin, name="departures"),
    path("<slug:slug>/departures/<number:pk>/", departures.departure, name="departure"),
    path("<slug:slug>/departures/<number:pk>/day/", departures.day, name="departure_day"),
    path("<slug:slug>/departures/<number:pk>/withdrawal/", departures.withdraw, name="departure_withdrawal"),
]
