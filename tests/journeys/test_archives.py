"""An officer looks through the archive of the old mailing list, takes one letter out and opens it; a member answers."""

from __future__ import annotations

from collegium.rooms.archives.carrying import bring_archive
from collegium.rooms.archives.tests.lists import letter, mailbox

from . import when

DECISION = "Decided at the meeting of 3 May: everybody who wrote was asked."
LETTERS = [
    letter(1),
    letter(2, sender="Una Past <una@gone.example>", subject="Re: [cfo-list] Reserves", answers=1, text="Six months."),
    letter(
        3, sender="Bo Former <bo@gone.example>", subject="[cfo-list] Who earns what", text="Mr. Quill earns it all."
    ),
]


def test_an_archive_is_looked_through_opened_and_answered(scene, tmp_path):
    path = tmp_path / "cfo-list.mbox"
    path.write_bytes(mailbox(LETTERS))
    bring_archive(scene.cast.cfos, path, at=scene.now, processes=0)
    officer, member = scene.reader("colleague"), scene.reader("peer")

    member.open("/groups/cfos/")
    member.does_not_say("Reserves")
    officer.open("/groups/cfos/")
    officer.follow("Who earns what")
    officer.says("it can be read, but not answered")
    officer.follow("Delete")
    officer.page.get_by_label("Why? Its author reads this").fill("It names somebody.")
    officer.press("Delete for everybody")

    officer.open("/groups/cfos/")
    officer.follow("The mailing list’s archive")
    officer.says("cfo-list.mbox")
    officer.follow("3", within="dl")
    officer.says("the name alone")
    officer.follow("The mailing list’s archive", within="#main")
    officer.follow("Open it to the members …")
    officer.says("3 people of 3 societies")
    officer.page.get_by_label("What was decided, by whom and when?").fill(DECISION)
    officer.press("Open it to the members")
    officer.says(DECISION)
    when.the_worker_has_told_everybody()

    member.open("/")
    when.they_read_their_notices(member)
    member.says("Tomasz Halloran opened the archive of the group’s mailing list to its members")
    member.open("/groups/cfos/")
    member.follow("Reserves")
    member.says("Six months.")
    when.they_answer(member, "We have since gone to nine.")
    member.says("We have since gone to nine.")
    member.open("/groups/cfos/")
    member.follow("Who earns what")
    member.does_not_say("Mr. Quill earns it all.")
    member.says("Deleted by an officer of the group.")
