"""The settings: what is read, what is refused, and that a refusal says what to do."""

import ipaddress
from pathlib import Path

import pytest

from collegium.config.environment import Misconfigured, read

KEY = "kQ7pVw2xN9sLr4TzYb8mHc3JfGd6RaEuXo1BiKn5MvPqWtSyZjUh0C"
PRODUCTION = {
    "COLLEGIUM_MODE": "production",
    "SECRET_KEY": KEY,
    "BASE_URL": "https://peers.example.org",
    "SMTP_URL": "smtp+tls://collegium:secret@mail.example.org",
}


def problems(environ):
    with pytest.raises(Misconfigured) as refusal:
        read(environ)
    return refusal.value.problems


def test_a_demo_needs_nothing_but_its_mode():
    environment = read({"COLLEGIUM_MODE": "demo", "COLLEGIUM_DATA": "/srv/demo"})
    assert environment.base_url == "http://localhost:8000"
    assert environment.bind == "127.0.0.1"
    assert environment.allowed_hosts == ["localhost", "127.0.0.1", "[::1]"]
    assert environment.database is None
    assert environment.secret_key is None
    assert environment.relay is None
    assert environment.files["OPTIONS"]["location"] == Path("/srv/demo/files")
    assert environment.debug is False


def test_the_port_of_a_demo_is_in_its_address():
    assert read({"COLLEGIUM_MODE": "demo", "PORT": "8123"}).base_url == "http://localhost:8123"


def test_production_needs_key_address_and_relay():
    environment = read(PRODUCTION)
    assert environment.allowed_hosts == ["peers.example.org"]
    assert environment.relay.host == "mail.example.org"
    assert environment.relay.sender == "collegium@peers.example.org"


def test_without_a_mode_nothing_starts():
    assert problems({}) == [
        "COLLEGIUM_MODE is not set: set it to production, or to demo for an invented council on this machine only "
        "(`make run` does the latter)."
    ]
    assert problems({"COLLEGIUM_MODE": "staging"})[0].startswith("COLLEGIUM_MODE is 'staging':")


def test_all_that_is_missing_is_said_at_once():
    found = problems({"COLLEGIUM_MODE": "production", "PORT": "http"})
    assert [problem.split(" ")[0] for problem in found] == ["PORT", "BASE_URL", "SECRET_KEY", "SMTP_URL"]


@pytest.mark.parametrize("key", ["secret", "a" * 80, "django-insecure-" + KEY, "abcabcabc" * 10])
def test_production_refuses_a_weak_key(key):
    [problem] = problems(PRODUCTION | {"SECRET_KEY": key})
    assert problem.startswith("SECRET_KEY is weak: it needs 50 characters chosen at random; make one with: python3 -c")


def test_production_refuses_debug():
    [problem] = problems(PRODUCTION | {"DEBUG": "1"})
    assert problem.startswith("DEBUG is on:")


def test_production_is_served_over_tls_only():
    [problem] = problems(PRODUCTION | {"BASE_URL": "http://peers.example.org"})
    assert problem == "BASE_URL begins with http://: production is served over https:// only."


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "192.0.2.7", "peers.example.org"])
def test_a_demo_is_served_on_this_machine_only(address):
    [problem] = problems({"COLLEGIUM_MODE": "demo", "BIND": address})
    assert problem.startswith(f"BIND is {address}: a demo lets everyone in as anyone")


def test_production_may_be_served_to_a_network():
    assert read(PRODUCTION | {"BIND": "0.0.0.0", "TRUSTED_PROXIES": "10.0.0.0/8"}).bind == "0.0.0.0"


def test_a_network_may_not_claim_to_be_the_proxy():
    [problem] = problems(PRODUCTION | {"BIND": "0.0.0.0"})
    assert problem.startswith("TRUSTED_PROXIES is not set: BIND opens Collegium to a network;")


def test_the_proxy_on_this_machine_is_trusted_in_production_and_none_in_a_demo():
    assert [str(network) for network in read(PRODUCTION).trusted_proxies] == ["127.0.0.1/32", "::1/128"]
    assert read({"COLLEGIUM_MODE": "demo"}).trusted_proxies == []


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DATABASE_URL", "mysql://localhost/x", "it must begin with postgresql://"),
        ("DATABASE_URL", "postgresql://localhost", "it names no database"),
        ("BASE_URL", "peers.example.org", "it must be an address without a path"),
        ("BASE_URL", "https://example.org/peers", "it must be an address without a path"),
        ("FILES_URL", "/srv/files", "it must be file:///an/absolute/folder or s3://bucket/prefix"),
        ("SMTP_URL", "mail.example.org", "it must begin with smtp+tls://"),
        ("ALLOWED_HOSTS", "*", "* would answer to any name"),
        ("TRUSTED_PROXIES", "10.0.0.0/40", "'10.0.0.0/40' does not appear to be an IPv4 or IPv6 network"),
        ("PORT", "65536", "it must be a number from 1 to 65535"),
        ("ACCENT_COLOR", "red", "it must be a colour such as #1f4e79"),
        ("COUNCIL_TIME_ZONE", "Central", "it must be the name of a time zone"),
        ("DEBUG", "maybe", "it must be 1 or 0"),
    ],
)
def test_a_malformed_value_is_refused_with_its_form(name, value, said):
    [problem] = problems({"COLLEGIUM_MODE": "demo", name: value})
    assert problem.startswith(f"{name} cannot be used: {said}")


def test_an_owner_without_a_database_is_refused():
    [problem] = problems({"COLLEGIUM_MODE": "demo", "DATABASE_OWNER_URL": "postgresql://owner@localhost/c"})
    assert problem == "DATABASE_OWNER_URL is set without DATABASE_URL: set both, or neither."


def test_values_are_read_in_their_kinds():
    environment = read(
        PRODUCTION
        | {
            "TRUSTED_PROXIES": "10.0.0.0/8, ::1/128",
            "ALLOWED_HOSTS": "peers.example.org, www.example.org",
            "ACCENT_COLOR": "#7A1F3D",
            "COUNCIL_TIME_ZONE": "America/Chicago",
        }
    )
    assert environment.trusted_proxies == [ipaddress.ip_network("10.0.0.0/8"), ipaddress.ip_network("::1/128")]
    assert environment.allowed_hosts == ["peers.example.org", "www.example.org"]
    assert environment.accent_color == "#7a1f3d"
    assert environment.time_zone == "America/Chicago"
