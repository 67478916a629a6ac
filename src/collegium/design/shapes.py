"""Small preparations some components need before their template: sums, shapes and ties, never a query."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.forms import BoundField
from django.utils.translation import gettext, ngettext

from collegium.design.names import grouped, initials_of

STACK = 5
FILE_ICONS = {"file": "file", "image": "image", "table": "sheet", "paper": "file-text", "refused": "file-x"}
BANNER_ICONS = {"info": "info", "success": "circle-check", "warning": "triangle-alert", "refusal": "ban"}
SHAPES = {
    "textarea": "textarea",
    "checkbox": "checkbox",
    "radioselect": "options",
    "checkboxselectmultiple": "options",
    "selectdate": "group",
    "splitdatetime": "group",
}
SHAPES_OF_SEVERAL = {name for name, shape in SHAPES.items() if shape in ("options", "group")}


def initialled(values: dict[str, Any]) -> None:
    """A face needs letters: those given, or those of the name."""
    values["initials"] = values["initials"] or initials_of(values["name"])


def counted_answers(values: dict[str, Any]) -> None:
    """How many answers a topic has, in words; nothing for one that takes none."""
    answers = values["answers"]
    values["answered"] = ""
    if answers is not None:
        values["answered"] = ngettext("%(n)s answer", "%(n)s answers", answers) % {"n": grouped(answers)}


def stack_of_faces(values: dict[str, Any]) -> None:
    """The first few faces, and how many more stand behind them."""
    people = list(values["people"])
    values["faces"] = people[:STACK]
    values["rest"] = len(people) - len(values["faces"]) + (values["more"] or 0)


def clamped_progress(values: dict[str, Any]) -> None:
    """A bar never runs over its end, and the end is never zero."""
    values["max"] = max(values["max"], 1)
    values["value"] = min(max(values["value"], 0), values["max"])


def bars_of_coverage(values: dict[str, Any]) -> None:
    """Add `bars` (label, count, width in percent of the longest) and how many rows were left out."""
    items = [_pair(item) for item in values["items"]]
    longest = max((count for _, count in items), default=1) or 1
    bars = [{"label": label, "count": count, "width": round(100 * count / longest)} for label, count in items]
    shown = int(values["shown"] or 8)
    values["bars"], values["more_bars"] = bars[:shown], bars[shown:]
    values["total"] = values["total"] if values["total"] is not None else sum(count for _, count in items)


def _pair(item: Any) -> tuple[str, int]:
    return (item["label"], item["count"]) if isinstance(item, dict) else (item[0], item[1])


def judged_steps(values: dict[str, Any]) -> None:
    """Raise ValueError for a step whose state is not one of the three."""
    for item in values["items"]:
        state = item["state"] if isinstance(item, dict) else item.state
        if state not in ("done", "now", "todo"):
            raise ValueError(f"a step is done, now or todo; got {state!r}")


def pictured_file(values: dict[str, Any]) -> None:
    """The icon of a kind of file."""
    values["icon"] = FILE_ICONS[values["kind"]]


def toned_banner(values: dict[str, Any]) -> None:
    """The icon, the spoken word and the role that go with a kind of notice."""
    values["icon"] = BANNER_ICONS[values["kind"]]
    values["word"] = {
        "info": gettext("Note"),
        "success": gettext("Done"),
        "warning": gettext("Take care"),
        "refusal": gettext("Refused"),
    }[values["kind"]]


def fitted_field(values: dict[str, Any]) -> None:
    """Say which shape a form field takes, and tie its help and its errors to its widget."""
    bound: BoundField = values["field"]
    values["shape"] = "line"
    if bound.is_hidden:
        values["shape"] = "hidden"
    else:
        values["shape"] = SHAPES.get(bound.widget_type, "line")
    values["label"] = values["label"] or bound.label
    values["help"] = values["hint"] or bound.help_text
    described = [f"{bound.auto_id}_helptext"] if values["help"] else []
    described += [f"{bound.auto_id}_error"] if bound.errors else []
    values["described"] = " ".join(described)
    extra: dict[str, Any] = {"aria-describedby": values["described"]} if described else {}
    if values["shape"] not in ("options", "group"):
        values["widget"] = bound.as_widget(attrs=_attrs_of(bound, extra))


def fitted_editor(values: dict[str, Any]) -> None:
    """A field whose textarea keeps its draft and counts what is left."""
    bound: BoundField = values["field"]
    values["label"] = values["label"] or bound.label
    values["help"] = values["hint"] or bound.help_text
    values["limit"] = getattr(bound.field, "max_length", None)
    values["counter"] = f"{bound.auto_id}_count"
    described = [f"{bound.auto_id}_helptext"] + ([f"{bound.auto_id}_error"] if bound.errors else [])
    extra = {"aria-describedby": " ".join(described), "class": "prose-input"}
    if values["draft"]:
        extra["data-draft-key"] = values["draft"]
    if values["limit"]:
        extra["data-count"] = values["counter"]
    values["widget"] = bound.as_widget(attrs=_attrs_of(bound, extra))


def _attrs_of(bound: BoundField, extra: dict[str, Any]) -> dict[str, Any]:
    own = bound.field.widget.attrs.get("aria-describedby")
    if own and "aria-describedby" in extra:
        extra = {**extra, "aria-describedby": f"{own} {extra['aria-describedby']}"}
    return extra


def collected_errors(values: dict[str, Any]) -> None:
    """Each error of a form once, with the id of the field it is about; empty for a form nobody sent."""
    form = values["form"]
    values["errors"] = list(_errors(form)) if form.is_bound else []


def _errors(form: Any) -> Iterable[dict[str, str]]:
    for message in form.non_field_errors():
        yield {"target": "", "message": str(message)}
    for bound in form:
        for message in bound.errors:
            yield {"target": _target(bound), "label": str(bound.label), "message": str(message)}


def _target(bound: BoundField) -> str:
    """Where the keyboard goes: the input, the first of several, or nowhere for what cannot be seen."""
    if bound.is_hidden:
        return ""
    return f"{bound.auto_id}_0" if bound.widget_type in SHAPES_OF_SEVERAL else bound.auto_id
