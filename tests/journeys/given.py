"""What is so when a journey begins."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from collegium.core.access.viewers import Viewer
from collegium.core.groups import actions as groups
from collegium.core.groups.models import Membership
from collegium.core.notices.actions import see_notifications
from collegium.core.people import actions as people
from collegium.core.people.models import Person
from collegium.core.people.tests.factories import make_person, make_tenure
from collegium.rooms.discussions.models import Topic
from collegium.rooms.discussions.tests.factories import make_answer, make_topic, tell

from .reader import Reader
from .scene import Scene

RESERVES = "How large should a society's reserves be?"


def a_counsel_in_the_closed_group(scene: Scene) -> Person:
    """Vera Lindqvist of the surgeons, whom both keys have let into the group of the general counsels."""
    cast = scene.cast
    counsel = make_person("Vera Lindqvist", email="vera@harbour.example")
    tenure = make_tenure(counsel, cast.harbour, "general-counsel", title="General Counsel")
    asked = groups.request_to_join(
        cast.counsels, tenure=tenure, note="", viewer=Viewer.of(counsel, at=cast.at), at=cast.at
    )
    groups.approve_request(asked, viewer=cast.viewer("staff"), at=cast.at)
    member = Membership.objects.get(group=cast.counsels, seat=tenure.seat)
    groups.confirm_membership(member, viewer=cast.viewer("second_staff"), at=cast.at)
    tell()
    see_notifications(by=counsel, at=cast.at)
    return counsel


def a_question_about_reserves(scene: Scene, *, by: str = "peer") -> Topic:
    """Asked among the finance officers yesterday, and answered by the colleague of another society."""
    topic = make_topic(
        scene.cast, by=by, title=RESERVES, raw="Ours cover **four months**. Is that too little?\n\n- rent\n- salaries"
    )
    make_answer(scene.cast, topic, raw="We keep six months, after a hard year.")
    tell()
    return topic


def a_tenure_that_ends(scene: Scene, part: str) -> datetime:
    """The tenure of this part ends tomorrow; the moment it does, by the clock of the society."""
    tenure = scene.cast.tenures[part]
    zone = ZoneInfo(tenure.seat.organization.time_zone)
    last_day = scene.now.astimezone(zone).date() + timedelta(days=1)
    people.end_tenure(tenure, last_day=last_day, by=scene.cast.staff, at=scene.now)
    day = last_day + timedelta(days=1)
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def a_successor(scene: Scene, part: str, *, from_moment: datetime) -> Person:
    """Somebody new, whom the council's team has entered as the next holder of the seat of this part."""
    successor = make_person("Leilani Marsh", email="leilani@reef.example")
    people.start_tenure(
        scene.cast.tenures[part].seat,
        person=successor,
        title="Chief Financial Officer",
        starts_on=from_moment.date(),
        by=scene.cast.staff,
        at=scene.now,
    )
    return successor


def a_virtual_authenticator(reader: Reader) -> None:
    """The reader's device keeps passkeys and knows its owner's finger."""
    session = reader.context.new_cdp_session(reader.page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
