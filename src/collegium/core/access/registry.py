"""What a higher place tells a lower one: names to dotted paths, resolved at start."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string


class Registry:
    """Named things that live higher up. A name is registered once, by the `apps.py` of the app that owns the thing."""

    def __init__(self, what: str) -> None:
        self.what = what
        self._paths: dict[str, str] = {}
        self._things: dict[str, Any] = {}

    def register(self, name: str, path: str) -> None:
        """Tell of the thing at dotted `path` under `name`; ImproperlyConfigured if another path has the name."""
        if self._paths.get(name, path) != path:
            raise ImproperlyConfigured(f"{self.what} {name!r} is registered twice: {self._paths[name]} and {path}")
        self._paths[name] = path

    def names(self) -> list[str]:
        return list(self._paths)

    def get(self, name: str) -> Any:
        """The thing itself; ImproperlyConfigured if nobody registered it or its path leads nowhere."""
        if name not in self._things:
            self._things[name] = self._resolve(name)
        return self._things[name]

    def _resolve(self, name: str) -> Any:
        if name not in self._paths:
            raise ImproperlyConfigured(f"no {self.what} is registered as {name!r}")
        try:
            return import_string(self._paths[name])
        except ImportError as error:
            raise ImproperlyConfigured(
                f"{self.what} {name!r} points at {self._paths[name]}, which is not there"
            ) from error

    def __contains__(self, name: str) -> bool:
        return name in self._paths

    def all(self) -> Iterator[Any]:
        """The things themselves, in the order they were registered."""
        for name in self._paths:
            yield self.get(name)

    def items(self) -> Iterator[tuple[str, Any]]:
        for name in self._paths:
            yield name, self.get(name)


# What several sources stand on, as common table expressions of one statement: functions of a condition on a person's id
# (such as `= ANY(...)`) giving SQL; sources, and grounds registered later, select from it by its name.
grounds = Registry("ground of admissions")

# Set-based queries of admissions: `sources.register("circles", "collegium.core.groups.sources.circles")`.
sources = Registry("access source")

# Which organizations' people read, but write nothing: functions to SQL of (organization_id, since).
silences = Registry("silence of organizations")

# What an audience of a kind is called: functions of ids to a dict of names.
audience_names = Registry("audience name")

# Invariants verified by `collegium check`: functions that yield a sentence for each breach.
checks = Registry("check")
