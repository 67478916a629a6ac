"""The letters about applications: to the applicant, and to whoever confirms the role for the society."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy

from collegium.core.groups.models import Application, Group
from collegium.core.groups.models.applications import VERIFIED_WITHIN
from collegium.core.groups.queries import application_of, key_holders
from collegium.core.mail.actions import send_letter
from collegium.core.mail.registry import LetterKind
from collegium.core.people.queries import primary_address
from collegium.core.trail.models import Event
from collegium.web.account.letters import address_of

from . import links
from .wording import masked

VERIFY_APPLICATION = LetterKind(
    "groups.verify_application",
    gettext_lazy("Is this address yours?"),
    ("group", "link", "hours"),
    useful_for=VERIFIED_WITHIN,
)
ASK_WITH_ACCOUNT = LetterKind(
    "groups.ask_with_account", gettext_lazy("You have an account"), ("group", "link"), useful_for=VERIFIED_WITHIN
)
APPLIED_ALREADY = LetterKind(
    "groups.applied_already", gettext_lazy("You have applied already"), ("group", "link"), useful_for=VERIFIED_WITHIN
)
APPLICATION_RECEIVED = LetterKind(
    "groups.application_received", gettext_lazy("Your application has arrived"), ("name", "group", "society", "link")
)
ROLE_TO_CONFIRM = LetterKind(
    "groups.role_to_confirm",
    gettext_lazy("Does somebody have this role with you?"),
    ("name", "applicant", "title", "function", "society", "group", "address", "link", "days"),
    useful_for=links.LASTS,
)
APPLICATION_DECLINED = LetterKind(
    "groups.application_declined",
    gettext_lazy("Your application was declined"),
    ("name", "group", "society", "by_society", "reason", "link"),
)
APPLICATION_APPROVED = LetterKind(
    "groups.application_approved",
    gettext_lazy("Your application was approved"),
    ("name", "group", "society", "reason", "email", "waits", "link"),
)


def ask_whether_it_is_theirs(application: Application, *, at: datetime) -> None:
    """To the address somebody typed; none of their other words, which could be anybody's."""
    told = {
        "group": application.group.name,
        "link": address_of("groups:application", links.write(application)),
        "hours": int(VERIFIED_WITHIN.total_seconds() // 3600),
    }
    send_letter(VERIFY_APPLICATION.name, to=application.email, context=told, at=at)


def say_they_have_an_account(group: Group, email: str, *, at: datetime) -> None:
    """To somebody who signs in with the address: one click is enough."""
    link = f"{address_of('account_login')}?{urlencode({'next': group.get_absolute_url()})}"
    send_letter(ASK_WITH_ACCOUNT.name, to=email, context={"group": group.name, "link": link}, at=at)


def say_they_have_applied(application: Application, *, at: datetime) -> None:
    """To somebody whose application is open: where it stands."""
    told = {
        "group": application.group.name,
        "link": address_of("groups:application", links.write(application)),
    }
    send_letter(APPLIED_ALREADY.name, to=application.email, context=told, at=at)


def write_for(event: Event) -> None:
    """Called by the trail in the event's transaction: the letter exists exactly if the event does."""
    writers = WRITERS.get(event.name, ())
    application = application_of(event.thing_id or 0) if writers else None
    for writer in writers:
        if application is not None:
            writer(application, event.at)


def _received(application: Application, at: datetime) -> None:
    told = _told(application) | {"society": application.society.name}
    send_letter(APPLICATION_RECEIVED.name, to=application.email, context=told, at=at)


def _told(application: Application) -> dict[str, Any]:
    return {
        "name": application.name,
        "group": application.group.name,
        "link": address_of("groups:application", links.write(application)),
    }


def _ask_the_society(application: Application, at: datetime) -> None:
    """One letter to each who can confirm the role, with a link of their own."""
    for holder in key_holders(application, at):
        to = primary_address(holder.person, at)
        if to:
            told = {
                "name": holder.person.name,
                "applicant": application.name,
                "title": application.title,
                "function": application.function.name,
                "society": application.society.name,
                "group": application.group.name,
                "address": masked(application.email),
                "link": address_of("groups:role", links.write_for(application, holder)),
                "days": links.LASTS.days,
            }
            send_letter(ROLE_TO_CONFIRM.name, to=to, context=told, at=at)


def _declined_by_society(application: Application, at: datetime) -> None:
    _decline(application, at, by_society=True)


def _declined_by_team(application: Application, at: datetime) -> None:
    _decline(application, at, by_society=False)


def _decline(application: Application, at: datetime, *, by_society: bool) -> None:
    more = {"society": application.society.name, "by_society": by_society, "reason": application.reason}
    send_letter(APPLICATION_DECLINED.name, to=application.email, context=_told(application) | more, at=at)


def _approved(application: Application, at: datetime) -> None:
    told = _told(application) | {
        "society": application.society.name,
        "reason": application.reason,
        "email": application.email,
        "waits": application.group.is_closed,
        "link": f"{address_of('account_login')}?{urlencode({'next': application.group.get_absolute_url()})}",
    }
    send_letter(APPLICATION_APPROVED.name, to=application.email, context=told, at=at)


WRITERS = {
    "application.made": (_received, _ask_the_society),
    "application.verified": (_received, _ask_the_society),
    "application.society_asked_again": (_ask_the_society,),
    "role.denied": (_declined_by_society,),
    "application.declined": (_declined_by_team,),
    "application.approved": (_approved,),
}
