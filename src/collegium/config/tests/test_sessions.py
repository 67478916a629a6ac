"""Sessions are read as the framework reads them, and a key that cannot be one finds none."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends import db as framework
from django.contrib.sessions.models import Session
from django.utils import timezone

from collegium.config.sessions import SessionStore


@pytest.fixture
def key(db):
    session = SessionStore()
    session["said"] = "something"
    session.create()
    return session.session_key


def test_a_session_is_read_as_the_framework_reads_it(key):
    ours, theirs = SessionStore(key), framework.SessionStore(key)
    assert ours["said"] == "something"
    assert (dict(ours.items()), ours.session_key) == (dict(theirs.items()), theirs.session_key)


def test_a_session_is_read_by_one_question(key, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert SessionStore(key)["said"] == "something"


def test_an_expired_session_is_none(key):
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    session = SessionStore(key)
    assert (session.get("said"), session.session_key) == (None, None)


@pytest.mark.parametrize("key", ["", "a" * 32, "\x00" * 32, "a' OR '1'='1", "ключ-ключ-ключ"])
def test_a_key_nobody_was_given_finds_nothing(db, key):
    session = SessionStore(key)
    assert (session.get("said"), session.session_key) == (None, None)


def test_what_is_changed_is_saved_under_the_same_key(key):
    session = SessionStore(key)
    session["said"] = "something else"
    session.save()
    assert SessionStore(key)["said"] == "something else"
    assert Session.objects.count() == 1
