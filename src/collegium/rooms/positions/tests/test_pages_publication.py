"""The pages of publication: what everybody reads of a position, its papers and citations, and the team's forms."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collegium.rooms.positions import actions
from collegium.rooms.positions.models import Embargo, Position, SupportList
from collegium.rooms.positions.queries.publishing import digest_of_list, supporting_now
from collegium.web.tests.reading import texts

from .factories import TEXT, in_state, later, move
from .publishing import BESIDE, confirm, counts_support, decided_by_ballot

__all__ = ["counts_support"]
pytestmark = pytest.mark.django_db


def read(visit, part, url):
    answer = visit(part).get(url)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def published(cast, lines=(), tell=None, **facts) -> Position:
    """Public, with whom the lines name."""
    position = in_state(cast, "adopted", **facts)
    if lines:
        tell(*lines)
        confirm(cast, position, at=later(cast, 165))
    move(cast, position, "public", at=later(cast, 166))
    return Position.objects.get(pk=position.pk)


# --- what everybody reads


def test_the_public_page_says_where_societies_stand_and_what_it_goes_with(cast, visit, counts_support):
    lines = [(cast.lagoon, "support", ""), (cast.reef, "reservation", "Not for <children>.")]
    position = published(cast, lines, counts_support)
    BESIDE.append(("Letter", "To the agency", "/letters/1/"))
    page = read(visit, None, f"/positions/{position.pk}/")
    said = " ".join(texts(visit(None).get(f"/positions/{position.pk}/"), "main"))
    assert "Supports it: 1 Supports it with a reservation: 1" in said
    # What a society said to the others was not said to everybody.
    assert "Not for" not in page
    assert "Not for &lt;children&gt;." in read(visit, "newcomer", f"/positions/{position.pk}/")
    assert "As the council’s team confirmed it on" in page
    assert '<a href="/letters/1/">To the agency</a>' in page
    assert cast.staff.name not in page


def test_what_is_confirmed_is_for_member_societies_until_it_is_published(cast, visit, counts_support):
    position = in_state(cast, "adopted")
    counts_support((cast.lagoon, "support", ""))
    confirm(cast, position)
    assert "Where the member societies stand" in read(visit, "newcomer", f"/positions/{position.pk}/")
    assert visit(None).get(f"/positions/{position.pk}/").status_code == 404


def test_the_page_costs_the_same_with_one_supporter_and_with_three(cast, visit, counts_support):
    anybody = visit(None)
    costs = []
    for societies in ([cast.lagoon], [cast.lagoon, cast.reef, cast.harbour]):
        position = published(cast, [(one, "support", "") for one in societies], counts_support)
        anybody.get(f"/positions/{position.pk}/")
        with CaptureQueriesContext(connection) as asked:
            assert anybody.get(f"/positions/{position.pk}/").status_code == 200
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_who_has_the_page_is_told_that_it_is_the_same(cast, visit):
    position = published(cast)
    url, anybody = f"/positions/{position.pk}/", visit(None)
    answer = anybody.get(url)
    assert answer["Last-Modified"].endswith(" GMT")
    assert f'<link rel="canonical" href="http://testserver{url}">' in answer.content.decode()
    again = anybody.get(url, headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert anybody.get(url, headers={"if-modified-since": answer["Last-Modified"]}).status_code == 304
    move(cast, position, "rescinded", at=later(cast, 300), reason="No longer.")
    assert anybody.get(url, headers={"if-none-match": answer["ETag"]}).status_code == 200
    # What a person reads is theirs.
    assert "ETag" not in visit("newcomer").get(url).headers


def test_a_rescinded_position_is_still_read_and_says_so_first(cast, visit):
    position = published(cast, title="Alpha")
    move(cast, position, "rescinded", at=later(cast, 300), reason="The evidence was withdrawn.")
    page = read(visit, None, f"/positions/{position.pk}/")
    assert "The council no longer holds this." in page
    assert "<title>Rescinded: Alpha</title>" in read(visit, None, "/positions/feed.atom")


def test_what_has_run_out_is_no_longer_relied_on(cast, visit, today):
    position = published(cast, title="Alpha")
    Position.objects.filter(pk=position.pk).update(sunset_on=today.date() - timedelta(days=1))
    page = read(visit, None, f"/positions/{position.pk}/")
    assert "Its time ran out on" in page
    assert "No longer relied on" in read(visit, None, "/positions/")
    assert "<title>No longer relied on: Alpha</title>" in read(visit, None, "/positions/feed.atom")


def test_a_ballot_that_was_annulled_is_told_on_the_page(cast, visit):
    from collegium.rooms.ballots import actions as ballots

    position = in_state(cast, "ballot")
    ballot, at = decided_by_ballot(cast, position, "yes", "yes")
    move(cast, position, "public", at=at)
    ballots.annul_ballot(ballot, reason="The roll was wrong.", viewer=cast.viewer("chair", at), at=at)
    page = read(visit, None, f"/positions/{position.pk}/")
    assert "The ballot by which it was adopted was annulled" in page
    assert "The roll was wrong." in page


def test_what_changed_since_the_one_it_replaces_is_shown_to_everybody(cast, visit):
    old = in_state(cast, "public", title="Old", raw=TEXT)
    new = in_state(cast, "adopted", title="New", raw=TEXT.replace("review a refusal", "review each refusal"))
    actions.replace_position(new, target=old, viewer=cast.viewer("staff"), at=later(cast, 300))
    assert visit(None).get(f"/positions/{old.pk}/since/{new.pk}/").status_code == 404
    move(cast, new, "public", at=later(cast, 301))
    url = f"/positions/{new.pk}/since/{old.pk}/"
    assert url in read(visit, None, f"/positions/{new.pk}/")
    page = read(visit, None, url)
    assert "1 paragraph changed" in page
    assert visit(None).get(f"/positions/{new.pk}/since/999999/").status_code == 404


# --- papers and citations


def test_the_paper_is_that_of_the_step_and_is_not_sent_twice(cast, visit):
    position = published(cast)
    anybody = visit(None)
    answer = anybody.get(f"/positions/{position.pk}/paper.pdf")
    edition = position.editions.get()
    assert (answer["Content-Type"], answer.content) == ("application/pdf", bytes(edition.content))
    assert answer["Content-Disposition"] == f'inline; filename="position-{position.pk}-edition-1.pdf"'
    again = anybody.get(f"/positions/{position.pk}/paper.pdf", headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304
    assert edition.digest in read(visit, None, f"/positions/{position.pk}/")
    assert anybody.get(f"/positions/{position.pk}/editions/1.pdf").content == answer.content
    for unknown in ("0", "2", "99999"):
        assert anybody.get(f"/positions/{position.pk}/editions/{unknown}.pdf").status_code == 404


def test_a_draft_is_made_as_it_is_asked_for_by_whom_may_read_it(cast, visit):
    position = in_state(cast, "comment")
    url = f"/positions/{position.pk}/paper.pdf"
    assert visit("newcomer").get(url).content.startswith(b"%PDF")
    assert visit(None).get(url).status_code == 404
    assert visit("newcomer").get(url).content == visit("peer").get(url).content
    assert visit("staff").get(f"/positions/{in_state(cast, 'accepted').pk}/paper.pdf").status_code == 404


def test_programs_are_told_how_to_cite_it(cast, visit):
    position = published(cast, title="50 % of {approvals} & more_")
    url = f"http://testserver/positions/{position.pk}/"
    bib = visit(None).get(f"/positions/{position.pk}/cite.bib").content.decode()
    assert bib.startswith(f"@techreport{{position-{position.pk}-1,\n")
    assert r"title = {{50 \% of \{approvals\} \& more\_}}," in bib
    assert f"url = {{{url}}}," in bib
    ris = visit(None).get(f"/positions/{position.pk}/cite.ris").content.decode().split("\r\n")
    assert (ris[0], ris[-2], ris[-1]) == ("TY  - RPRT", "ER  - ", "")
    assert f"UR  - {url}" in ris
    assert "TI  - 50 % of {approvals} & more_" in ris
    assert visit(None).get(f"/positions/{position.pk}/cite.doc").status_code == 404
    assert visit("staff").get(f"/positions/{in_state(cast, 'comment').pk}/cite.bib").status_code == 404


def test_machines_are_told_a_report_in_the_words_of_schema_org(cast, visit):
    position = published(cast)
    page = read(visit, None, f"/positions/{position.pk}/")
    told = json.loads(page.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
    assert told["@context"] == "https://schema.org"
    assert {"headline", "author", "publisher", "datePublished", "dateModified", "inLanguage"} <= set(told)
    assert told["author"]["@type"] == told["publisher"]["@type"] == "Organization"
    assert told["encoding"]["contentUrl"] == f"{told['url']}paper.pdf"
    assert told["creativeWorkStatus"] == "public"
    # A block of data needs no leave to run: the policy allows no script of the page's own.
    assert "unsafe-inline" not in visit(None).get(f"/positions/{position.pk}/")["Content-Security-Policy"]


# --- the team's forms


def test_an_embargo_is_set_and_lifted_from_its_page(cast, visit, today):
    position = in_state(cast, "adopted")
    staff, url = visit("staff"), f"/positions/{position.pk}/embargo/"
    day = (today + timedelta(days=300)).date().isoformat()
    sent = {"day": day, "time": "09:00", "zone": "America/New_York", "publishes": "on"}
    for bad in (
        {"day": ""},
        {"day": "soon"},
        {"day": "2020-01-01"},
        {"zone": "Mars"},
        {"time": "25:00"},
        {"day": "\x00"},
    ):
        assert staff.post(url, sent | bad).status_code == 422, bad
    assert staff.post(url, sent).status_code == 303
    embargo = Embargo.objects.get()
    assert (embargo.zone, embargo.publishes) == ("America/New_York", True)
    page = read(visit, "newcomer", f"/positions/{position.pk}/")
    assert "Under embargo" in page
    assert "09:00 (America/New York): please do not pass it on before." in page
    assert "It is under embargo until" in read(visit, "staff", f"/positions/{position.pk}/")
    assert staff.post(f"{url}lift/").status_code == 303
    assert staff.post(f"{url}lift/").status_code == 404
    assert "Under embargo" not in read(visit, "newcomer", f"/positions/{position.pk}/")


def test_the_list_is_confirmed_as_it_was_shown(cast, visit, counts_support):
    position = in_state(cast, "adopted")
    staff, url = visit("staff"), f"/positions/{position.pk}/supporters/"
    assert "Nobody is on the list" in read(visit, "staff", url)
    counts_support((cast.lagoon, "support", ""))
    shown = digest_of_list(supporting_now(position))
    assert shown in read(visit, "staff", url)
    for bad in ("", "x", "\x00", "0" * 64, "f" * 100_000):
        assert staff.post(url, {"digest": bad}).status_code == 422, bad[:5]
    assert staff.post(url, {"digest": shown}).status_code == 303
    assert SupportList.objects.get().digest == shown
    assert "It is this one." in read(visit, "staff", url)
    assert staff.post(url, {"digest": shown}).status_code == 422


def test_a_new_version_is_begun_from_its_page(cast, visit):
    position = in_state(cast, "under-review", title="Alpha")
    staff, url = visit("staff"), f"/positions/{position.pk}/version/"
    assert "goes the whole way" in read(visit, "staff", url)
    made = staff.post(url)
    assert made.status_code == 303
    assert "A new version is being prepared" in read(visit, "staff", f"/positions/{position.pk}/")
    # Nobody else knows of it yet.
    assert "new version" not in read(visit, "newcomer", f"/positions/{position.pk}/")
    assert "Another position has replaced" not in read(visit, None, f"/positions/{position.pk}/")


def test_what_societies_say_in_a_review_is_not_for_everybody(cast, visit):
    position = in_state(cast, "under-review")
    assert "What the societies say in the review" in read(visit, "newcomer", f"/positions/{position.pk}/")
    assert "What the societies say in the review" not in read(visit, None, f"/positions/{position.pk}/")
