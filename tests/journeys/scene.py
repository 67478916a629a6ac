"""Where a journey takes place, and who takes part in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser

from collegium.core.access.viewers import Viewer
from collegium.core.groups.tests.cast import Cast
from collegium.core.people.models import Person

from .reader import Reader

# Without motion: colours are looked at right after they change.
PLAIN: dict[str, Any] = {
    "viewport": {"width": 1280, "height": 900},
    "locale": "en-US",
    "timezone_id": "UTC",
    "color_scheme": "light",
    "reduced_motion": "reduce",
}


@dataclass
class Scene:
    """The council, its clock, and the readers who sit at their browsers."""

    cast: Cast
    clock: Any
    browser: Browser
    address: str
    readers: list[Reader] = field(default_factory=list)

    @property
    def now(self) -> datetime:
        return timezone.now()

    def viewer(self, person: Person) -> Viewer:
        return Viewer.of(person, at=self.now)

    def stranger(self, **options: Any) -> Reader:
        """Somebody at a browser of their own, not signed in."""
        context = self.browser.new_context(base_url=self.address, **PLAIN | options)
        eyes = None if options.get("java_script_enabled", True) else self.browser.new_context(**PLAIN)
        reader = Reader(context, eyes=eyes)
        self.readers.append(reader)
        return reader

    def reader(self, person: Person | str, **options: Any) -> Reader:
        """A person, or somebody of the cast, who is signed in already."""
        if isinstance(person, str):
            person = getattr(self.cast, person)
        client = Client()
        client.force_login(person, backend="collegium.core.people.backends.Backend")
        reader = self.stranger(**options)
        session = {"name": "session", "value": client.cookies["session"].value, "url": self.address}
        reader.context.add_cookies([session])  # type: ignore[list-item]  # a cookie is a dictionary of its own type
        return reader

    def end(self) -> list[str]:
        """Close the browsers; what they complained of."""
        for reader in self.readers:
            for context in (reader.context, reader.eyes):
                if context is not None:
                    context.close()
        return [complaint for reader in self.readers for complaint in reader.complaints]
