"""The processes of the web know how much each has to do, and forget who is gone."""

import fcntl
from contextlib import closing

import pytest

from collegium.config import neighbours as module
from collegium.config.neighbours import Neighbours
from collegium.config.tests.neighbouring import LONG, neighbour


def test_each_knows_what_the_other_has_to_do(tmp_path):
    with neighbour(tmp_path) as (told, _process), closing(Neighbours(tmp_path, 2)) as ours:
        assert (told("are_idle"), ours.are_idle()) == (True, True)
        told("tell_requests", 2)
        assert (told("are_idle"), ours.are_idle()) == (True, False)
        ours.tell_requests(1)
        told("tell_requests", 0)
        assert (told("are_idle"), ours.are_idle()) == (False, True)


def test_each_knows_by_how_many_connections_the_other_is_asked(tmp_path):
    with neighbour(tmp_path) as (told, _process), closing(Neighbours(tmp_path, 2)) as ours:
        told("tell_connections", 5)
        ours.tell_connections(3)
        assert (told("fewest_connections"), ours.fewest_connections()) == (3, 5)


def test_what_was_said_of_connections_long_ago_does_not_count(tmp_path, monkeypatch):
    with neighbour(tmp_path) as (told, _process), closing(Neighbours(tmp_path, 2)) as ours:
        told("tell_connections", 5)
        assert ours.fewest_connections() == 5
        monkeypatch.setattr(module, "FRESH", 0.0)
        assert ours.fewest_connections() == 0


def test_who_works_and_has_long_said_nothing_is_given_nothing_more(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "FRESH", 0.0)
    with neighbour(tmp_path) as (told, _process), closing(Neighbours(tmp_path, 2)) as ours:
        told("tell_connections", 1)
        told("tell_requests", 2)
        assert ours.fewest_connections() is None


def test_whoever_is_alone_has_nobody_to_share_with(tmp_path):
    with closing(Neighbours(tmp_path, 2)) as ours:
        ours.tell_connections(3)
        assert ours.fewest_connections() is None
        assert ours.are_idle()


def test_a_process_that_is_killed_at_work_leaves_its_place_to_the_next_which_begins_with_nothing(tmp_path):
    with closing(Neighbours(tmp_path, 2)) as ours:
        with neighbour(tmp_path) as (told, process):
            told("tell_requests", 1)
            told("tell_connections", 4)
            assert (ours.are_idle(), ours.fewest_connections()) == (False, 4)
            process.kill()
            process.wait(LONG)
            assert (ours.are_idle(), ours.fewest_connections()) == (True, None)
        with neighbour(tmp_path) as (told, process):
            assert told("are_idle") is True
            assert (ours.are_idle(), ours.fewest_connections()) == (True, 0)
            told("tell_requests", 1)
            assert not ours.are_idle()


def test_who_finds_no_place_takes_one_when_another_has_gone(tmp_path):
    with neighbour(tmp_path) as (first, process), neighbour(tmp_path) as (second, _other):
        assert (first("are_idle"), second("are_idle")) == (True, True)
        with closing(Neighbours(tmp_path, 2)) as third:
            third.tell_requests(1)
            third.tell_connections(9)
            assert (third.are_idle(), third.fewest_connections()) == (False, None)
            assert (first("are_idle"), second("are_idle")) == (True, True)
            process.kill()
            process.wait(LONG)
            third.tell_requests(1)
            assert (third.are_idle(), second("are_idle")) == (True, False)


@pytest.mark.parametrize("trouble", [OSError(37, "No locks available"), BlockingIOError(), PermissionError()])
def test_a_folder_that_knows_no_locks_costs_no_request(tmp_path, monkeypatch, trouble):
    def refuse(*_anything):
        raise trouble

    monkeypatch.setattr(fcntl, "lockf", refuse)
    with closing(Neighbours(tmp_path, 2)) as ours:
        ours.tell_requests(1)
        ours.tell_connections(1)
        assert (ours.are_idle(), ours.fewest_connections()) == (False, None)
