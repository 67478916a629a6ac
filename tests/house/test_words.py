"""What is written down: suppressions with reasons, no word of how the house was built, no bare text in a template."""

from __future__ import annotations

import io
import re
import tokenize

import pytest

from .reading import ROOT, code, files, name_of, none, proofs, text_of

HERE = "tests/house/test_words.py"
SUPPRESSIONS = [
    (re.compile(r"noqa"), re.compile(r"noqa: [A-Z]+[0-9]+(, ?[A-Z]+[0-9]+)*\s+[-–#]*\s*\w")),
    (re.compile(r"type: ?ignore"), re.compile(r"type: ignore\[[\w, -]+\]\s+#\s*\w")),
    (re.compile(r"pragma: no"), re.compile(r"pragma: no \w+\s+[-–#]+\s*\w")),
]


def comments(path):
    for token in tokenize.generate_tokens(io.StringIO(text_of(path)).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def test_every_suppression_has_a_reason():
    found = []
    for path in [*code(), *proofs()]:
        # Only a file with one of the words in it anywhere need be taken apart into its comments.
        if not any(there.search(text_of(path)) for there, _reasoned in SUPPRESSIONS):
            continue
        for line, comment in comments(path):
            for there, reasoned in SUPPRESSIONS:
                if there.search(comment) and not reasoned.search(comment):
                    found.append(f"{name_of(path)}:{line} {comment}")
    none(found)


WORKSHOP = {
    "an issue's number": r"\bissues?\s*#\s*\d|\bissue \d",
    "who built it": r"(?<!user[- _])(?<!User-)\b(sub)?agents?\b(?! of )",
    "how it was built": r"session log|\bthe lead\b|\bhelper session",
    "a place on some machine": r"(?<![\w.])/work/|/tmp/(?!\w*\{)|\.\./shared|/home/\w+/",
    "a registry's address": r"pypi\.org|pythonhosted\.org|npmjs\.(org|com)|-index-url|registry\.\w+\.(org|com|io)",
}
WRITTEN = (
    ".py",
    ".html",
    ".txt",
    ".md",
    ".toml",
    ".css",
    ".js",
    ".lock",
    ".yml",
    ".yaml",
    ".cfg",
    ".ini",
    ".sh",
    "Makefile",
    "run",
)


# What browsers send to say who they are is called so everywhere.
BROWSERS = {"src/collegium/web/account/browsers.py"}


def written():
    return [path for suffix in WRITTEN for path in files(suffix) if name_of(path) != HERE]


@pytest.mark.parametrize("what", WORKSHOP)
def test_nothing_tells_of_the_workshop(what):
    pattern = re.compile(WORKSHOP[what], re.IGNORECASE)
    found = []
    for path in written():
        for number, line in enumerate(text_of(path).splitlines(), 1):
            if pattern.search(line):
                found.append(f"{name_of(path)}:{number} {line.strip()[:80]}")
    none(one for one in found if one.partition(":")[0] not in BROWSERS)


# --- templates

# What the gallery shows stands for what others will write.
SAMPLES = ("design/templates/design/gallery", "design/templates/design/samples")
TRANSLATED = re.compile(r"{%\s*blocktranslate.*?{%\s*endblocktranslate\s*%}", re.DOTALL)
REMARKS = re.compile(r"{%\s*comment.*?{%\s*endcomment\s*%}|{#.*?#}|<!--.*?-->|<(script|style)\b.*?</\1>", re.DOTALL)
TAGS = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
ELEMENTS = re.compile(r"<[^>]*>", re.DOTALL)
ENTITIES = re.compile(r"&[a-zA-Z]+;|&#x?[0-9a-fA-F]+;")
READ_ALOUD = re.compile(r"""\b(?:title|aria-label|placeholder|alt|aria-description)=(["'])(.*?)\1""", re.DOTALL)
GIVEN_TO_TAGS = re.compile(r"""\b(?:label|title|text|heading|hint|summary|message)=(["'])[A-Z][a-z]""")
# A block may hold one word the stylesheet knows, and the product has its own name.
WORDS_OF_STYLE = re.compile(r"{% block \w+ %}[a-z-]+{% endblock")
PRODUCT = "Collegium"
LETTERS = re.compile(r"[^\W\d_]{2}")


def templates():
    found = [path for path in files(".html", ROOT / "src") + files(".txt", ROOT / "src") if "templates" in path.parts]
    return [path for path in found if not any(sample in name_of(path) for sample in SAMPLES)]


def bare(text):
    text = REMARKS.sub(" ", TRANSLATED.sub(" ", text))
    spoken = [value for _quote, value in READ_ALOUD.findall(TAGS.sub("", text))]
    outside = ENTITIES.sub(" ", ELEMENTS.sub(" ", TAGS.sub("", WORDS_OF_STYLE.sub("{% endblock", text)))).replace(
        PRODUCT, ""
    )
    return [one.strip() for one in [*outside.splitlines(), *spoken] if LETTERS.search(one)]


def test_no_template_has_bare_text():
    found = [f"{name_of(path)}: {line[:80]}" for path in templates() for line in bare(text_of(path))]
    none(found)


def test_no_template_hands_bare_text_to_a_component():
    tags = ((path, tag) for path in templates() for tag in TAGS.findall(REMARKS.sub(" ", text_of(path))))
    none(f"{name_of(path)}: {tag[:80]}" for path, tag in tags if GIVEN_TO_TAGS.search(tag))


def test_the_bare_text_guard_sees_what_it_should():
    assert bare('<p>{% translate "Sign" %} {{ name }} &middot; 12</p>') == []
    assert bare("<p>Sign</p>") == ["Sign"]
    assert bare('<a title="Read it" href="/topics/">{{ title }}</a>') == ["Read it"]
    assert bare("{% blocktranslate %}Hello{% endblocktranslate %}{# Nobody reads this #}") == []
