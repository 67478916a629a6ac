"""What is noted of a request, and whom it is believed to come from."""

import ipaddress
import json

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve

from collegium.config.requests import RequestLogMiddleware, TrustedProxies

PROXIES = [ipaddress.ip_network("10.0.0.0/8"), ipaddress.ip_network("fd00::/8")]


@pytest.fixture
def lines(settings, capsys):
    """The lines a request leaves, in production's form."""
    settings.LOGGING = {"json": True}

    def ask(answer, request):
        RequestLogMiddleware(answer)(request)
        return [json.loads(line) for line in capsys.readouterr().err.splitlines()]

    return ask


def test_a_request_leaves_its_route_and_nothing_of_the_sender(lines):
    def answer(asked):
        asked.resolver_match = resolve("/healthz")
        return HttpResponse(status=204)

    [line] = lines(answer, RequestFactory().get("/healthz?email=ines@example.org", REMOTE_ADDR="203.0.113.9"))
    assert line.pop("ms") >= 0
    assert len(line.pop("request")) == 16
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "request",
        "level": "info",
        "logger": "collegium.requests",
        "method": "GET",
        "route": "healthz",
        "status": 204,
    }


def test_an_unknown_address_leaves_no_path(lines):
    found = lines(lambda _request: HttpResponse(status=404), RequestFactory().get("/people/ines-okafor"))
    assert [line["route"] for line in found] == [""]


@pytest.mark.parametrize(
    ("peer", "forwarded", "sender"),
    [
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),  # a stranger's word counts for nothing
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "192.0.2.66, 198.51.100.1", "198.51.100.1"),  # what stands before may be invented
        ("10.0.0.1", "198.51.100.1, 10.2.3.4", "198.51.100.1"),
        ("fd00::1", "2001:db8::7", "2001:db8::7"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "198.51.100.1, rubbish", "10.0.0.1"),
    ],
)
def test_the_sender_is_whom_our_proxies_name(peer, forwarded, sender):
    seen = {}
    environ = {"REMOTE_ADDR": peer, "HTTP_X_FORWARDED_FOR": forwarded, "wsgi.url_scheme": "http"}
    TrustedProxies(lambda environ, _start: seen.update(environ) or [], PROXIES)(environ, None)
    assert seen == {"REMOTE_ADDR": sender, "wsgi.url_scheme": "http"}


@pytest.mark.parametrize(
    ("peer", "said", "scheme"),
    [("10.0.0.1", "https", "https"), ("203.0.113.9", "https", "http"), ("10.0.0.1", "ftp", "http")],
)
def test_only_our_proxies_say_that_a_request_came_over_tls(peer, said, scheme):
    seen = {}
    environ = {"REMOTE_ADDR": peer, "HTTP_X_FORWARDED_PROTO": said, "wsgi.url_scheme": "http"}
    TrustedProxies(lambda environ, _start: seen.update(environ) or [], PROXIES)(environ, None)
    assert seen == {"REMOTE_ADDR": peer, "wsgi.url_scheme": scheme}
