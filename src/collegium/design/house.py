"""What a page tells the reader about the house around it; a context processor of a higher place fills it as `house`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from collegium.design.names import initials_of


@dataclass(frozen=True)
class Place:
    """A link in the navigation, in the account menu or in the footer."""

    label: str
    url: str
    current: bool = False
    count: int = 0


@dataclass(frozen=True)
class Reader:
    """Who is signed in, as far as the masthead shows it; `key` tells one reader's drafts from another's."""

    name: str
    url: str
    key: str = ""
    note: str = ""
    initials: str = ""
    zone: str = ""
    menu: Sequence[Place] = ()

    def __post_init__(self) -> None:
        if not self.initials:
            object.__setattr__(self, "initials", initials_of(self.name))


@dataclass(frozen=True)
class Alert:
    """What is wrong for the reader on every page until it is put right: in one sentence, and the one thing to press."""

    title: str
    sentence: str
    action_url: str
    action_label: str


@dataclass(frozen=True)
class House:
    """The masthead and the footer of every page. All of it is plain values: the base template never queries."""

    name: str
    home_url: str = "/"
    nav: Sequence[Place] = ()
    person: Reader | None = None
    badge: int = 0
    notices_url: str = ""
    search_url: str = ""
    suggestions_url: str = ""
    sign_in_url: str = ""
    sign_out_url: str = ""
    demo: bool = False
    demo_url: str = ""
    footer: Sequence[Place] = field(default=())
    alert: Alert | None = None

    @property
    def itself(self) -> House:
        """The house behind whatever stands for it: looking through a stand-in takes longer than the look."""
        return self
