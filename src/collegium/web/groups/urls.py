"""Addresses of groups."""

from django.urls import path

from .views import applications, conditions, confirming, deeds, letters, pages, roles

app_name = "groups"

urlpatterns = [
    path("", pages.groups, name="list"),
    path("<slug:slug>/", pages.group, name="group"),
    path("<slug:slug>/roster/", pages.roster, name="roster"),
    path("<slug:slug>/history/", pages.group_history, name="history"),
    path("<slug:slug>/charter/", pages.charter, name="charter"),
    path("<slug:slug>/charter/versions/", deeds.adopt_charter, name="adopt_charter"),
    path("<slug:slug>/memberships/", deeds.join, name="join"),
    path("<slug:slug>/departure/", deeds.leave, name="leave"),
    path("<slug:slug>/requests/", deeds.ask, name="ask"),
    path("<slug:slug>/requests/<number:request_id>/approval/", deeds.approve, name="approve"),
    path("<slug:slug>/requests/<number:request_id>/refusal/", deeds.refuse, name="refuse"),
    path("<slug:slug>/requests/<number:request_id>/withdrawal/", deeds.withdraw, name="withdraw"),
    path("<slug:slug>/confirmations/", confirming.together, name="confirm_together"),
    path("<slug:slug>/confirmations/<slug:kind>/<number:pk>/", deeds.confirm, name="confirm"),
    path("<slug:slug>/widenings/<number:pk>/withdrawal/", deeds.withdraw_widening, name="withdraw_widening"),
    path("<slug:slug>/letters/", letters.letters, name="letters"),
    path("<slug:slug>/conditions/", conditions.conditions, name="conditions"),
    path("<slug:slug>/needs/", conditions.begin_need, name="begin_need"),
    path("<slug:slug>/needs/<number:pk>/end/", conditions.end_need, name="end_need"),
    path("<slug:slug>/suspensions/", conditions.suspend, name="suspend"),
    path("<slug:slug>/suspensions/<number:pk>/lifting/", conditions.lift, name="lift"),
    path("<slug:slug>/readings/", conditions.ask_to_read, name="ask_to_read"),
    path("<slug:slug>/readings/<number:pk>/confirmation/", conditions.confirm_reading, name="confirm_reading"),
    path("<slug:slug>/readings/<number:pk>/end/", conditions.end_reading, name="end_reading"),
    path("<slug:slug>/application/", applications.apply, name="apply"),
    path("<slug:slug>/application/sent/", applications.applied, name="applied"),
    path("<slug:slug>/level/", deeds.level, name="level"),
    path("<slug:slug>/reading/", deeds.read_all, name="read_all"),
    # Last: a token never looks like what stands above, and so no group’s short name is taken from it.
    path("applications/<str:token>/", applications.application, name="application"),
    path("applications/roles/<str:token>/", roles.role, name="role"),
]
