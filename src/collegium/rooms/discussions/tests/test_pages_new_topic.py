"""Starting a topic on the web: who may, who will see it, what is refused and kept."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from collegium.core.files.models import Attachment
from collegium.core.trail.models import Event
from collegium.rooms.discussions.models import Post, Topic

from .without_script import fields_of, read

NEW = "/groups/cfos/topics/new/"
SOUND = {"kind": "question", "title": "Which key?", "raw": "We use head-count."}


def state():
    """What a new topic would change."""
    return Topic.objects.count(), Post.objects.count(), Event.objects.count()


def kept(page):
    """What the form holds when it comes back."""
    form = next(form for form in page.elements("form") if dict(form.attributes).get("action") == NEW)
    sent = fields_of(form)
    return {name: sent.get(name) for name in ("kind", "title", "raw")}


def csv():
    return SimpleUploadedFile("dues.csv", b"year,dues\n", "text/csv")


# --- who


@pytest.mark.parametrize(
    ("part", "slug", "status"),
    [
        ("peer", "cfos", 200),
        ("two_seats", "membership", 200),
        ("newcomer", "cfos", 403),
        ("staff", "cfos", 403),
        ("outsider", "cfos", 403),
        ("peer", "board", 404),
        ("peer", "nowhere", 404),
        ("second_staff", "board", 403),
    ],
)
def test_only_members_start_a_topic_and_only_in_a_group_they_see(cast, client, part, slug, status):
    client.force_login(getattr(cast, part))
    before = state()
    assert client.get(f"/groups/{slug}/topics/new/").status_code == status
    if status != 200:
        assert client.post(f"/groups/{slug}/topics/new/", SOUND).status_code == status
    assert state() == before


def test_a_hidden_group_answers_as_one_that_is_not_there(cast, client):
    client.force_login(cast.peer)
    hidden, missing = client.get("/groups/board/topics/new/"), client.get("/groups/bored/topics/new/")
    assert hidden.status_code == missing.status_code == 404
    assert hidden.content.replace(b"board", b"bored") == missing.content


# --- who will see it


def test_the_form_counts_by_society_who_will_see_the_topic(cast, client):
    client.force_login(cast.peer)
    page = read(client, NEW)
    assert page.says("3 people of 3 societies")
    for society in ("Society of Lagoon Cardiology", "College of Harbour Surgeons", "Academy of Reef Dermatology"):
        assert page.says(society)
    assert not page.says("Only the officers")


def test_an_officer_may_ask_the_officers_alone(cast, client):
    client.force_login(cast.colleague)
    page = read(client, NEW)
    assert page.says("1 person of 1 society")
    opened = page.press("Post it", title="Between us", raw="Quietly", audience=str(cast.cfos.officers_audience_id))
    topic = Topic.objects.get(entry__title="Between us")
    assert (opened.path, topic.entry.audience_id) == (topic.get_absolute_url(), cast.cfos.officers_audience_id)
    assert opened.says("The officers of Chief Financial Officers, and nobody else.")
    client.force_login(cast.peer)
    assert client.get(topic.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("audience", ["officers", "ceos", "1", "2", "nobody"])
def test_a_member_chooses_no_audience_but_the_circle(cast, client, audience):
    ids = {"officers": cast.cfos.officers_audience_id, "ceos": cast.ceos.circle.audience_id}
    client.force_login(cast.peer)
    before = state()
    response = client.post(NEW, SOUND | {"audience": str(ids.get(audience, audience))})
    assert (response.status_code, state()) == (422, before)


# --- what is refused, and kept


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({"title": ""}, ["Give it a title."]),
        ({"title": "x" * 100_000}, ["This is too long: 100,000 characters, and there is room for 200."]),
        ({"title": "two\nlines"}, ["This must be a single line."]),
        (
            {"title": "be\x00fore"},
            ["This contains a NUL character, which cannot be kept. Paste it again as plain text."],
        ),
        ({"title": "half \ufffd"}, ["Some characters did not arrive whole: look for \ufffd and write them again."]),
        ({"raw": ""}, ["Write something first."]),
        ({"raw": "x" * 100_001}, ["This is too long: 100,001 characters, and there is room for 100,000."]),
        ({"kind": "decree"}, ["Select a valid choice. decree is not one of the available choices."]),
        ({"kind": ""}, ["This field is required."]),
        ({"title": "", "raw": "\x00"}, ["Give it a title.", "This contains a NUL character"]),
    ],
    ids=["empty", "100000", "lines", "nul", "broken", "no text", "long", "kind", "no kind", "both"],
)
def test_a_refused_topic_says_why_and_keeps_what_was_written(cast, client, changes, reasons):
    client.force_login(cast.peer)
    before = state()
    page = read(client, NEW).press("Post it", **(SOUND | changes), files=[csv()])
    assert (page.status, state()) == (422, before)
    for reason in reasons:
        assert page.text.count(reason) >= 2  # above the form and beside the field
    expected = SOUND | changes
    # A browser keeps no line break in a single line, and a choice that is not one cannot be shown as chosen.
    if "lines" in expected["title"] or "kind" in changes:
        expected = {"raw": expected["raw"]}
    # The page is parsed as a browser does: a textarea's first line break is not its own.
    held = {name: value[0] if isinstance(value, list) else (value or "").strip() for name, value in kept(page).items()}
    assert {name: held[name] for name in expected} == expected
    assert page.says("dues.csv")
    assert Attachment.objects.filter(entry=None, by=cast.peer, name="dues.csv").count() == 1


def test_a_refused_topic_is_posted_once_it_is_mended(cast, client):
    client.force_login(cast.peer)
    refused = read(client, NEW).press("Post it", **(SOUND | {"title": ""}), files=[csv()])
    opened = refused.press("Post it", title="Which key?")
    topic = Topic.objects.get(entry__title="Which key?")
    assert opened.path == topic.get_absolute_url()
    assert opened.says("dues.csv")
    assert Attachment.objects.get(name="dues.csv").entry_id == topic.pk


def test_a_preview_of_a_topic_posts_nothing(cast, client):
    client.force_login(cast.peer)
    before = state()
    page = read(client, NEW).press("Preview", raw="*Soft*", title="")
    assert (page.status, state()) == (200, before)
    assert page.says("<em>Soft</em>")
    assert not page.says('role="alert"')
    asked = {"raw": "*Soft*", "preview": "1"}
    alone = client.post(NEW, asked, headers={"HX-Request": "true"}).content.decode()
    assert ("<em>Soft</em>" in alone, "<html" in alone) == (True, False)


@pytest.mark.parametrize("kind", ["discussion", "question", "announcement"])
def test_the_kind_asked_for_is_chosen(cast, client, kind):
    client.force_login(cast.peer)
    page = read(client, f"{NEW}?kind={kind}")
    checked = [dict(i.attributes)["value"] for i in page.elements("input") if "checked" in dict(i.attributes)]
    assert checked == [kind]
    page.press("Post it", title="Kind", raw="Words")
    assert Topic.objects.get(entry__title="Kind").kind == kind


def test_the_draft_is_forgotten_only_when_the_topic_is_posted(cast, client):
    client.force_login(cast.peer)
    key = f"group-{cast.cfos.pk}-topic"
    assert f'data-draft-key="{key}"' in client.get(NEW).content.decode()
    assert "sent" not in client.post(NEW, SOUND | {"title": ""}).cookies
    assert client.post(NEW, SOUND).cookies["sent"].value == key
