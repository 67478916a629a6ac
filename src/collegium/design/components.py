"""What a component is: its declared props and slots, and how one is drawn quickly."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.conf import settings
from django.template import Context, Engine, Template
from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import get_current_timezone
from django.utils.translation import get_language

from collegium.design.swift import Piece, written

KEPT_AT_MOST = 4096
ATTRIBUTE = re.compile(
    r"(?:hx|data|aria)-[a-z][a-z0-9:-]*|id|title|lang|form|formaction|rel|download|accesskey|autofocus"
)
NEVER_AN_ATTRIBUTE = ("hx-on", "hx-vals", "hx-vars")


class ComponentError(Exception):
    """A component was used in a way it does not declare."""


def _is_list(value: object) -> bool:
    return isinstance(value, Iterable) and not isinstance(value, str | bytes)


CHECKS: dict[str, Callable[[Any], bool]] = {
    "text": lambda value: isinstance(value, str | int | Promise),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "flag": lambda value: True,
    "list": _is_list,
    "thing": lambda value: True,
}


@dataclass(frozen=True, slots=True)
class Prop:
    """One thing a component is told.

    `kind` is one of `text`, `number`, `flag`, `list` or `thing`; `choices` closes a text to a few words.
    A flag takes any value and keeps only whether it is true.
    """

    name: str
    kind: str = "text"
    choices: tuple[str, ...] = ()
    required: bool = False
    default: Any = None

    def checked(self, component: str, value: Any) -> Any:
        """The value as the template of the component gets it; raises `ComponentError` if it does not fit."""
        if self.kind == "flag":
            return bool(value)
        if (
            self.kind == "text"
            and not self.choices
            and ((value.__class__ is str and value) or isinstance(value, Promise))
        ):
            return value
        if value is None and self.required:
            raise ComponentError(f"component “{component}” needs “{self.name}”, and got nothing")
        if value is None or (value == "" and not self.required):
            return self.default
        self._check_fits(component, value)
        return value

    def _check_fits(self, component: str, value: Any) -> None:
        if self.choices and str(value) not in self.choices:
            allowed = ", ".join(self.choices)
            raise ComponentError(f"“{self.name}” of component “{component}” is one of {allowed}; got {value!r}")
        if not CHECKS[self.kind](value):
            raise ComponentError(f"“{self.name}” of component “{component}” is a {self.kind}; got {value!r}")


def text(name: str, *, default: str | None = None) -> Prop:
    """An optional text."""
    return Prop(name, default=default)


def needed(name: str, kind: str = "text") -> Prop:
    """A prop without which the component makes no sense."""
    return Prop(name, kind=kind, required=True)


def choice(name: str, *choices: str) -> Prop:
    """A closed list of words; the first is the default."""
    return Prop(name, choices=choices, default=choices[0])


def flag(name: str) -> Prop:
    """Yes or no; no unless told."""
    return Prop(name, kind="flag", default=False)


def number(name: str) -> Prop:
    """An optional number."""
    return Prop(name, kind="number")


def several(name: str) -> Prop:
    """A list, empty unless told."""
    return Prop(name, kind="list", default=())


def thing(name: str) -> Prop:
    """Anything: a form, a moment, an object the template reads."""
    return Prop(name, kind="thing")


@dataclass(frozen=True)
class Component:
    """A named piece of a page: a template that reads only its declared props and slots.

    `slots` always end with the body, the content of the block that no named slot took. With `attrs`, further
    HTML attributes (`hx-…`, `data-…`, `aria-…`, `id`, `title` and a few) are passed on to its main element.
    A `pure` one is small and the same for the same props: its rendering is kept, keyed by all it depends on; a `local`
    one depends on language and time zone too.
    """

    name: str
    props: tuple[Prop, ...]
    slots: tuple[str, ...] = ()
    attrs: bool = False
    pure: bool = False
    local: bool = False
    prepare: Callable[[dict[str, Any]], None] | None = None
    _kept: dict[tuple[Any, ...], SafeString] = field(default_factory=dict, repr=False, compare=False)
    _writers: dict[str | None, Piece] = field(default_factory=dict, repr=False, compare=False)

    @property
    def template_name(self) -> str:
        return f"design/components/{self.name}.html"

    @property
    def template(self) -> Template:
        """Compiled once a process; with DEBUG it follows its file."""
        if settings.DEBUG:
            self.__dict__.pop("compiled", None)
        return self.compiled

    @cached_property
    def compiled(self) -> Template:
        return Engine.get_default().get_template(self.template_name)

    @cached_property
    def prop_of(self) -> dict[str, Prop]:
        return {prop.name: prop for prop in self.props}

    @cached_property
    def defaults(self) -> dict[str, Any]:
        """What the template reads where the user of the component said nothing: nothing is ever undefined."""
        values: dict[str, Any] = {prop.name: prop.default for prop in self.props}
        values.update(dict.fromkeys(self.slots, ""))
        if self.attrs:
            values["attrs"] = ""
        return values

    def check_names(self, props: Iterable[str], slots: Iterable[str]) -> None:
        """Raise `ComponentError` for a prop or slot that is not declared, or a needed prop that is absent."""
        given = set(props)
        for name in sorted(given):
            if name not in self.prop_of and not (self.attrs and is_attribute(name)):
                known = ", ".join(self.prop_of) or "none"
                raise ComponentError(f"component “{self.name}” has no prop “{name}”; it has {known}")
        for name in slots:
            if name not in self.slots:
                known = ", ".join(self.slots) or "none"
                raise ComponentError(f"component “{self.name}” has no slot “{name}”; it has {known}")
        for prop in self.props:
            if prop.required and prop.name not in given:
                raise ComponentError(f"component “{self.name}” needs “{prop.name}”")

    def draw(self, given: dict[str, Any]) -> SafeString:
        """The HTML for checked props and rendered slots; whoever calls has checked the names."""
        if not self.pure:
            return self._drawn(given)
        key = (self._surroundings(), *map(_identity, given.items()))
        try:
            return self._kept[key]
        except KeyError:
            pass
        except TypeError:
            return self._drawn(given)
        if len(self._kept) >= KEPT_AT_MOST:
            self._kept.clear()
        drawn = self._kept[key] = self._drawn(given)
        return drawn

    def _surroundings(self) -> tuple[Any, ...]:
        return (get_language(), get_current_timezone()) if self.local else ()

    def _drawn(self, given: dict[str, Any]) -> SafeString:
        values = {**self.defaults, **given}
        if self.prepare is not None:
            self.prepare(values)
        template = self.template
        context = Context(values)
        context.template = template
        context.render_context.template = template
        return mark_safe(self._writer()(values, context).strip())  # noqa: S308 - its parts were escaped as they came

    def _writer(self) -> Piece:
        """The drawing for the language of this moment; with DEBUG it follows the template."""
        language = get_language()
        writer = self._writers.get(language)
        if writer is None or settings.DEBUG:
            writer = self._writers[language] = written(self.template.nodelist)
        return writer


def _identity(item: tuple[str, Any]) -> tuple[str, type, Any]:
    """A key that keeps `<b>` and a trusted `<b>` apart, though they compare equal, and 1 apart from True."""
    name, value = item
    if isinstance(value, Promise):
        value = str(value)
    return name, type(value), value


def is_attribute(name: str) -> bool:
    """Whether a component may pass this on as an HTML attribute: never a style, a script or an event."""
    return ATTRIBUTE.fullmatch(name) is not None and not name.startswith(NEVER_AN_ATTRIBUTE)


def attributes(given: Mapping[str, Any]) -> SafeString:
    """HTML attributes with a leading space; True is the bare name, and None or False leaves it out."""
    parts = []
    for name, value in given.items():
        if value is True:
            parts.append(f" {name}")
        elif value is not None and value is not False:
            parts.append(f' {name}="{conditional_escape(value)}"')
    return mark_safe("".join(parts))  # noqa: S308 - names match a pattern, values are escaped


def draw(component: Component, /, **given: Any) -> SafeString:
    """Draw a component from Python; underscores in names stand for hyphens of attributes and slots take strings."""
    props = {name: value for name, value in given.items() if name not in component.slots}
    slots = {name: conditional_escape(value) for name, value in given.items() if name in component.slots}
    component.check_names(props, slots)
    values: dict[str, Any] = dict(slots)
    extra = {}
    for name, value in props.items():
        if name in component.prop_of:
            values[name] = component.prop_of[name].checked(component.name, value)
        else:
            extra[name] = value
    if extra:
        values["attrs"] = attributes(extra)
    return component.draw(values)
