"""The report: middles, ratios, aims, what is kept beside what, and how much a page weighs."""

import gzip
import json

import pytest

from collegium.config.bench import report, sizes
from collegium.config.bench.corpus import keeping
from collegium.config.bench.corpus.scale import Scale
from collegium.config.bench.exchange import Answer


def figures(per_second, p50=1.0):
    return {"per_second": per_second, "p50": p50, "p99": 2.0, "bytes": 30_000, "cpu_web": 1.0, "cpu_database": 0.5}


def a_run(**pages):
    measured = {
        "bare": figures(2000.0),
        "topic": figures(700.0),
        "group": figures(600.0),
        "home": figures(500.0),
    } | pages
    return {
        "pages": report.with_ratios(measured),
        "queries": {"topic": 5},
        "compressed": {"topic": 50_000},
        "memory": {"web": 200.0, "worker": 60.0, "supervisor": 25.0},
    }


def test_the_middle_round_counts():
    rounds = [figures(100.0, 9.0), figures(300.0, 1.0), figures(200.0, 2.0)]
    assert report.combined(rounds) == {**figures(200.0, 2.0), "rounds": 3}


def test_each_page_has_its_share_of_the_bare_view():
    ratios = {name: page["of_bare"] for name, page in a_run()["pages"].items()}
    assert ratios == {"bare": 1.0, "topic": 0.35, "group": 0.3, "home": 0.25}


def test_a_run_that_reaches_every_aim_misses_none():
    assert report.missed({"runs": {"100000": a_run()}}, posts=100_000) == []


def test_every_aim_that_is_missed_is_said():
    run = a_run(topic=figures(599.9)) | {"queries": {"topic": 7}, "compressed": {"topic": 60_001}}
    run["memory"]["web"] = 291.0
    run["pages"]["reply, one at a time"] = figures(149.0)
    assert report.missed({"runs": {"100000": run}}, posts=100_000) == [
        "topic: 600 a second, 600 are the aim",
        "reply, one at a time: 149 a second, 150 are the aim",
        "topic: 7 queries, 6 at most",
        "topic: 60,001 bytes, 60,000 at most",
        "web and worker: 351 MiB, 350 at most",
    ]


def test_letters_in_are_told_with_their_share_of_the_bare_view_and_missed_where_they_are_few():
    part = {"per_second": 300.0, "cpu": 5.0, "cpu_database": 2.0}
    run = a_run() | {"incoming": {"per_second": 99.0, "taken": part, "handled": part, "letters": 400}}
    whole = {"runs": {"100000": run}}
    assert report.missed(whole, posts=100_000) == ["letters in: 99 a second, 100 are the aim"]
    assert "Letters in: 99 a second (0.050 of the bare view's), 300 through the door" in report.table(
        whole, posts=100_000
    )


def test_calls_and_ballots_are_told_with_their_pages_and_missed_where_they_are_slow():
    pages = {"progress": {"p50": 61.0, "cpu": 40.0}, "desk": {"p50": 50.0, "cpu": 40.0}}
    call = {"rows": 5_000, "letters": 10_000, "roll": 0.5, "seconds": 5.1, "cpu": 2.0, "pages": pages}
    ballot = {"papers": 5_000, "seats": 9, "elected": 9, "stages": 20, "seconds": 5.2, "cpu": 5.0}
    run = a_run() | {"calls": call, "ballots": ballot | {"pages": {"result": {"p50": 62.0, "cpu": 50.0}}}}
    whole = {"runs": {"100000": run}}
    assert report.missed(whole, posts=100_000) == [
        "progress of a call: 60 ms at most",
        "a call opens in 5.1 s, 5 at most",
        "result of a ballot: 60 ms at most",
        "a ballot is counted in 5.2 s, 5 at most",
    ]
    told = report.table(whole, posts=100_000)
    assert "open in 5.1 s (10,200 bare views)" in told
    assert "progress 61 ms (0.008 of bare), desk 50 ms (0.010 of bare)." in told
    assert "counted in 5.20 s (10,400 bare views), 20 stages; its pages: result 62 ms (0.008 of bare)." in told


def test_the_first_letter_of_a_post_is_told_and_missed_where_it_is_late():
    run = a_run() | {"first": {"middle": 1.24, "slowest": 2.0, "posts": 5, "readers": 1_000}}
    whole = {"runs": {"100000": run}}
    assert report.missed(whole, posts=100_000) == ["first letter: 1.2 s after the post, 1 at most"]
    assert "through all processes: 1.24 s, 2.00 s the slowest of 5 posts to 1,000." in report.table(
        whole, posts=100_000
    )


def test_a_search_is_to_be_quick_for_all_but_one_of_a_hundred_and_may_take_longer_among_more():
    slow = {"search, common": figures(90.0, 60.0) | {"p99": 81.0}, "finding everywhere, rare": figures(90.0, 60.0)}
    whole = {"runs": {"100000": a_run(**{"search, common": figures(90.0, 6.0)}), "1000000": a_run(**slow)}}
    assert report.missed(whole, posts=1_000_000) == ["search, common: p99 is 81 ms, 80 at most"]
    lines = report.table(whole, posts=1_000_000).splitlines()
    assert ["p99 ≤ 80" in line for line in lines if "search" in line or "finding" in line] == [True, True, False]


def test_the_large_corpus_is_compared_with_the_small_one():
    whole = {"runs": {"100000": a_run(), "1000000": a_run(topic=figures(700.0, 1.3))}}
    assert report.growth(whole)["topic"] == 1.3
    assert report.missed(whole, posts=1_000_000) == ["topic: p50 is 1.3 times that of the small corpus, 1.2 at most"]
    assert report.missed(whole, posts=100_000) == []
    assert report.growth({"runs": {"100000": a_run()}}) == {}


def test_runs_of_other_sizes_are_kept_and_the_same_size_is_replaced(tmp_path):
    path = tmp_path / "var" / "bench.json"
    report.kept(path, {"pages": {}, "first": True}, posts=100_000)
    report.kept(path, {"pages": {}}, posts=1_000_000)
    whole = report.kept(path, {"pages": {}, "second": True}, posts=100_000)
    assert whole == {"runs": {"100000": {"pages": {}, "second": True}, "1000000": {"pages": {}}}}
    assert json.loads(path.read_text()) == whole


@pytest.mark.parametrize("text", ["", "not json", "[1]", '{"runs": 3}'])
def test_a_file_that_cannot_be_read_is_begun_anew(tmp_path, text):
    path = tmp_path / "bench.json"
    path.write_text(text)
    assert report.read(path) == {"runs": {}}


def test_the_table_has_a_line_for_each_page():
    lines = report.table({"runs": {"100000": a_run()}}, posts=100_000).splitlines()
    assert lines[2].split() == ["topic", "700", "0.35", "1.0", "2.0", "1.00", "0.50", "5", "30.0", "50.0", "≥", "600"]
    assert lines[-1] == "All aims are met."


# --- sizes


HTML = b"""<link rel="stylesheet" href="/static/a.css"><link rel="icon" href="/static/i.svg">
<script src="/static/b.js?v=1" defer></script><script src="/static/b.js?v=1"></script>"""


def test_styles_and_scripts_of_a_page_are_found_once():
    assert sizes.companions(HTML, "/topics/1/") == ["/static/a.css", "/static/b.js?v=1"]


def test_what_comes_plain_is_weighed_as_a_proxy_would_compress_it():
    plain = b"the same again " * 100
    assert sizes.packed(Answer(200, {"content-encoding": "br"}, b"x" * 10, 0)) == 10
    assert sizes.packed(Answer(200, {}, plain, 0)) == len(gzip.compress(plain, 6))


# --- a corpus is kept as long as the same one would be made


def test_a_corpus_is_kept_until_another_is_wanted(tmp_path):
    small, other = Scale(posts=500), Scale(posts=501)
    assert keeping.kept(tmp_path, small) is None
    keeping.keep(tmp_path, small, {"discussions_post": 500})
    assert keeping.kept(tmp_path, small) == {"discussions_post": 500}
    assert keeping.kept(tmp_path, other) is None
    (tmp_path / keeping.MARK).write_text("broken off in the mid")
    assert keeping.kept(tmp_path, small) is None
