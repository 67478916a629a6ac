"""The one list of components, with what each is told."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from collegium.design import moments, shapes
from collegium.design.components import Component, choice, flag, needed, number, several, text, thing

LEVEL = choice("level", "3", "2", "4")
TONES = ("info", "success", "warning", "refusal")

ACTIONS = (
    Component(
        "button",
        (
            needed("label"),
            choice("kind", "primary", "plain", "quiet", "danger"),
            choice("type", "submit", "button", "reset"),
            text("name"),
            text("value"),
            text("icon"),
            flag("small"),
            flag("disabled"),
            flag("icon_only"),
        ),
        attrs=True,
    ),
    Component(
        "link-button",
        (
            needed("label"),
            needed("url"),
            choice("kind", "primary", "plain", "quiet", "danger"),
            text("icon"),
            flag("small"),
        ),
        attrs=True,
    ),
    Component(
        "menu",
        (needed("label"), text("icon"), several("items"), flag("icon_only"), choice("align", "end", "start")),
        slots=("body",),
    ),
    Component("confirm", (needed("label"), needed("question"), text("icon"), flag("small")), slots=("body",)),
)

SIGNS = (
    Component("icon", (needed("name"), text("label"), choice("size", "normal", "small", "large")), pure=True),
    Component("state", (choice("kind", "open", "part", "done", "wait", "off"), needed("word")), pure=True),
    Component(
        "tag",
        (needed("label"), choice("kind", "plain", "accent", "seal", "moss"), text("icon"), text("url")),
        pure=True,
    ),
    Component(
        "count", (needed("n", "number"), needed("label"), choice("kind", "loud", "quiet")), pure=True, local=True
    ),
    Component("face", (needed("initials"), choice("size", "normal", "small", "large"), text("label")), pure=True),
    Component(
        "face-stack",
        (needed("people", "list"), number("more"), needed("label")),
        prepare=shapes.stack_of_faces,
    ),
    Component(
        "time",
        (needed("at", "thing"), choice("show", "short", "moment", "long", "day", "month", "clock", "stored")),
        pure=True,
        local=True,
        prepare=moments.written_time,
    ),
    Component(
        "deadline",
        (needed("at", "thing"), needed("now", "thing"), flag("plain")),
        prepare=moments.written_deadline,
    ),
    Component(
        "progress",
        (needed("value", "number"), needed("max", "number"), needed("label"), flag("quiet")),
        prepare=shapes.clamped_progress,
    ),
    Component(
        "coverage",
        (needed("items", "list"), text("label"), number("total"), number("shown")),
        slots=("note",),
        prepare=shapes.bars_of_coverage,
    ),
)

FORMS = (
    Component(
        "field",
        (needed("field", "thing"), text("label"), text("hint"), flag("hide_label"), choice("width", "full", "short")),
        slots=("after",),
        prepare=shapes.fitted_field,
    ),
    Component("form-errors", (needed("form", "thing"), text("title")), prepare=shapes.collected_errors),
    Component(
        "editor",
        (
            needed("field", "thing"),
            text("label"),
            text("hint"),
            text("draft"),
            text("preview_url"),
            flag("hide_label"),
        ),
        slots=("tools", "preview"),
        prepare=shapes.fitted_editor,
    ),
    Component(
        "search",
        (needed("url"), text("query"), text("label"), text("name", default="q"), text("suggestions")),
        attrs=True,
    ),
)

ROWS = (
    Component(
        "topic-row",
        (
            needed("title"),
            needed("url"),
            LEVEL,
            choice("kind", "discussion", "question", "announcement"),
            text("kind_word"),
            text("by"),
            text("place"),
            number("answers"),
            number("unread"),
            thing("at"),
            flag("new"),
            flag("pinned"),
            flag("closed"),
            flag("solved"),
        ),
        slots=("note",),
        prepare=shapes.counted_answers,
    ),
    Component(
        "person-row",
        (needed("name"), text("url"), text("initials"), text("title"), text("place"), text("place_url")),
        slots=("note", "actions"),
        prepare=shapes.initialled,
    ),
    Component(
        "file-item",
        (
            needed("name"),
            text("url"),
            number("size"),
            choice("kind", "file", "image", "table", "paper", "refused"),
            text("note"),
        ),
        slots=("actions",),
        prepare=shapes.pictured_file,
    ),
    Component("history", (needed("items", "list"), text("label"))),
    Component("steps", (needed("items", "list"), needed("label")), prepare=shapes.judged_steps),
    Component("timeline", (needed("items", "list"), text("label"))),
    Component("facts", (several("items"),), slots=("body",)),
    Component(
        "table",
        (needed("caption"), choice("kind", "plain", "roster", "compact"), flag("hide_caption")),
        slots=("head", "body"),
    ),
    Component(
        "pager",
        (text("newer_url"), text("older_url"), text("first_url"), text("last_url"), text("position"), text("label")),
        slots=(),
    ),
    Component("tabs", (needed("items", "list"), needed("label"), choice("kind", "tabs", "filters"))),
    Component("sections", (needed("items", "list"), needed("label"))),
)

POSTS = (
    Component(
        "post",
        (
            needed("anchor"),
            needed("name"),
            text("url"),
            text("initials"),
            text("title"),
            text("place"),
            thing("at"),
            thing("edited"),
            text("edited_url"),
            choice("kind", "plain", "answer"),
            choice("level", "2", "3", "4"),
        ),
        slots=("eyebrow", "meta", "files", "actions", "body"),
        prepare=shapes.initialled,
    ),
    Component("tombstone", (needed("anchor"), needed("sentence"), thing("at"))),
    Component("since", (needed("label"), text("anchor", default="since"))),
)

AROUND = (text("theme", default="auto"), text("theme_url", default="#"), text("path", default="/"), text("csrf_token"))
PLACES = (
    Component("masthead", (thing("house"), choice("kind", "full", "slim"), *AROUND)),
    Component("colophon", (thing("house"), *AROUND)),
    Component(
        "page-head",
        (needed("title"), text("initials")),
        slots=("eyebrow", "actions", "tabs", "body"),
    ),
    Component("section", (needed("title"), text("anchor"), number("count")), slots=("actions", "body")),
    Component("card", (needed("title"), LEVEL, text("url"), text("eyebrow")), slots=("footer", "body"), attrs=True),
    Component("crumbs", (needed("items", "list"), text("label"))),
    Component("empty", (needed("title"), LEVEL, text("icon")), slots=("actions", "body")),
    Component(
        "banner",
        (choice("kind", *TONES), text("title"), flag("live"), text("anchor")),
        slots=("actions", "body"),
        prepare=shapes.toned_banner,
    ),
    Component("margin-section", (needed("title"), text("more_label"), text("more_url")), slots=("body",)),
    Component("disclosure", (needed("summary"), flag("open"), text("note")), slots=("body",), attrs=True),
)

CHAPTERS = (
    ("actions", _("Things to press"), ACTIONS),
    ("signs", _("Small signs"), SIGNS),
    ("forms", _("Things to fill in"), FORMS),
    ("rows", _("Rows, lists and tables"), ROWS),
    ("posts", _("Conversation"), POSTS),
    ("places", _("Heads, sections and notices"), PLACES),
)

CATALOGUE: dict[str, Component] = {component.name: component for _a, _t, row in CHAPTERS for component in row}
