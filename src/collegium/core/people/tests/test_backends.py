"""The person of a session, as the pages get it."""

from collegium.core.people.actions import close_account
from collegium.core.people.backends import Backend
from collegium.core.people.models import Person

from .factories import AT, make_person


def values(person):
    return {field.attname: getattr(person, field.attname) for field in Person._meta.concrete_fields}


def test_the_person_is_the_one_the_framework_would_read(db):
    person = make_person("Ines Okafor", time_zone="America/Chicago", expertise=["audit", "reserves"])
    found = Backend().get_user(person.pk)
    assert values(found) == values(Person.objects.get(pk=person.pk))
    assert (found._state.adding, found._state.db) == (False, "default")


def test_nobody_is_signed_in_by_a_closed_account_or_an_unknown_number(db):
    person = make_person()
    close_account(person, by=person, at=AT)
    assert [Backend().get_user(number) for number in (person.pk, person.pk + 1)] == [None, None]


def test_one_question_is_asked(db, django_assert_num_queries):
    person = make_person()
    with django_assert_num_queries(1):
        Backend().get_user(person.pk)
