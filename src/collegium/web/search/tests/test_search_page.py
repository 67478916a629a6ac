"""Searching: what one may read is found, and nothing else; by word, phrase, beginning, kind, place and time."""

from __future__ import annotations

from collegium.rooms.discussions.actions import answer_topic, open_topic


def say(cast, title, raw, part="peer", group=None):
    facts = {"tenure": cast.tenures[part], "viewer": cast.viewer(part), "at": cast.at}
    return open_topic(group or cast.cfos, kind="question", title=title, raw=raw, **facts)


def reply(cast, topic, raw, part="colleague"):
    return answer_topic(topic, raw=raw, tenure=cast.tenures[part], viewer=cast.viewer(part), at=cast.at)


def test_a_peer_finds_topic_post_person_group_and_society(cast, client):
    topic = say(cast, "Reserve policy", "How many months of operating cost?")
    reply(cast, topic, "We keep **nine months**, and the auditor agrees.")
    client.force_login(cast.leaver)
    page = client.get("/search/?q=auditor").content.decode()
    assert f"/topics/{topic.pk}/posts/2/" in page, page
    assert "Tomasz" in client.get("/search/?q=tomasz").content.decode()
    assert "/groups/cfos/" in client.get("/search/?q=financial").content.decode()
    assert "/societies/reef/" in client.get("/search/?q=dermatology").content.decode()


def test_what_one_reader_can_narrow_by_is_not_offered_to_another(cast, client):
    group = f'<option value="{cast.cfos.pk}"'
    client.force_login(cast.peer)
    assert f"{group} selected>" in client.get(f"/search/?group={cast.cfos.pk}").content.decode()
    page = client.get("/search/").content.decode()
    assert f"{group}>" in page
    assert 'name="society"' in page
    client.logout()
    page = client.get(f"/search/?group={cast.cfos.pk}").content.decode()
    assert 'name="society"' not in page
    assert 'name="function"' not in page
    assert client.get("/search/?group=none&period=never").status_code == 200
