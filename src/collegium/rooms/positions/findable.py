"""How issues and positions are found and shown among results."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy

from collegium.core.entries import lexemes
from collegium.core.entries.actions import Text
from collegium.core.search.kinds import Kind, Row, Shown, address
from collegium.design.text import plain_text

from .course import STATES
from .models import Comment, Issue, Position

_ISSUES = """
SELECT e.id, e.title, e.state, COALESCE(so.title, gr.title) AS raised_by FROM positions_issue i
JOIN entries_entry e ON e.id = i.entry_id
LEFT JOIN entries_entry so ON so.id = e.society_id LEFT JOIN entries_entry gr ON gr.id = i.group_id
WHERE e.id = ANY(%s::bigint[]) AND {visible}"""

_POSITIONS = """
SELECT e.id, e.title, e.state, p.kind FROM positions_position p JOIN entries_entry e ON e.id = p.entry_id
WHERE e.id = ANY(%s::bigint[]) AND {visible}"""


def show_issue(row: Row, at: datetime) -> Shown:
    line = (str(Issue.State(row["state"]).label), row["raised_by"] or "")
    return Shown(row["title"], address("positions:issue", row["id"]), tuple(word for word in line if word), at)


def show_position(row: Row, at: datetime) -> Shown:
    line = (str(Position.Kind(row["kind"]).label), str(STATES[row["state"]].label))
    return Shown(row["title"], address("positions:position", row["id"]), line, at)


POSITION = Kind(
    gettext_lazy("Positions"),
    gettext_lazy("Position"),
    "landmark",
    (("position", "title"), ("position", "text")),
    _POSITIONS,
    show_position,
)
ISSUE = Kind(
    gettext_lazy("Issues"),
    gettext_lazy("Issue"),
    "flag",
    (("issue", "title"), ("issue", "text")),
    _ISSUES,
    show_issue,
)


def comment_text(comment: Comment) -> Text:
    """What is found of a comment, for whom the comments are; under the society for which it was said, nobody's name."""
    words = "\n\n".join(piece for piece in (plain_text(comment.html), comment.proposal) if piece)
    facets = (lexemes.society(comment.society_id),)
    return Text(comment.consultation_id, "comment", comment.pk, words, comment.at, facets=facets)


_COMMENTS = """
SELECT c.id, k.position_id, c.number, e.title, so.title AS society FROM positions_comment c
JOIN positions_consultation k ON k.entry_id = c.consultation_id JOIN entries_entry e ON e.id = k.entry_id
JOIN entries_entry so ON so.id = c.society_id
WHERE c.id = ANY(%s::bigint[]) AND {visible}"""


def show_comment(row: Row, at: datetime) -> Shown:
    url = f"{address('positions:comments', row['position_id'])}#comment-{row['number']}"
    return Shown(row["title"], url, (row["society"],), at)


COMMENT = Kind(
    gettext_lazy("Comments on positions"),
    gettext_lazy("Comment on a position"),
    "message-square",
    (("consultation", "comment"),),
    _COMMENTS,
    show_comment,
    by_part=True,
    folds=True,
)
