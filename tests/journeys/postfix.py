"""Debian's Postfix between the house and the world, as docs/how-to/letters.md sets it up, for the time of a test.

It has a folder and ports of its own and is no service of the machine. Three of its doors listen on this machine alone:
one takes the house's own letters out to the world, one is the world's, and one stands for the world behind a verifier:
there each letter gets the verdict that OpenDMARC would give one that is from where it says. That verdict is all that is
made up, since nobody can prove anything without asking the DNS. At both doors of the world whatever somebody else wrote
in the verifier's name is taken away.
"""

from __future__ import annotations

import os
import shutil
import smtplib
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from pathlib import Path

import pytest

VERIFIER = "mx.peers.example"
DOMAIN = "peers.example"
PATIENCE = 60
PROGRAM = shutil.which("postfix", path=f"{os.environ['PATH']}:/usr/sbin:/sbin")

MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = {verifier}
mydestination =
mynetworks =
disable_dns_lookups = yes
smtp_dns_support_level = disabled
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
default_transport = smtp:[127.0.0.1]:{world}
relay_transport = $default_transport
local_recipient_maps =
alias_maps =
virtual_mailbox_domains = {domain}
virtual_transport = lmtp:inet:127.0.0.1:{house}
message_size_limit = 50000000
virtual_mailbox_limit = 0
mailbox_size_limit = 0
"""
MASTER = """
127.0.0.1:{outward} inet n - n - - smtpd -o mynetworks=127.0.0.0/8
127.0.0.1:{unproved} inet n - n - - smtpd -o cleanup_service_name=stripping
127.0.0.1:{proved} inet n - n - - smtpd -o cleanup_service_name=vouching
cleanup unix n - n - 0 cleanup
stripping unix n - n - 0 cleanup -o header_checks=regexp:{folder}/stripping
vouching unix n - n - 0 cleanup -o header_checks=regexp:{folder}/vouching
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
smtp unix - - n - - smtp
lmtp unix - - n - - lmtp
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""
STRIPPING = r"/^Authentication-Results:\s*{verifier}\b/ IGNORE"
VOUCHING = (
    STRIPPING
    + r"""
/^From:.*@([-a-z0-9.]+)>?\s*$/ PREPEND Authentication-Results: {verifier}; dmarc=pass header.from=$1
"""
)


@dataclass(frozen=True)
class Postfix:
    """Where it listens."""

    folder: Path
    outward: int
    unproved: int
    proved: int

    def carry(self, letter: EmailMessage, *, sender: str, to: str, is_proved: bool = True) -> None:
        """Bring it a letter as the sender's own server would."""
        with smtplib.SMTP("127.0.0.1", self.proved if is_proved else self.unproved, timeout=PATIENCE) as server:
            server.sendmail(sender, [to], letter.as_bytes(policy=policy.SMTP))

    def log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")


@contextmanager
def postfix(*doors: int, house: int, world: int) -> Iterator[Postfix]:
    """Running, with its three doors, the house and the world at these ports; skips the test where there is none."""
    if PROGRAM is None or os.geteuid() != 0:
        pytest.skip("Postfix is not installed, or this is not root, who alone can start it: sh .ci/postfix")
    folder = Path(tempfile.mkdtemp(prefix="collegium-postfix-"))
    found = Postfix(folder, *doors)
    try:
        _write(found, house=house, world=world)
        _tell(found, "start")
        yield found
    finally:
        if (folder / "queue/pid/master.pid").exists():
            _tell(found, "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _write(found: Postfix, *, house: int, world: int) -> None:
    """Its files. It gives root's rights away, so the folder is open to its own user."""
    found.folder.chmod(0o755)
    for name in ("queue", "data"):
        (found.folder / name).mkdir(mode=0o755)
    shutil.chown(found.folder / "data", "postfix")
    words = vars(found) | {"house": house, "world": world, "verifier": VERIFIER, "domain": DOMAIN}
    for name, text in (("main.cf", MAIN), ("master.cf", MASTER), ("stripping", STRIPPING), ("vouching", VOUCHING)):
        (found.folder / name).write_text(text.format(**words).lstrip("\n"))


def _tell(found: Postfix, word: str) -> None:
    assert PROGRAM is not None  # asked before
    done = subprocess.run([PROGRAM, "-c", str(found.folder), word], capture_output=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr
