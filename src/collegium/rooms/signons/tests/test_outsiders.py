"""Outside organizations: a link that is closed by default, a verified officer, the team's last word."""

from __future__ import annotations

import pytest

from collegium.core.access.errors import Refused
from collegium.core.mail.models import Letter as Mail
from collegium.core.trail.models import Event
from collegium.rooms.signons import actions, links, mails
from collegium.rooms.signons.models import Outsider
from collegium.rooms.signons.queries.signatories import signatories

from .scene import DAY, NEWER, assembled, closed, fresh, move, names, open_letter, save, sign, told

GUILD = {
    "organization": "Guild of Pharmacists",
    "officer": "Ada Birch",
    "title": "Secretary",
    "email": "a@guild.example",
}


@pytest.fixture
def offered(cast):
    letter, at = open_letter(cast)
    return actions.open_outside(letter, viewer=cast.viewer("staff", at), at=at), at


def ask(letter, at, **facts):
    facts.setdefault("digest", fresh(letter).current.digest)
    return actions.ask_to_sign(letter, **GUILD | facts, at=at)


def verified(letter, at, **facts):
    outsider = ask(letter, at, **facts)
    return actions.consent(outsider, digest=outsider.digest, at=at)


def confirm(cast, outsider, at):
    return actions.confirm_outsider(outsider, viewer=cast.viewer("staff", at), at=at)


def test_without_a_link_nobody_signs_from_outside(cast):
    letter, at = open_letter(cast)
    assert letter.outside_key == ""
    with pytest.raises(Refused, match="takes no more signatures"):
        ask(letter, at)


def test_the_host_opens_and_ends_the_link(cast, offered):
    letter, at = offered
    assert len(letter.outside_key) == 32
    staff = {"viewer": cast.viewer("staff", at), "at": at}
    with pytest.raises(Refused, match="such a page already"):
        actions.open_outside(letter, **staff)
    with pytest.raises(Refused, match="Only its host"):
        actions.close_outside(letter, viewer=cast.viewer("delegate", at), at=at)
    actions.close_outside(letter, **staff)
    with pytest.raises(Refused, match="no such page"):
        actions.close_outside(letter, **staff)
    with pytest.raises(Refused, match="takes no more signatures"):
        ask(letter, at)
    happened = Event.objects.filter(name__startswith="signon.outside").order_by("pk")
    assert list(happened.values_list("name", flat=True)) == [
        "signon.outside_opened",
        "signon.outside_closed",
    ]


def test_who_consented_before_a_slip_of_the_pen_was_mended_is_listed_when_confirmed_late(cast, offered):
    letter, at = offered
    outsider = verified(letter, at)
    sign(cast, letter, "delegate", at)
    save(cast, letter, NEWER, at, change="editorial")
    letter, at = closed(letter)
    confirm(cast, outsider, at)
    assert GUILD["organization"] in names(letter)


def test_what_nobody_confirmed_is_forgotten(cast, offered):
    letter, at = offered
    outsider = ask(letter, at)
    mails.ask_whether_it_is_theirs(outsider, at=at)
    mail = Mail.objects.get()
    assert (mail.to, GUILD["organization"] in mail.text, letter.entry.title in mail.text) == (
        GUILD["email"],
        False,
        False,
    )
    assert signatories(letter, cast.viewer("staff", at)).outsiders == []
    with pytest.raises(Refused, match="nothing to decide"):
        confirm(cast, outsider, at)
    assert actions.forget_unverified(at=at + DAY) == 0
    with pytest.raises(Refused, match="The link has run out"):
        actions.consent(outsider, digest=outsider.digest, at=at + 3 * DAY)
    assert actions.forget_unverified(at=at + 3 * DAY) == 1
    assert not Outsider.objects.exists()


def test_who_asks_twice_has_one_row(cast, offered):
    letter, at = offered
    first = ask(letter, at)
    again = ask(letter, at, email="A@GUILD.example", officer="Bo Cedar")
    assert (again.pk, again.officer, Outsider.objects.count()) == (first.pk, "Bo Cedar", 1)
    actions.consent(again, digest=again.digest, at=at)
    assert ask(letter, at, officer="Somebody else").officer == "Bo Cedar"


def test_the_team_is_told_and_decides(cast, offered):
    letter, at = offered
    outsider = verified(letter, at)
    assert told("outsider.verified", at) == ["OutsiderAsks: Mara Quist", "OutsiderAsks: Olu Fenwick"]
    for part in ("delegate", "outsider", None):
        with pytest.raises(Refused, match="Only the council's team"):
            actions.confirm_outsider(outsider, viewer=cast.viewer(part, at), at=at)
    confirm(cast, outsider, at)
    shown = signatories(letter, cast.viewer("peer", at))
    assert [(one.name, one.officer) for one in shown.outsiders] == [("Guild of Pharmacists", "Ada Birch, Secretary")]
    assert Mail.objects.get().to == GUILD["email"]
    with pytest.raises(Refused, match="nothing to decide"):
        confirm(cast, outsider, at)


def test_who_is_refused_is_told_why(cast, offered):
    letter, at = offered
    outsider = verified(letter, at)
    staff = {"viewer": cast.viewer("staff", at), "at": at}
    with pytest.raises(Refused, match="Say it in a line"):
        actions.refuse_outsider(outsider, reason=" ", **staff)
    actions.refuse_outsider(outsider, reason="Nobody knows it.", **staff)
    assert "Nobody knows it." in Mail.objects.get().text
    with pytest.raises(Refused, match="has refused"):
        actions.consent(outsider, digest=outsider.digest, at=at)


def test_they_are_listed_after_the_members_and_do_not_count_for_the_minimum(cast, offered):
    letter, at = offered
    confirm(cast, verified(letter, at, organization="AAA Guild"), at)
    letter, at = assembled(cast, *closed(letter))
    assert names(letter) == ["AAA Guild"]
    with pytest.raises(Refused, match="0 societies have signed"):
        move(cast, letter, "sent", at + DAY, reason="By courier.")


def test_who_waits_is_decided_of_before_it_is_assembled(cast, offered):
    letter, at = offered
    sign(cast, letter, "delegate", at)
    outsider = verified(letter, at)
    letter, at = closed(letter)
    with pytest.raises(Refused, match="1 outside organization waits"):
        move(cast, letter, "assembled", at, locks_at=at + DAY)
    confirm(cast, outsider, at)
    letter, at = assembled(cast, letter, at)
    assert names(letter) == ["Society of Lagoon Cardiology", "Guild of Pharmacists"]


def test_a_change_in_substance_asks_them_again_and_silence_is_no_signature(cast, offered):
    letter, at = offered
    silent = verified(letter, at, email="silent@guild.example", organization="Silent Guild")
    outsider = verified(letter, at)
    for one in (silent, outsider):
        confirm(cast, one, at)
    Mail.objects.all().delete()
    save(cast, letter, NEWER, at, change="substantive")
    assert sorted(Mail.objects.values_list("to", flat=True)) == ["a@guild.example", "silent@guild.example"]
    assert signatories(fresh(letter), cast.viewer("peer", at)).outsiders == []
    with pytest.raises(Refused, match="changed meanwhile"):
        actions.consent(outsider, digest=outsider.digest, at=at)
    actions.consent(outsider, digest=fresh(letter).current.digest, at=at)
    assert outsider.consents.count() == 2
    letter, _at = closed(letter)
    assert names(letter) == ["Guild of Pharmacists"]


@pytest.mark.parametrize("token", ["", "none", "x" * 4000, "a:b:c", "\x00"])
def test_a_link_nobody_wrote_leads_nowhere(cast, token):
    assert links.read(token) is None


def test_a_link_leads_to_its_own_row_alone(cast, offered):
    letter, at = offered
    outsider = ask(letter, at)
    assert links.read(links.write(outsider)) == outsider
    outsider.pk += 1
    assert links.read(links.write(outsider)) is None
