"""Requests of a web process take turns; no request that takes long keeps the others waiting."""

import dataclasses
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager

import pytest
from django.conf import settings

from collegium.config import turns
from collegium.config.connections import EvenConnections
from collegium.config.neighbours import Neighbours
from collegium.config.tests.neighbouring import LONG, neighbour
from collegium.config.turns import Turns

SOON = LONG / 3  # well before anybody loses patience


class Pages:
    """An application whose pages are made when the test says so, and which remembers when they were begun."""

    def __init__(self):
        self.begun = []
        self.ready = {name: threading.Event() for name in "abcde"}

    def __call__(self, environ, _start_response):
        name = environ["PATH_INFO"]
        self.begun.append(name)
        assert self.ready[name].wait(LONG)
        if environ.get("breaks"):
            raise LookupError(name)
        return [name.encode()]


@contextmanager
def asking(application):
    """Ask for a page in a thread of its own; the answer is a future."""
    with ThreadPoolExecutor(5) as threads:
        yield lambda name, **more: threads.submit(application, {"PATH_INFO": name, **more}, None)


def until(found):
    deadline = time.monotonic() + LONG
    while not found():
        assert time.monotonic() < deadline
        time.sleep(0)


def lined_up(names, ask, pages, application):
    """The answers to the first, which is begun, and to the others, which wait in this order."""
    answers = [ask(names[0])]
    until(lambda: pages.begun == [names[0]])
    for waiting, name in enumerate(names[1:], 1):
        answers.append(ask(name))
        until(lambda waiting=waiting: application.waiting == waiting)
    return answers


@pytest.fixture
def busy(tmp_path):
    """Neighbours of whom the other one is at work, so that no processor is idle."""
    with neighbour(tmp_path) as (told, _process), closing(Neighbours(tmp_path, 2)) as neighbours:
        told("tell_requests", 1)
        yield neighbours


def test_whoever_comes_first_is_served_first(busy):
    pages = Pages()
    application = Turns(pages, busy, patience=LONG)
    with asking(application) as ask:
        answers = lined_up("abcd", ask, pages, application)
        assert pages.begun == ["a"]
        for done, name in enumerate("abcd", 1):
            pages.ready[name].set()
            until(lambda done=done: len(pages.begun) == min(done + 1, 4))
            assert pages.begun == list("abcd")[: done + 1]
        assert [answer.result(LONG) for answer in answers] == [[b"a"], [b"b"], [b"c"], [b"d"]]


def test_a_page_that_fails_ends_its_turn(busy):
    pages = Pages()
    application = Turns(pages, busy, patience=LONG)
    pages.ready["a"].set()
    pages.ready["b"].set()
    with asking(application) as ask:
        with pytest.raises(LookupError):
            ask("a", breaks=True).result(LONG)
        assert ask("b").result(SOON) == [b"b"]


def test_what_takes_long_loses_its_turn_and_is_finished_all_the_same(busy):
    pages = Pages()
    application = Turns(pages, busy, patience=0.01)
    with asking(application) as ask:
        long = ask("a")
        until(lambda: pages.begun == ["a"])
        after = ask("b")
        until(lambda: pages.begun == ["a", "b"])
        # The turn is the second's now: it ends with it, and nobody waits for the first any more.
        application._patience = LONG
        pages.ready["b"].set()
        assert after.result(LONG) == [b"b"]
        pages.ready["c"].set()
        assert ask("c").result(SOON) == [b"c"]
        assert not long.done()
        pages.ready["a"].set()
        assert long.result(LONG) == [b"a"]
        pages.ready["d"].set()
        assert ask("d").result(SOON) == [b"d"]
    assert application.waiting == 0


def test_what_lost_its_turn_does_not_end_the_turn_of_another(busy):
    pages = Pages()
    application = Turns(pages, busy, patience=LONG)
    with asking(application) as ask:
        long = ask("a")
        until(lambda: pages.begun == ["a"])
        application._patience = 0.01
        ask("b")
        until(lambda: pages.begun == ["a", "b"])
        application._patience = LONG
        waits = ask("c")
        until(lambda: application.waiting == 1)
        pages.ready["a"].set()
        assert long.result(SOON) == [b"a"]
        assert not waits.done()
        assert application.waiting == 1
        assert pages.begun == ["a", "b"]
        pages.ready["b"].set()
        until(lambda: "c" in pages.begun)
        pages.ready["c"].set()
        assert waits.result(LONG) == [b"c"]


def test_beside_an_idle_neighbour_two_are_served_at_once(tmp_path):
    pages = Pages()
    with neighbour(tmp_path) as (told, _process), closing(Neighbours(tmp_path, 2)) as neighbours:
        told("tell_requests", 0)
        application = Turns(pages, neighbours, patience=LONG)
        with asking(application) as ask:
            answers = [ask("a"), ask("b")]
            until(lambda: sorted(pages.begun) == ["a", "b"])
            told("tell_requests", 1)
            ask("c")
            until(lambda: application.waiting == 1)
            for name in "abc":
                pages.ready[name].set()
            assert sorted(answer.result(LONG)[0] for answer in answers) == [b"a", b"b"]


def test_nobody_passes_who_waits_where_the_neighbour_falls_idle(tmp_path):
    pages = Pages()
    with neighbour(tmp_path) as (told, _process), closing(Neighbours(tmp_path, 2)) as neighbours:
        told("tell_requests", 1)
        application = Turns(pages, neighbours, patience=LONG)
        with asking(application) as ask:
            answers = lined_up("ab", ask, pages, application)
            told("tell_requests", 0)
            answers.append(ask("c"))
            until(lambda: application.waiting == 2)
            for name in "abc":
                pages.ready[name].set()
            assert [answer.result(LONG) for answer in answers] == [[b"a"], [b"b"], [b"c"]]
        assert pages.begun == ["a", "b", "c"]


def test_one_process_too_many_borrows_nothing_and_is_served(tmp_path):
    pages = Pages()
    with neighbour(tmp_path) as (first, _one), neighbour(tmp_path) as (second, _two):
        first("are_idle")
        second("are_idle")
        with closing(Neighbours(tmp_path, 2)) as third, asking(Turns(pages, third, patience=LONG)) as ask:
            answers = [ask("a"), ask("b")]
            until(lambda: len(pages.begun) == 1)
            pages.ready["a"].set()
            pages.ready["b"].set()
            assert sorted(answer.result(LONG)[0] for answer in answers) == [b"a", b"b"]


@pytest.mark.parametrize(
    ("processors", "elsewhere", "takes_turns"),
    [(1, False, True), (2, False, True), (3, False, False), (2, True, False)],
)
def test_turns_are_for_where_processors_are_few_and_the_database_ours(
    tmp_path, monkeypatch, processors, elsewhere, takes_turns
):
    monkeypatch.setattr(turns, "processors", lambda: processors)
    environment = dataclasses.replace(
        settings.ENVIRONMENT, data=tmp_path, database={"HOST": "db.example.org"} if elsewhere else None
    )
    application = turns.in_company(Pages(), environment)
    application._neighbours.close()
    assert isinstance(application, EvenConnections)
    assert isinstance(application._application, Turns) == takes_turns


@pytest.mark.parametrize("is_full", [False, True])
def test_where_no_memory_can_be_shared_the_house_is_served_as_it_is(tmp_path, is_full):
    pages, file = Pages(), tmp_path / "locks" / "turns.lock"
    file.parent.mkdir()
    if is_full:
        file.symlink_to("/dev/full")
    else:
        file.mkdir()
    assert turns.in_company(pages, dataclasses.replace(settings.ENVIRONMENT, data=tmp_path)) is pages
