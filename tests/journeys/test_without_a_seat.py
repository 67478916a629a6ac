"""Who holds no seat follows the links of somebody who does, and finds nothing behind them."""

from . import given, then

NEW_TOPIC = "/groups/cfos/topics/new/"
PUBLIC = ("/", "/groups/", "/groups/cfos/", "/societies/", "/societies/lagoon/")


def test_whoever_holds_no_seat_sees_none_of_it(scene):
    topic = given.a_question_about_reserves(scene).get_absolute_url()
    peer, outsider, stranger = scene.reader("peer"), scene.reader("outsider"), scene.stranger()

    known = set()
    for path in PUBLIC:
        outsider.open(path)
        known.update(outsider.links())
        outsider.does_not_say(given.RESERVES)
        outsider.does_not_say("Tomasz Halloran")
    inside = set()
    for path in (*PUBLIC, topic, "/groups/cfos/roster/", "/people/"):
        peer.open(path)
        inside.update(peer.links())

    # Whoever is signed in may look whether they are asked something; the menu names it to member societies' people.
    inside.discard("/calls/")
    behind = sorted(path for path in inside - known if not path.startswith("/societies/"))
    assert [path for path in behind if not path.startswith(("/people/", "/topics/"))] == [
        "/groups/cfos/history/",
        "/groups/cfos/roster/",
        NEW_TOPIC,
    ]
    assert topic in behind
    for path in behind:
        if path == NEW_TOPIC:
            # The group itself is public, so whoever cannot write in it is told why.
            then.they_are_refused(outsider, path, "Only members of the group can open a topic in it.")
        else:
            then.the_page_is_unknown(outsider, path)
        then.they_are_asked_to_sign_in(stranger, path)
