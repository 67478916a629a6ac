"""The spine: passages carry their entry's audience, links need both ends, a feed is the newest of many audiences."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.core.access.actions import open_named_audience
from collegium.core.access.models import Audience
from collegium.core.access.queries import admits
from collegium.core.access.standard import MEMBERS, OFFICE, PUBLIC
from collegium.core.entries import actions
from collegium.core.entries.models import Entry, Link, Passage
from collegium.core.entries.queries import feed, feed_sql, links_of, misplaced_passages
from collegium.core.entries.registry import link_kinds
from collegium.core.people.tests.factories import AT
from collegium.core.trail.tests.story import is_taken_back, recorded, refuses

KIND = ("leads to", "comes from")


def make_entry(audience=PUBLIC, minutes=0, kind="thing"):
    at = AT + timedelta(minutes=minutes)
    return Entry.objects.create(kind=kind, title="Thing", audience_id=audience, created_at=at, touched_at=at)


def text(entry, body, part="post", part_id=1, **facts):
    return actions.Text(entry.pk, part, part_id, body, AT, **facts)


def pieces(entry):
    rows = Passage.objects.filter(entry=entry).order_by("part", "part_id", "ordinal")
    return [(row.part, row.part_id, row.ordinal, len(row.text)) for row in rows]


def found(words, audience):
    """Entries of the audience that have the words, by the index alone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT entry_id FROM entries_passage WHERE vector @@ (plainto_tsquery('simple', %s) && %s::tsquery)",
            [words, f"'=audience:{audience}'"],
        )
        return {row[0] for row in cursor.fetchall()}


# --- passages


@pytest.mark.django_db
def test_texts_of_many_entries_are_written_at_once_each_with_its_audience(django_assert_num_queries):
    public, members = make_entry(), make_entry(MEMBERS)
    with django_assert_num_queries(1):
        actions.write_passages(
            [text(public, "Café au lait"), text(members, "Café noir"), text(members, "Café", "title", 0)]
        )
    assert (found("cafe", PUBLIC), found("cafe", MEMBERS), found("cafe", OFFICE)) == ({public.pk}, {members.pk}, set())
    assert list(misplaced_passages()) == []


@pytest.mark.django_db
def test_words_of_a_title_weigh_more():
    entry = make_entry()
    actions.write_passages([text(entry, "quorum", "title", 0, is_title=True), text(entry, "quorum")])
    with connection.cursor() as cursor:
        cursor.execute("SELECT part FROM entries_passage ORDER BY ts_rank(vector, 'quorum') DESC")
        assert [row[0] for row in cursor.fetchall()] == ["title", "post"]


@pytest.mark.django_db
def test_a_shorter_text_leaves_nothing_of_the_longer_one():
    entry = make_entry()
    actions.write_passages([text(entry, "word " * 25_000)])
    assert [piece[2] for piece in pieces(entry)] == [0, 1, 2]
    actions.write_passages([text(entry, "first"), text(entry, "last of the same part counts")])
    assert pieces(entry) == [("post", 1, 0, 28)]
    actions.replace_passages(text(entry, "  "))
    assert pieces(entry) == []


@pytest.mark.django_db
def test_erasing_a_part_leaves_the_others():
    entry = make_entry()
    actions.write_passages([text(entry, "one"), text(entry, "two", part_id=2)])
    actions.erase_passages(entry.pk, "post", 1)
    assert pieces(entry) == [("post", 2, 0, 3)]


@pytest.mark.django_db
def test_a_passage_in_the_wrong_audience_is_reported():
    entry = make_entry()
    actions.write_passages([text(entry, "one")])
    Entry.objects.filter(pk=entry.pk).update(audience=OFFICE)
    assert list(misplaced_passages()) == [f"passage {Passage.objects.get().pk} carries another audience than its entry"]


def test_an_entry_that_changes_its_audience_takes_its_passages_along_and_tells_both_sides(cast):
    entry = make_entry(MEMBERS)
    actions.write_passages([text(entry, "minutes"), text(entry, "minutes", "title", 0, is_title=True)])
    with recorded() as events:
        actions.change_audience(entry, to=OFFICE, by=cast.staff, at=AT)
    assert (found("minutes", MEMBERS), found("minutes", OFFICE)) == (set(), {entry.pk})
    assert list(misplaced_passages()) == []
    where = ("entry.audience_changed", cast.staff.pk, None, entry.pk, "entries.entry")
    assert events == [(*where, MEMBERS, {}), (*where, OFFICE, {})]
    with refuses("This is who can see it already."):
        actions.change_audience(entry, to=OFFICE, by=cast.staff, at=AT)
    assert is_taken_back(lambda: actions.change_audience(entry, to=PUBLIC, by=cast.staff, at=AT))


def test_an_entry_that_changes_its_place_takes_its_passages_along(cast):
    entry = make_entry(MEMBERS)
    actions.write_passages([text(entry, "minutes"), text(entry, "minutes", part_id=2)])
    placed = make_entry(MEMBERS)
    for place in (placed.pk, placed.pk, cast.cfos.pk):
        assert actions.change_place(entry, to=place).place_id == place
        assert list(misplaced_passages()) == []
    Entry.objects.filter(pk=entry.pk).update(place=placed.pk)
    reports = sorted(misplaced_passages())
    keys = sorted(Passage.objects.filter(entry=entry).values_list("pk", flat=True))
    assert reports == [f"passage {key} carries another place than its entry" for key in keys]
    assert is_taken_back(lambda: actions.change_place(entry, to=placed.pk))


def test_named_persons_and_nobody_else_see_what_is_for_them(cast):
    audience = open_named_audience([cast.peer.pk, cast.outsider.pk, cast.peer.pk])
    entry = make_entry(audience.pk)
    seeing = [part for part in cast.parts if Entry.objects.visible_to(cast.viewer(part)).filter(pk=entry.pk).exists()]
    assert seeing == ["outsider", "peer"]
    assert [admits(audience.pk, getattr(cast, part).pk, AT) for part in ("peer", "staff")] == [True, False]


# --- links


@pytest.fixture
def leads(request):
    before = dict(link_kinds._paths)
    link_kinds.register("leads", f"{__name__}.KIND")
    yield
    link_kinds._paths = before


def shown(entry, viewer):
    return [(row["kind"], row["outward"], row["other"].pk) for row in links_of(entry, viewer)]


def test_each_end_is_shown_only_to_those_who_see_the_other(cast, leads):
    public, circle = make_entry(), make_entry(cast.cfos.circle.audience_id)
    with recorded() as events:
        link = actions.link(public, circle, kind="leads", viewer=cast.viewer("peer"), at=AT)
        again = actions.link(public, circle, kind="leads", viewer=cast.viewer("peer"), at=AT)
    assert link == again
    assert events == [("entry.linked", cast.peer.pk, None, public.pk, "entries.entry", PUBLIC, {"kind": "leads"})]
    assert shown(public, cast.viewer("leaver")) == [("leads", True, circle.pk)]
    assert shown(circle, cast.viewer("leaver")) == [("leads", False, public.pk)]
    for part in (None, "outsider", "delegate", "staff"):
        assert shown(public, cast.viewer(part)) == []
    with refuses("You can link only what you can see."):
        actions.unlink(link, viewer=cast.viewer("delegate"), at=AT)
    actions.unlink(link, viewer=cast.viewer("leaver"), at=AT)
    assert not Link.objects.exists()
    with refuses("This link was removed already."):
        actions.unlink(Link(pk=again.pk, kind="leads", source=public, target=circle), viewer=cast.viewer("peer"), at=AT)


def test_one_links_only_what_one_sees_at_both_ends_and_two_things_at_that(cast, leads):
    public, circle = make_entry(), make_entry(cast.cfos.circle.audience_id)
    for source, target in ((public, circle), (circle, public)):
        for part in ("delegate", None):
            with refuses("You can link only what you can see."):
                actions.link(source, target, kind="leads", viewer=cast.viewer(part), at=AT)
    with refuses("An entry cannot be linked to itself."):
        actions.link(public, public, kind="leads", viewer=cast.viewer("peer"), at=AT)
    with refuses("There is no such kind of link."):
        actions.link(public, circle, kind="unknown", viewer=cast.viewer("peer"), at=AT)
    assert is_taken_back(lambda: actions.link(public, circle, kind="leads", viewer=cast.viewer("peer"), at=AT))


# --- the feed


@pytest.mark.django_db
@given(rows=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4)), max_size=25), page=st.integers(1, 7))
@settings(derandomize=True, database=None, max_examples=40, deadline=None)
def test_a_feed_page_by_page_is_the_naive_sort(rows, page):
    Entry.objects.all().delete()
    audiences = [PUBLIC, MEMBERS, OFFICE, Audience.objects.create(kind="society").pk]
    entries = [make_entry(audiences[index], minutes) for index, minutes in rows]
    make_entry(PUBLIC, 9, kind="other")
    mine = audiences[:3]
    kept = [entry for entry in entries if entry.audience_id in mine]
    naive = [entry.pk for entry in sorted(kept, key=lambda entry: (entry.touched_at, entry.pk), reverse=True)]
    seen, before = [], None
    while found := feed(mine, "thing", limit=page, before=before):
        assert len(found) <= page
        seen += found
        last = Entry.objects.get(pk=found[-1])
        before = (last.touched_at, last.pk)
    assert seen == naive
    assert feed([], "thing", limit=page) == []


@pytest.mark.django_db
@pytest.mark.parametrize("before", [None, (AT, 5)])
def test_a_feed_reads_its_index_and_no_more_than_a_page_of_each_audience(before):
    audiences = [PUBLIC, MEMBERS, OFFICE]
    Entry.objects.bulk_create(
        Entry(kind="thing", title="", audience_id=audiences[n % 3], created_at=AT, touched_at=AT + timedelta(minutes=n))
        for n in range(3000)
    )
    parameters = {"audiences": audiences, "kind": "thing", "limit": 20, "at": AT, "id": 5}
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE entries_entry")
        cursor.execute(f"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) {feed_sql(before)}", parameters)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "entry_feed" in plan
    assert "Seq Scan on entries_entry" not in plan
