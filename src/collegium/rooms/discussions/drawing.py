"""The stored article of a post: drawn once, when it is written or changes, and the same for every viewer.

It holds the post and nothing else: no other entry's title, no count, no preview. What differs by viewer is put around
it, or inside it at two places: before `TAIL`, and as a further class of the element it `BEGINS` with.
"""

import re
from collections.abc import Iterable
from datetime import UTC
from functools import cache
from typing import Any

from django.conf import settings
from django.template import Context, Template
from django.template.loader import get_template
from django.urls import reverse
from django.utils import translation
from django.utils.dateformat import format as written
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from collegium.core.files.models import Attachment
from collegium.core.people.models import Person
from collegium.design.catalogue import CATALOGUE
from collegium.design.components import draw
from collegium.design.moments import form_of
from collegium.design.names import initials_of

from .models import Post

BEGINS = '<article class="post'
TAIL = "</div></article>"

# What a file is pictured as, by the beginning of its content type.
_PICTURED = (
    ("image/", "image"),
    ("text/csv", "table"),
    ("text/tab-separated-values", "table"),
    ("application/vnd.ms-excel", "table"),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml", "table"),
    ("application/vnd.oasis.opendocument.spreadsheet", "table"),
    ("application/pdf", "paper"),
    ("text/", "paper"),
)


def article_html(post: Post, *, body: SafeString, files: Iterable[Attachment] = ()) -> str:
    """The article of a post whose author is loaded; `body` is the rendering of its text."""
    with translation.override(settings.LANGUAGE_CODE):
        drawn: str = _template().render(Context(_words(post, body, files)))
    return drawn.strip()


def tombstone_html(post: Post) -> str:
    """What is left of a deleted post: that somebody deleted it, and when."""
    with translation.override(settings.LANGUAGE_CODE):
        by_author = post.deleted_by_id == post.author_id
        sentence = _("Deleted by its author.") if by_author else _("Deleted by an officer of the group.")
        return draw(CATALOGUE["tombstone"], anchor=f"post-{post.number}", sentence=sentence, at=post.deleted_at).strip()


@cache
def _template() -> Template:
    """Compiled once a process."""
    compiled: Template = get_template("discussions/post_article.html").template  # type: ignore[attr-defined]  # Django's own engine
    return compiled


@cache
def _form() -> str:
    """How a stored moment is written, in the language of the house."""
    return form_of("stored")


def _words(post: Post, body: SafeString, files: Iterable[Attachment]) -> dict[str, Any]:
    place, moment = [post.topic_id, post.number], post.at.astimezone(UTC)
    return {
        "number": str(post.number),
        "initials": initials_of(post.author_name),
        "name": post.author_name,
        "title": post.author_title,
        "society": post.society_name,
        "person_url": post.author.get_absolute_url() if post.author else "",
        "body": body,
        "files": _drawn_files(files),
        # As the component "time" writes it, whose several forms would cost as much as the rest of the article.
        "machine": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "form": _form(),
        "written": written(moment, _form()),
        "reply_to": str(post.reply_to) if post.reply_to else "",
        "reply_url": reverse("discussions:post", args=[post.topic_id, post.reply_to]) if post.reply_to else "",
        "trimmed_url": reverse("discussions:trimmed", args=place) if post.trimmed else "",
        "wordings_url": reverse("discussions:wordings", args=place) if post.edited_at else "",
        "answer_url": f"{reverse('discussions:answer', args=[post.topic_id])}?to={post.number}",
    }


_PROSE, _ENDS = (
    '<div class="prose">',
    ('</div><p class="trimmed">', '</div><div class="files">', "</div><footer>"),
)


def body_of(article: str) -> SafeString:
    """The rendering of a post's text, taken out of its stored article."""
    rest = article.partition(_PROSE)[2]
    # What is written cannot hold these: no class of a writer's passes the sanitiser.
    return SafeString(rest[: min(end for mark in _ENDS if (end := rest.find(mark)) >= 0)])


def with_author(post: Post, old: Person, new: Person) -> str:
    """The stored article of a post of `old`, signed by `new` instead; its text is not drawn anew."""
    face, by = '<span class="face" aria-hidden="true">{}</span>', '<a href="{}">{}</a></h2>'
    changes = (
        (face, [initials_of(post.author_name)], [initials_of(new.full_name)]),
        (by, [old.get_absolute_url(), post.author_name], [new.get_absolute_url(), new.full_name]),
    )
    article = post.article
    for form, before, after in changes:
        article = article.replace(format_html(form, *before), format_html(form, *after), 1)
    return article


def claimed(post: Post, by: Person) -> str:
    """The stored article of a post of whose author only the name was known, leading to whose it is."""
    before, after = "{}</h2>", '<a href="{}">{}</a></h2>'
    link = format_html(after, by.get_absolute_url(), post.author_name)
    return post.article.replace(format_html(before, post.author_name), link, 1)


def with_mention(article: str, old: Person, new: Person) -> str:
    """The stored article with its mentions of `old` leading to `new`, by the name of `new`."""
    address = re.escape(old.get_absolute_url())
    link = re.compile(rf'(<a (?=[^>]*class="mention")[^>]*href="){address}("[^>]*>)[^<]*(</a>)')
    url, name = new.get_absolute_url(), escape(f"@{new.name}")
    return link.sub(lambda found: f"{found[1]}{url}{found[2]}{name}{found[3]}", article)


def _drawn_files(files: Iterable[Attachment]) -> SafeString:
    return format_html_join("", "{}", ([_drawn_file(file)] for file in files))


def _drawn_file(file: Attachment) -> SafeString:
    pictured = (word for beginning, word in _PICTURED if file.content_type.startswith(beginning))
    kind = next(pictured, "file")
    return draw(CATALOGUE["file-item"], name=file.name, url=file.get_absolute_url(), size=file.size, kind=kind)
