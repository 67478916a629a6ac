"""Addresses of the account's own pages."""

from django.urls import path

from .views import addresses, belongings, joining, notices, notifications, profile, proposals, welcome

app_name = "account"

urlpatterns = [
    path("welcome/", welcome.welcome, name="welcome"),
    path("account/", profile.profile, name="profile"),
    path("account/visibility/", profile.visibility, name="visibility"),
    path("account/addresses/", addresses.addresses, name="addresses"),
    path("account/addresses/<number:pk>/code/", addresses.send_code, name="address_code"),
    path("account/addresses/<number:pk>/primacy/", addresses.choose_primary, name="address_primacy"),
    path("account/addresses/<number:pk>/recovery/", addresses.recover, name="address_recovery"),
    path("account/addresses/<number:pk>/removal/", addresses.remove, name="address_removal"),
    path("account/proposals/<number:pk>/confirmation/", addresses.confirm_proposal, name="proposal_confirmation"),
    path("account/proposals/<number:pk>/refusal/", addresses.decline_proposal, name="proposal_refusal"),
    path("account/proposals/by-letter/<str:token>/", proposals.proposal, name="proposal"),
    path("account/joining/", joining.ask, name="join"),
    path("account/joining/<number:pk>/withdrawal/", joining.withdraw, name="withdraw_joining"),
    path("account/joining/by-letter/<str:token>/", joining.follow, name="joining"),
    path("account/notices/", notices.notices, name="notices"),
    path("account/download/", belongings.download, name="download"),
    path("account/closing/", belongings.close, name="close"),
    path("notifications/", notifications.notifications, name="notifications"),
    path("notifications/seen/", notifications.see_all, name="see_notifications"),
    path("notifications/<number:pk>/", notifications.notification, name="notification"),
]
