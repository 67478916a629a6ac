"""What the surroundings say: every setting read from the environment, with all that is wrong said at once."""

from __future__ import annotations

import ipaddress
import re
import zoneinfo
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from collegium.config import locators

# Each thread has a database connection of its own. More of them wait for each other, and whoever comes last longest
# (docs/decisions/0025); where processors are few the two of a process work one after the other (0026).
WEB_PROCESSES = 2
WEB_THREADS = 2

MODES = ("demo", "production")
YES_OR_NO = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False, "": False}
MAKE_A_KEY = "make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(64))'"

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
T = TypeVar("T")


class Misconfigured(Exception):
    """The environment does not hold what Collegium needs; every problem says what to do."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("The settings need attention:\n" + "\n".join(f"  - {problem}" for problem in problems))


@dataclass(frozen=True)
class Environment:
    """The settings of one installation; `None` stands for what is kept elsewhere (database, key) or absent (relay)."""

    mode: str
    data: Path
    database: dict[str, Any] | None
    owner_database: dict[str, Any] | None
    secret_key: str | None
    allowed_hosts: list[str]
    base_url: str
    files: dict[str, Any]
    relay: locators.MailRelay | None
    mail_domain: str
    mail_authserv_id: str
    mail_door: locators.MailDoor
    mail_kept_for_days: int
    mail_sent_kept_for_days: int
    mail_shows_pictures: bool
    trusted_proxies: list[Network]
    port: int
    bind: str
    accent_color: str
    time_zone: str
    debug: bool


def read(environ: Mapping[str, str]) -> Environment:
    """Read the settings. Raises Misconfigured with every problem there is, never with only the first."""
    reader = Reader(environ)
    mode = reader.mode()
    port = reader.value("PORT", "8000", _port, 0)
    base_url = reader.base_url(mode, port)
    host = urlsplit(base_url).hostname or "localhost"
    data = Path(environ.get("COLLEGIUM_DATA") or "var/collegium").absolute()
    nothing: dict[str, Any] = {}
    environment = Environment(
        mode=mode,
        data=data,
        database=reader.value("DATABASE_URL", "", locators.database, nothing) or None,
        owner_database=reader.owner_database(),
        secret_key=reader.secret_key(mode),
        allowed_hosts=reader.value("ALLOWED_HOSTS", ",".join(_own_hosts(host, mode)), _words, []),
        base_url=base_url,
        files=reader.value("FILES_URL", (data / "files").as_uri(), locators.storage, nothing),
        relay=reader.relay(mode, sender=f"collegium@{host}"),
        mail_authserv_id=reader.value("MAIL_AUTHSERV_ID", "", _domain, ""),
        mail_door=reader.value("MAIL_DOOR", f"lmtp://127.0.0.1:{port + 24}", locators.door, locators.NO_DOOR),
        mail_kept_for_days=reader.value("MAIL_KEPT_FOR_DAYS", "30", _days, 0),
        mail_sent_kept_for_days=reader.value("MAIL_SENT_KEPT_FOR_DAYS", "90", _days, 0),
        mail_shows_pictures=reader.value("MAIL_SHOWS_PICTURES", "", _yes_or_no, False),
        mail_domain=reader.value("MAIL_DOMAIN", host, _domain, host),
        trusted_proxies=reader.trusted_proxies(mode),
        port=port,
        bind=reader.bind(mode),
        accent_color=reader.value("ACCENT_COLOR", "#1f4e79", _color, ""),
        time_zone=reader.value("COUNCIL_TIME_ZONE", "UTC", _time_zone, ""),
        debug=reader.debug(mode),
    )
    if reader.problems:
        raise Misconfigured(reader.problems)
    return environment


class Reader:
    """Reads one variable after another and remembers what is wrong with them."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.problems: list[str] = []

    def value(self, name: str, default: str, parse: Callable[[str], T], otherwise: T) -> T:
        """The variable's parsed value, its parsed default where it is absent, `otherwise` where neither is."""
        text = self.environ.get(name, "").strip() or default
        if not text:
            return otherwise
        try:
            return parse(text)
        except ValueError as error:
            self.problems.append(f"{name} cannot be used: {error}.")
            return otherwise

    def mode(self) -> str:
        mode = self.environ.get("COLLEGIUM_MODE", "").strip()
        if mode not in MODES:
            said = f"is {mode!r}" if mode else "is not set"
            self.problems.append(
                f"COLLEGIUM_MODE {said}: set it to production, or to demo for an invented council on this machine only "
                "(`make run` does the latter)."
            )
        return mode

    def base_url(self, mode: str, port: int) -> str:
        default = f"http://localhost:{port}" if mode == "demo" else ""
        url = self.value("BASE_URL", default, _origin, "")
        if not url and mode == "production" and not self.environ.get("BASE_URL"):
            self.problems.append(
                "BASE_URL is not set: set it to the address people use, such as https://peers.example.org."
            )
        if mode == "production" and url.startswith("http://") and urlsplit(url).hostname not in locators.LOOPBACK:
            self.problems.append("BASE_URL begins with http://: production is served over https:// only.")
        return url

    def owner_database(self) -> dict[str, Any] | None:
        nothing: dict[str, Any] = {}
        if not self.environ.get("DATABASE_OWNER_URL"):
            return None
        if not self.environ.get("DATABASE_URL"):
            self.problems.append("DATABASE_OWNER_URL is set without DATABASE_URL: set both, or neither.")
        return self.value("DATABASE_OWNER_URL", "", locators.database, nothing) or None

    def secret_key(self, mode: str) -> str | None:
        key = self.environ.get("SECRET_KEY", "")
        if mode != "production":
            return key or None
        if not key:
            self.problems.append(f"SECRET_KEY is not set: {MAKE_A_KEY}.")
        elif _weak(key):
            self.problems.append(f"SECRET_KEY is weak: it needs 50 characters chosen at random; {MAKE_A_KEY}.")
        return key

    def relay(self, mode: str, *, sender: str) -> locators.MailRelay | None:
        if mode == "production" and not self.environ.get("SMTP_URL"):
            self.problems.append(
                "SMTP_URL is not set: nobody could get a sign-in code; "
                "write smtp+tls://user:password@mail.example.org:587?from=collegium@example.org."
            )
        return self.value("SMTP_URL", "", lambda url: locators.relay(url, sender=sender), None)

    def bind(self, mode: str) -> str:
        bind = self.environ.get("BIND", "").strip() or "127.0.0.1"
        if mode == "demo" and bind not in locators.LOOPBACK:
            self.problems.append(
                f"BIND is {bind}: a demo lets everyone in as anyone and is served on this machine only; leave BIND out."
            )
        return "127.0.0.1" if bind == "localhost" else bind

    def trusted_proxies(self, mode: str) -> list[Network]:
        """In production a proxy ends TLS in front of us: on this machine by itself, elsewhere only if it is named."""
        local = self.environ.get("BIND", "").strip() in {"", *locators.LOOPBACK}
        if mode == "production" and not local and not self.environ.get("TRUSTED_PROXIES"):
            self.problems.append(
                "TRUSTED_PROXIES is not set: BIND opens Collegium to a network; "
                "list the networks of the proxy that ends TLS, such as 10.0.0.0/8."
            )
        default = ",".join(["127.0.0.1", "::1"]) if mode == "production" and local else ""
        return self.value("TRUSTED_PROXIES", default, _networks, [])

    def debug(self, mode: str) -> bool:
        debug = self.value("DEBUG", "", _yes_or_no, False)
        if debug and mode == "production":
            self.problems.append(
                "DEBUG is on: it shows strangers the inside of the system; leave it out in production."
            )
        return debug


def _own_hosts(host: str, mode: str) -> list[str]:
    local = ["localhost", "127.0.0.1", "[::1]"] if mode == "demo" else []
    return list(dict.fromkeys([*local, host]))


def _weak(key: str) -> bool:
    return len(key) < 50 or len(set(key)) < 16 or key.startswith("django-insecure-")


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise ValueError("it must be a number from 1 to 65535")
    return int(text)


def _origin(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ValueError("it must be an address without a path, such as https://peers.example.org")
    return f"{parts.scheme}://{parts.netloc}"


def _days(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) <= 3650:
        raise ValueError("it must be a number of days from 1 to 3650")
    return int(text)


def _domain(text: str) -> str:
    if not re.fullmatch(r"(?=.{1,190}$)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*", text.lower(), re.ASCII):
        raise ValueError("it must be the domain after the @ of the council's addresses, such as peers.example.org")
    return text.lower()


def _words(text: str) -> list[str]:
    words = [word.strip() for word in text.split(",") if word.strip()]
    if "*" in words:
        raise ValueError("* would answer to any name; list the host names, separated by commas")
    return words


def _networks(text: str) -> list[Network]:
    try:
        return [ipaddress.ip_network(word) for word in _words(text)]
    except ValueError as error:
        raise ValueError(f"{error}; list networks such as 10.0.0.0/8, separated by commas") from None


def _color(text: str) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        raise ValueError("it must be a colour such as #1f4e79")
    return text.lower()


def _time_zone(text: str) -> str:
    if text not in zoneinfo.available_timezones():
        raise ValueError("it must be the name of a time zone, such as America/Chicago")
    return text


def _yes_or_no(text: str) -> bool:
    if text.lower() not in YES_OR_NO:
        raise ValueError("it must be 1 or 0")
    return YES_OR_NO[text.lower()]
