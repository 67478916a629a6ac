"""What people do, by the labels they read on the pages."""

from __future__ import annotations

import base64
import hmac
import re
import time
from datetime import datetime
from pathlib import Path

from collegium.rooms.discussions.tests.factories import tell

from .reader import Reader
from .scene import Scene


def the_worker_has_told_everybody() -> None:
    """The jobs that wait are done, as the worker would."""
    tell()


def the_clock_moves(scene: Scene, to: datetime) -> None:
    scene.clock.move_to(to)


# --- signing in and out


def they_sign_in_by_code(reader: Reader, email: str) -> None:
    """Ask for a code, read it in the letter, enter it."""
    reader.open("/account/login/")
    reader.field("Your e-mail address").fill(email)
    reader.press("Send me a code")
    code = _code_in_the_newest_letter(reader)
    reader.field("Code").fill(code)
    reader.press("Sign in", within="#main")


def _code_in_the_newest_letter(reader: Reader) -> str:
    """As somebody would who reads their mail in another window."""
    letters = Reader(reader.context)
    letters.open("/office/letters/")
    newest = letters.page.locator("#main li a").first
    letters.arrive(newest.click)
    found = re.match(r"(\S+) is your sign-in code", letters.title)
    letters.page.close()
    assert found, "the newest letter holds no code"
    reader.complaints += letters.complaints
    return found[1]


def they_sign_out(reader: Reader) -> None:
    they_open_the_account_menu(reader)
    reader.press("Sign out", within=".masthead")


def they_open_the_account_menu(reader: Reader) -> None:
    reader.page.locator("details.account > summary").click()
    reader.look_over()


# --- groups


def they_ask_to_join(reader: Reader, group: str, *, note: str) -> None:
    """From the list of groups to the group's door."""
    reader.open("/groups/")
    reader.follow(group, within="#main")
    reader.page.get_by_label("A word to those who answer").fill(note)
    reader.press("Ask to join")


def they_approve(reader: Reader, name: str, *, group: str) -> None:
    """On the group's page, under the request of this person."""
    reader.open(group)
    request = reader.page.locator("article.request", has_text=name)
    reader.arrive(request.get_by_role("button", name="Approve", exact=True).click)


def they_turn_the_second_key(reader: Reader, name: str, *, group: str) -> None:
    """Or for the seat of this function."""
    reader.open(group)
    waiting = reader.page.locator(".confirmation", has_text=name)
    reader.arrive(waiting.get_by_role("button", name="Confirm", exact=True).click)


# --- conversations


def they_ask(reader: Reader, title: str, text: str, *, group: str, file: Path | None = None) -> str:
    """A new question in the group; the topic's address."""
    reader.open(group)
    reader.follow("New topic")
    they_write_a_question(reader, title, text, file=file)
    reader.press("Post it")
    return reader.path.partition("?")[0]


def they_write_a_question(reader: Reader, title: str, text: str, *, file: Path | None = None) -> None:
    reader.page.get_by_label(re.compile("^A question")).check()
    reader.field("Title").fill(title)
    reader.field("Your text").fill(text)
    if file:
        reader.page.get_by_label(re.compile("^Files")).set_input_files(file)


def they_answer(reader: Reader, text: str) -> None:
    """Below the topic that is open."""
    reader.page.locator("#answer").get_by_label("Your answer", exact=True).fill(text)
    reader.press("Answer", within="#answer")


def they_accept_the_answer_of(reader: Reader, name: str) -> None:
    post = reader.page.locator("article.post", has_text=name)
    reader.arrive(post.get_by_role("button", name="Accept this answer").click)


def they_read_their_notices(reader: Reader) -> None:
    reader.arrive(reader.page.locator(".masthead-tools > a.tool:has-text('Notices')").click)


# --- keys of one's own


def they_add_a_passkey(reader: Reader, *, name: str) -> None:
    reader.open("/account/security/")
    reader.follow("Add a passkey", within="#main")
    reader.page.get_by_label(re.compile("^A name to tell it by")).fill(name)
    reader.press("Add it")


def they_set_up_an_app(reader: Reader) -> str:
    """Enter its first number; the secret it was given."""
    reader.open("/account/security/")
    reader.follow("Set up an app")
    reader.page.get_by_text("I cannot scan it").click()
    reader.look_over()
    secret = reader.page.locator(".secret").inner_text()
    reader.field("The number the app shows").fill(number_of_the_app(secret))
    reader.press("Switch it on")
    return secret


def they_enter_the_number(reader: Reader, secret: str) -> None:
    reader.field("The number your app shows, or a recovery code").fill(number_of_the_app(secret))
    reader.press("Sign in", within="#main")


def number_of_the_app(secret: str) -> str:
    """Six digits that change every 30 seconds, from a secret in base 32 (RFC 6238, RFC 4226 section 5.3)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, int(time.time() // 30).to_bytes(8, "big"), "sha1")
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 10**6:06}"


# --- how it looks


def they_choose_the_theme(reader: Reader, name: str) -> None:
    they_open_the_account_menu(reader)
    reader.press(name, within=".masthead")
