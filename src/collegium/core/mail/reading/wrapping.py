"""Letters that are sealed: what is signed is read through, what is encrypted is said to be so (RFC 8551, 3156)."""

from __future__ import annotations

import re

from .parts import Part, tree_of
from .results import Wrapped

MAX_LEVELS = 12
SIGNATURES = {
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "application/pgp-signature",
    "application/pgp-keys",
}
SMIME = {"application/pkcs7-mime", "application/x-pkcs7-mime"}
SIGNED_DATA = bytes.fromhex("2a864886f70d010702")  # 1.2.840.113549.1.7.2
PLAIN_DATA = bytes.fromhex("2a864886f70d010701")  # 1.2.840.113549.1.7.1
SEQUENCE, SET, OBJECT, OCTETS, OCTETS_IN_PIECES, EXPLICIT = 0x30, 0x31, 0x06, 0x04, 0x24, 0xA0

PGP_SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----\n"
PGP_SIGNATURE, PGP_END = "\n-----BEGIN PGP SIGNATURE-----", "\n-----END PGP SIGNATURE-----"
PGP_ENCRYPTED = re.compile(r"^-----BEGIN PGP MESSAGE-----$", re.MULTILINE)
DASHED = re.compile(r"^- ", re.MULTILINE)


def unwrapped(root: Part) -> tuple[Part, Wrapped | None]:
    """The part that holds what was written, and how it was sealed."""
    wrapped: Wrapped | None = None
    for _level in range(4):
        if root.kind == "multipart/signed" and root.children:
            kind = "pgp" if "pgp" in root.parameters.get("protocol", "pgp").lower() else "smime"
            wrapped = Wrapped(kind, signed=True, encrypted=False)
            root = root.children[0]
        elif root.kind == "multipart/encrypted":
            return root, Wrapped("pgp", signed=False, encrypted=True, reason="encrypted")
        elif root.kind in SMIME:
            inner = signed_content(root.content) if _may_be_signed(root) else None
            if inner is None:
                return root, _unreadable(root)
            wrapped = Wrapped("smime", signed=True, encrypted=False)
            root, _left_out = tree_of(inner)
        else:
            break
    return root, wrapped


def _may_be_signed(part: Part) -> bool:
    return part.parameters.get("smime-type", "signed-data").lower() == "signed-data"


def _unreadable(part: Part) -> Wrapped:
    if part.parameters.get("smime-type", "").lower() == "signed-data":
        return Wrapped("smime", signed=True, encrypted=False, reason="sealed-unreadable")
    return Wrapped("smime", signed=False, encrypted=True, reason="encrypted")


def unarmoured(text: str) -> tuple[str, Wrapped | None]:
    """A plain text without the marks of PGP, and how it was sealed."""
    if PGP_ENCRYPTED.search(text):
        return "", Wrapped("pgp", signed=False, encrypted=True, reason="encrypted")
    before, begins, rest = text.partition(PGP_SIGNED)
    signed, signature, rest = rest.partition(PGP_SIGNATURE)
    _cipher, ends, after = rest.partition(PGP_END)
    if not (begins and signature and ends) or before.strip():
        return text, None
    # Fields like `Hash: SHA512` up to the first blank line.
    words = signed.partition("\n\n")[2] if not signed.startswith("\n") else signed[1:]
    return DASHED.sub("", words) + after, Wrapped("pgp", signed=True, encrypted=False)


# --- the envelope of signed data (CMS, RFC 5652), as far as its content


def signed_content(content: bytes) -> bytes | None:
    """What a signed-data envelope holds; None for another envelope, or a broken one."""
    try:
        outer = _children(content, SEQUENCE)
        if outer[0] != (OBJECT, SIGNED_DATA):
            return None
        version_digests_content = _children(_children(outer[1][1], SEQUENCE, unwrapped=True)[0][1])
        encapsulated = next(value for tag, value in version_digests_content[1:] if tag == SEQUENCE)
        kind, holder = _children(encapsulated)[:2]
        if kind != (OBJECT, PLAIN_DATA) or holder[0] != EXPLICIT:
            return None
        return _octets(_children(holder[1])[0])
    except (IndexError, StopIteration, ValueError):
        return None


def _octets(element: tuple[int, bytes]) -> bytes:
    tag, value = element
    if tag == OCTETS:
        return value
    if tag != OCTETS_IN_PIECES:
        raise ValueError("not octets")
    return b"".join(piece for inner, piece in _children(value) if inner == OCTETS)


def _children(content: bytes, tag: int | None = None, *, unwrapped: bool = False) -> list[tuple[int, bytes]]:
    """The elements in these bytes; with a tag, those inside the first element, which must bear it."""
    found: list[tuple[int, bytes]] = []
    at = 0
    while at < len(content) and len(found) < 100_000:
        inner_tag, value, at = _element(content, at)
        if inner_tag == 0 and not value:
            break
        found.append((inner_tag, value))
        if tag is not None:
            break
    if tag is None:
        return found
    if not found or found[0][0] != tag:
        raise ValueError("another element")
    return found if unwrapped else _children(found[0][1])


def _element(content: bytes, at: int) -> tuple[int, bytes, int]:
    """The tag and the bytes of the element here, and where the next begins."""
    tag, length = content[at], content[at + 1]
    at += 2
    if length == 0x80:
        end = _end_of_indefinite(content, at)
        return tag, content[at:end], end + 2
    if length > 0x80:
        size = length & 0x7F
        length = int.from_bytes(content[at : at + size], "big")
        at += size
    if length > len(content) - at:
        raise ValueError("cut off")
    return tag, content[at : at + length], at + length


def _end_of_indefinite(content: bytes, at: int) -> int:
    """Where the two zero bytes stand that end an element whose length was not told beforehand."""
    depth = 0
    while True:
        tag, length = content[at], content[at + 1]
        if tag == 0 and length == 0:
            if depth == 0:
                return at
            depth, at = depth - 1, at + 2
        elif length == 0x80:
            depth, at = depth + 1, at + 2
            if depth > MAX_LEVELS:
                raise ValueError("too deep")
        else:
            size = length & 0x7F if length > 0x80 else 0
            at += 2 + size + (int.from_bytes(content[at + 2 : at + 2 + size], "big") if size else length)
