"""Introduces the doors that gather several rooms."""

from django.apps import AppConfig

LETTERS = (
    "login_code",
    "address_code",
    "security_changed",
    "address_proposed",
    "address_let_through",
    "address_in_effect",
    "account_closed",
)

# About applications to groups.
GROUP_LETTERS = (
    "verify_application",
    "ask_with_account",
    "applied_already",
    "application_received",
    "role_to_confirm",
    "application_declined",
    "application_approved",
)


# About two accounts of one person.
JOINING_LETTERS = ("joining_asked", "joining_link", "joining_done", "joining_withdrawn")


# Lines of the front page of the office.
_OF_LETTERS = ("suspended_addresses", "unhandled_letters")


class WebConfig(AppConfig):
    name = "collegium.web"
    label = "web"

    def ready(self) -> None:
        from collegium.core.mail.registry import letters
        from collegium.core.people.registry import exports, joins
        from collegium.core.trail.registry import periodic, wakers

        from .desk.registry import desk_lines
        from .office.registry import office_lines

        for name in LETTERS:
            letters.register(f"account.{name}", f"collegium.web.account.letters.{name.upper()}")
        for name in JOINING_LETTERS:
            letters.register(f"account.{name}", f"collegium.web.account.joining.letters.{name.upper()}")
        wakers.register("joining", "collegium.web.account.joining.letters.write_for")
        joins.register("web", "collegium.web.account.joining.held.HELD")
        letters.register("desk.ask_to_attest", "collegium.web.desk.letters.ASK_TO_ATTEST")
        letters.register("desk.welcome_holder", "collegium.web.desk.letters.WELCOME_HOLDER")
        wakers.register("desk", "collegium.web.desk.letters.write_for")
        letters.register("desk.asked_this_week", "collegium.web.desk.weekly.ASKED_THIS_WEEK")
        periodic.register("web.weekly", "collegium.web.desk.weekly.write_weekly")
        desk_lines.register("desk.calls", "collegium.web.desk.calls.asked")
        office_lines.register("office.calls", "collegium.web.office.calls.lines.due")
        for name in GROUP_LETTERS:
            letters.register(f"groups.{name}", f"collegium.web.groups.applying.letters.{name.upper()}")
        wakers.register("applications", "collegium.web.groups.applying.letters.write_for")
        for name in ("attestation", "roles", "removals", "departures"):
            desk_lines.register(f"desk.{name}", f"collegium.web.desk.lines.{name}")
        office_lines.register("office.attestations", "collegium.web.office.attestations.to_be_called")
        periodic.register("web.sessions", "collegium.web.jobs.forget_ended_sessions")
        periodic.register("web.health", "collegium.web.office.health.jobs.ask_nightly")
        wakers.register("account", "collegium.web.account.letters.write_for")
        exports.register("account", "collegium.web.account.exports.account")
        for name in ("asked", "due", "suspended"):
            letters.register(f"undertakings.{name}", f"collegium.web.undertakings.letters.{name.upper()}")
        wakers.register("undertakings", "collegium.web.undertakings.letters.write_for")
        office_lines.register("office.readings", "collegium.web.office.lines.readings")
        for name in ("requests", "confirmations", "addresses", "broken_letters", "failed", "findings", *_OF_LETTERS):
            office_lines.register(f"office.{name}", f"collegium.web.office.lines.{name}")
        office_lines.register("office.applications", "collegium.web.office.requests.lines.applications")
        for name in ("positions.issues", "positions.positions", "signons.letters", "signons.outsiders"):
            office_lines.register(name, f"collegium.web.office.positions.{name.partition('.')[2]}")
        office_lines.register("office.unattended", "collegium.web.office.reports.unattended")
