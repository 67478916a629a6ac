"""What browsers are told, and what differs between demo and production."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from collegium.config import settings as module
from collegium.config.tests.test_environment import PRODUCTION

QUESTION = """
import json, django
from django.conf import settings
django.setup()
names = "DEMO_PICKER DEBUG SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SECURE_SSL_REDIRECT"
names += " SECURE_HSTS_SECONDS CSRF_TRUSTED_ORIGINS"
names += " MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN ACCOUNT_DEFAULT_HTTP_PROTOCOL SESSION_COOKIE_NAME"
print(json.dumps({name: getattr(settings, name) for name in names.split()}))
"""


def settings_under(environ):
    environ = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(Path(module.__file__).parents[2]),
        "DJANGO_SETTINGS_MODULE": "collegium.config.settings",
        "DATABASE_URL": "postgresql:///unused",
        **environ,
    }
    result = subprocess.run([sys.executable, "-c", QUESTION], env=environ, capture_output=True, text=True, check=True)
    return json.loads(result.stdout)


def test_production_is_shut_tight():
    assert settings_under(PRODUCTION) == {
        "DEMO_PICKER": False,
        "DEBUG": False,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31536000,
        "CSRF_TRUSTED_ORIGINS": ["https://peers.example.org"],
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": False,
        "ACCOUNT_DEFAULT_HTTP_PROTOCOL": "https",
        "SESSION_COOKIE_NAME": "__Host-session",
    }


def test_a_demo_works_without_tls_on_this_machine():
    assert settings_under({"COLLEGIUM_MODE": "demo", "SECRET_KEY": "demo", "PORT": "8123"}) == {
        "DEMO_PICKER": True,
        "DEBUG": False,
        "SESSION_COOKIE_SECURE": False,
        "CSRF_COOKIE_SECURE": False,
        "SECURE_SSL_REDIRECT": False,
        "SECURE_HSTS_SECONDS": 0,
        "CSRF_TRUSTED_ORIGINS": ["http://localhost:8123"],
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": True,
        "ACCOUNT_DEFAULT_HTTP_PROTOCOL": "http",
        "SESSION_COOKIE_NAME": "session",
    }


@pytest.mark.django_db
def test_every_answer_forbids_what_a_page_does_not_need(client):
    headers = client.get("/healthz").headers
    assert headers["Content-Security-Policy"] == (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    )
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.django_db
def test_tls_is_demanded_for_a_year_where_it_is_served(client, settings):
    settings.SECURE_HSTS_SECONDS = 31536000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    response = client.get("/healthz", secure=True)
    assert response["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
