"""The addresses of database, mail relay and files."""

from pathlib import Path

import pytest

from collegium.config import locators


def test_a_database_address_is_taken_apart():
    found = locators.database("postgresql://ser%40ve:p%2Fw@db.example.org:6432/council?sslmode=verify-full")
    assert found == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "council",
        "USER": "ser@ve",
        "PASSWORD": "p/w",
        "HOST": "db.example.org",
        "PORT": "6432",
        "OPTIONS": {"sslmode": "verify-full"},
    }


def test_a_folder_as_host_is_a_socket():
    found = locators.database("postgresql:///council?host=/run/postgresql")
    assert (found["HOST"], found["PORT"], found["OPTIONS"]) == ("/run/postgresql", "", {})


@pytest.mark.parametrize(
    ("url", "tls", "port"),
    [
        ("smtp://mail.example.org", "none", 25),
        ("smtp+tls://mail.example.org", "starttls", 587),
        ("smtps://mail.example.org", "implicit", 465),
        ("smtps://mail.example.org:4650", "implicit", 4650),
    ],
)
def test_the_scheme_of_a_relay_says_how_it_encrypts(url, tls, port):
    relay = locators.relay(url, sender="office@example.org")
    assert (relay.tls, relay.port, relay.sender, relay.timeout) == (tls, port, "office@example.org", 10)


def test_a_relay_may_name_sender_and_patience():
    relay = locators.relay(
        "smtp+tls://u%3A1:p@mail.example.org?from=peers@example.org&timeout=3", sender="other@example.org"
    )
    assert (relay.user, relay.password, relay.sender, relay.timeout) == ("u:1", "p", "peers@example.org", 3)


@pytest.mark.parametrize(
    "url", ["smtps://", "smtps://mail.example.org?timeout=soon", "smtps://mail.example.org?tls=no"]
)
def test_a_relay_that_makes_no_sense_is_refused(url):
    with pytest.raises(ValueError, match="it"):
        locators.relay(url, sender="office@example.org")


def test_files_lie_in_a_folder_nobody_else_reads():
    assert locators.storage("file:///srv/coll%20egium") == {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": Path("/srv/coll egium"),
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    }


def test_a_bucket_without_its_package_says_what_to_install():
    with pytest.raises(ValueError, match=r"pip install 'django-storages\[s3\]'"):
        locators.storage("s3://bucket/prefix?region=eu-central-1")


def test_a_bucket_knows_two_options():
    with pytest.raises(ValueError, match="it knows the options endpoint and region, not acl"):
        locators.storage("s3://bucket?acl=public")
