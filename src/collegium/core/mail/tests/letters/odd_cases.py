"""Letters with odd charsets, odd heads, sealed letters, and what comes along with letters."""

from __future__ import annotations

import struct

from . import forms

SENDER = "Clara Blotter <clara@nordwind-society.example>"
CHARSETS = {
    "big5": ("big5", "秋季入會的會員，會費怎麼定？"),
    "gb18030": ("gb18030", "秋季入会的会员，会费怎么定？"),
    "iso-2022-jp": ("iso-2022-jp", "秋に入会した会員の会費はどう決めていますか。"),
    "shift_jis": ("shift_jis", "秋に入会した会員の会費はどう決めていますか。"),
    "euc-kr": ("euc-kr", "가을에 가입한 회원의 회비는 어떻게 정합니까?"),
    "windows-1251": ("windows-1251", "Как вы считаете взнос тех, кто вступил осенью?"),
    "koi8-r": ("koi8-r", "Как вы считаете взнос тех, кто вступил осенью?"),
    "windows-1255": ("windows-1255", "איך אתם קובעים דמי חבר?"),
    "windows-1253": ("windows-1253", "Πώς ορίζετε τη συνδρομή;"),
    "windows-1250": ("windows-1250", "Jak ustalacie składkę członków przyjętych jesienią?"),
    "iso-8859-9": ("iso-8859-9", "Sonbaharda katılanların aidatı nasıl belirleniyor, değil mi?"),
    "utf-16": ("utf-16", "Größe zählt nicht."),
    "utf-7": ("utf-7", "Größe zählt nicht."),
}
MISLABELLED = {
    "utf-8-called-latin-1": ("utf-8", "iso-8859-1", "Größe zählt nicht, sagt Änne."),
    "latin-1-called-utf-8": ("iso-8859-1", "utf-8", "Größe zählt nicht, sagt Änne aus Köln."),
    "latin-1-called-ascii": ("iso-8859-1", "us-ascii", "Größe zählt nicht, sagt Änne aus Köln."),
    "windows-1252-called-latin-1": ("windows-1252", "iso-8859-1", "“Größe” zählt nicht – sagt Änne."),
    "koi8-called-latin-1": ("koi8-r", "iso-8859-1", "Как вы считаете взнос тех, кто вступил осенью?"),
    "windows-1251-called-ascii": ("windows-1251", "us-ascii", "Как вы считаете взнос тех, кто вступил осенью?"),
    "utf-8-unknown-8bit": ("utf-8", "unknown-8bit", "Größe zählt nicht, sagt Änne."),
    "gb-called-ascii": (
        "gb18030",
        "x-unknown",
        "秋季入会的会员，会费怎么定？我们收四分之一，有人说太多。有没有免收的？",
    ),
}


def cases() -> dict:
    return {**charsets(), **heads(), **sealed(), **along()}


def _letter(content: bytes, subject: str = "Dues", more: str = "") -> bytes:
    return forms.letter(content, sender=SENDER, subject=subject, number="odd-1", more=more, answers=False)


def charsets() -> dict:
    found: dict = {}
    for name, (charset, text) in CHARSETS.items():
        found[f"charset-{name}"] = (
            _letter(forms.text_part("plain", text + "\n", charset, "base64")),
            {"markdown": text, "problems": []},
        )
    for name, (charset, called, text) in MISLABELLED.items():
        head = f"Content-Type: text/plain; charset={called}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n".encode()
        want = (
            {"markdown": text}
            if name.startswith("windows-1252")
            else {"markdown": text, "problems": ["charset-guessed"]}
        )
        found[f"charset-{name}"] = _letter(head + text.encode(charset) + b"\r\n"), want
    missing = b"Content-Type: text/plain\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + "Größe zählt nicht.\r\n".encode()
    found["charset-missing"] = _letter(missing), {"markdown": "Größe zählt nicht."}
    controls = forms.text_part("plain", "One\x00 two\x07 three\x0bfour \u202edren\u202c\n", "utf-8", "base64")
    found["control-characters"] = _letter(controls), {"markdown": "One two three\nfour dren\u202c"}
    return found


def heads() -> dict:
    def bare(head: str, text: str = "Agreed.\r\n") -> bytes:
        return head.encode() + b"\r\n" + text.encode()

    usual = "Message-ID: <a@b.example>\r\nDate: Tue, 03 Nov 2026 11:45:28 +0100\r\n"
    split_words = "Subject: =?utf-8?B?R3LD?=\r\n =?utf-8?B?tsOfZQ==?= =?iso-8859-1?Q?_z=E4hlt?=\r\n"
    return {
        "subject-cut-letters": (bare(f"From: c@n.example\r\n{usual}{split_words}"), {"subject": "Größe zählt", "markdown": "Agreed."}),
        "subject-raw-utf-8": (bare(f"From: c@n.example\r\n{usual}Subject: Größe zählt\r\n"), {"subject": "Größe zählt"}),
        "subject-japanese": (bare(f"From: c@n.example\r\n{usual}Subject: =?ISO-2022-JP?B?GyRCMnFIcRsoQg==?=\r\n"), {"subject": "会費"}),
        "from-several": (bare(f"From: a@n.example, b@n.example\r\n{usual}"), {"sender": False, "sender_problem": "from-several", "problems": ["from-several"]}),
        "from-twice": (bare(f"From: a@n.example\r\nFrom: b@n.example\r\n{usual}"), {"sender": False, "sender_problem": "from-several"}),
        "from-missing": (bare(usual), {"sender": False, "sender_problem": "from-missing"}),
        "from-malformed": (bare(f"From: Clara Blotter <clara at home>\r\n{usual}"), {"sender": False, "sender_problem": "from-malformed", "sender_name": "Clara Blotter"}),
        "from-comma-in-name": (bare(f'From: "Blotter, Clara (CFO)" <Clara@N.Example>\r\n{usual}'), {"sender": "clara@n.example", "sender_name": "Blotter, Clara (CFO)"}),
        "from-idn": (bare(f"From: Änne <änne@tintenfaß-gesellschaft.example>\r\n{usual}"), {"sender": "änne@xn--tintenfa-gesellschaft-7yb.example", "sender_name": "Änne"}),
        "from-encoded-comma": (bare(f"From: =?utf-8?Q?Blotter=2C_Clara?= <c@n.example>\r\n{usual}"), {"sender": "c@n.example", "sender_name": "Blotter, Clara"}),
        "from-old-style": (bare(f"From: c@n.example (Clara Blotter)\r\n{usual}"), {"sender": "c@n.example", "sender_name": "Clara Blotter"}),
        "message-id-missing": (bare("From: c@n.example\r\nDate: Tue, 03 Nov 2026 11:45:28 +0100\r\n"), {"message_id": False, "problems": ["message-id-missing"]}),
        "message-id-twice": (bare(f"From: c@n.example\r\nMessage-ID: <first@n.example>\r\n{usual}"), {"message_id": "first@n.example", "problems": ["message-id-several"]}),
        "date-absurd": (bare("From: c@n.example\r\nMessage-ID: <a@b.example>\r\nDate: Thu, 01 Jan 1970 00:00:00 +0000\r\n"), {"date": False, "problems": ["date-absurd"]}),
        "date-to-come": (
            bare("Received: from a by b; Tue, 03 Nov 2026 10:45:31 +0000\r\nFrom: c@n.example\r\nMessage-ID: <a@b.example>\r\nDate: Fri, 03 Nov 2056 11:45:28 +0100\r\n"),
            {"date": False, "problems": ["date-absurd"]},
        ),
        "references-repeated": (
            bare(f"From: c@n.example\r\n{usual}References: <1@x.example> <2@x.example>\r\n <1@x.example>\r\nIn-Reply-To: Your letter <2@x.example> of Tuesday\r\n"),
            {"references": ["1@x.example", "2@x.example"], "in_reply_to": ["2@x.example"]},
        ),
        "lines-end-bare": (bare(f"From: c@n.example\r\n{usual}").replace(b"\r\n", b"\n"), {"sender": "c@n.example", "markdown": "Agreed."}),
        "mbox-line-first": (b"From c@n.example Tue Nov  3 10:45:31 2026\n" + bare(f"From: c@n.example\r\n{usual}"), {"sender": "c@n.example", "markdown": "Agreed."}),
    }  # fmt: skip


def _der(tag: int, *content: bytes) -> bytes:
    inner = b"".join(content)
    size = len(inner)
    length = bytes([size]) if size < 128 else bytes([0x82]) + size.to_bytes(2, "big")
    return bytes([tag]) + length + inner


def _signed_data(content: bytes) -> bytes:
    kind = lambda last: _der(0x06, bytes.fromhex("2a864886f70d0107") + bytes([last]))  # noqa: E731 - one name in one place
    inner = _der(0x30, kind(1), _der(0xA0, _der(0x04, content)))
    return _der(0x30, kind(2), _der(0xA0, _der(0x30, _der(0x02, b"\x01"), _der(0x31), inner, _der(0x31))))


def sealed() -> dict:
    words = forms.text_part("plain", "Agreed.\n")
    mime = "; smime-type={}; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    opaque = ("Content-Type: application/pkcs7-mime" + mime.format("signed-data")).encode() + forms.b64(
        _signed_data(words)
    )
    enveloped = ("Content-Type: application/pkcs7-mime" + mime.format("enveloped-data")).encode() + forms.b64(
        b"\x30\x03\x02\x01\x00"
    )
    armoured = "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\nAgreed.\n- - not a list\n-----BEGIN PGP SIGNATURE-----\n\niQEzBAEBCgAdFiEE\n=AbCd\n-----END PGP SIGNATURE-----\n"
    encrypted = b"Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n"
    cipher = forms.file_part(
        "encrypted.asc",
        "application/octet-stream",
        b"-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n",
    )
    signature = forms.file_part("smime.p7s", "application/pkcs7-signature", b"0\x82")
    pgp = forms.file_part("signature.asc", "application/pgp-signature", b"-----BEGIN PGP SIGNATURE-----")
    return {
        "smime-signed": (
            _letter(forms.multipart("signed", "s1", words, signature, more="; protocol=\"application/pkcs7-signature\"; micalg=sha-256")),
            {"markdown": "Agreed.", "wrapped": {"kind": "smime", "signed": True, "encrypted": False, "reason": ""}, "attachments": []},
        ),
        "smime-opaque": (_letter(opaque), {"markdown": "Agreed.", "wrapped": {"kind": "smime", "signed": True, "encrypted": False, "reason": ""}}),
        "smime-encrypted": (
            _letter(enveloped),
            {"markdown": "", "wrapped": {"kind": "smime", "signed": False, "encrypted": True, "reason": "encrypted"}, "problems": ["encrypted"]},
        ),
        "pgp-mime-signed": (
            _letter(forms.multipart("signed", "s1", words, pgp, more="; protocol=\"application/pgp-signature\"; micalg=pgp-sha512")),
            {"markdown": "Agreed.", "wrapped": {"kind": "pgp", "signed": True, "encrypted": False, "reason": ""}, "attachments": []},
        ),
        "pgp-mime-encrypted": (
            _letter(forms.multipart("encrypted", "e1", encrypted, cipher, more="; protocol=\"application/pgp-encrypted\"")),
            {"markdown": "", "wrapped": {"kind": "pgp", "signed": False, "encrypted": True, "reason": "encrypted"}, "problems": ["encrypted"]},
        ),
        "pgp-inline-signed": (
            _letter(forms.text_part("plain", armoured)),
            {"markdown": "Agreed.\n\n- not a list", "wrapped": {"kind": "pgp", "signed": True, "encrypted": False, "reason": ""}},
        ),
        "pgp-inline-encrypted": (
            _letter(forms.text_part("plain", "-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n")),
            {"markdown": "", "problems": ["encrypted"]},
        ),
    }  # fmt: skip


def _attribute(level: int, name: int, kind: int, content: bytes) -> bytes:
    return struct.pack("<BHHI", level, name, kind, len(content)) + content + struct.pack("<H", sum(content) & 0xFFFF)


def winmail() -> bytes:
    return (
        struct.pack("<IH", 0x223E9F78, 1)
        + _attribute(1, 0x9007, 6, struct.pack("<II", 1252, 0))
        + _attribute(2, 0x9002, 6, b"\x01\x00" + b"\xff" * 12)
        + _attribute(2, 0x8010, 1, b"dues.txt\0")
        + _attribute(2, 0x800F, 6, b"Spring: 20\r\n")
    )


INVITATION = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:{}\r\nBEGIN:VEVENT\r\nUID:1@n.example\r\nDTSTART:20261110T100000Z\r\n"
    "SUMMARY:Meeting on dues\r\nLOCATION:Room of Ink\\, first floor\r\nDESCRIPTION:We settle the dues.\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def _calendar(method: str) -> bytes:
    return forms.text_part("calendar", INVITATION.format(method), "utf-8", "base64", f"; method={method}")


def along() -> dict:
    words = forms.text_part("plain", "Agreed.\n")
    page = forms.text_part("html", '<p>Agreed. <img src="cid:ink@n.example"></p>')
    sheet = forms.file_part("dues.csv", "text/csv", b"year;dues\r\n2027;20\r\n")
    ink = forms.file_part("ink.png", "image/png", b"\x89PNG\r\n\x1a\n", "Content-ID: <ink@n.example>\r\n", "inline")
    name = "Content-Type: application/pdf\r\nContent-Disposition: attachment; filename*0*=UTF-8''Beitr%C3%A4ge%20;\r\n filename*1*=2027.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    nested = b"Content-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\nFrom: d@n.example\r\nSubject: Old dues\r\n\r\nThe old text.\r\n"
    csv = {"name": "dues.csv", "content_type": "text/csv", "content_id": False, "inline": False}
    picture = {"name": "ink.png", "content_type": "image/png", "content_id": "ink@n.example", "inline": True}
    ics = {"name": "invitation.ics", "content_type": "text/calendar", "content_id": False, "inline": False}
    return {
        "file": (_letter(forms.multipart("mixed", "m1", words, sheet)), {"markdown": "Agreed.", "attachments": [csv]}),
        "file-between-texts": (
            _letter(forms.multipart("mixed", "m1", words, sheet, forms.text_part("plain", "And thanks.\n"))), {"markdown": "Agreed.\n\nAnd thanks.", "attachments": [csv]},
        ),
        "picture-in-html": (_letter(forms.multipart("related", "r1", page, ink)), {"markdown": "Agreed.", "attachments": [picture]}),
        "picture-in-alternative": (
            _letter(forms.multipart("alternative", "a1", words, forms.multipart("related", "r1", page, ink))), {"markdown": "Agreed.", "attachments": [picture]},
        ),
        "mixed-alternative-related": (
            _letter(forms.multipart("mixed", "m1", forms.multipart("related", "r1", forms.multipart("alternative", "a1", words, page), ink), sheet)),
            {"markdown": "Agreed.", "attachments": [picture, csv]},
        ),
        "file-name-in-pieces": (
            _letter(forms.multipart("mixed", "m1", words, name.encode() + forms.b64(b"%PDF-1.7"))),
            {"attachments": [{"name": "Beiträge 2027.pdf", "content_type": "application/pdf", "content_id": False, "inline": False}]},
        ),
        "file-name-with-path": (
            _letter(forms.multipart("mixed", "m1", words, sheet.replace(b"dues.csv", b"../../etc/dues.csv"))), {"attachments": [csv | {"name": "etc_dues.csv"}]},
        ),
        "letter-in-letter": (
            _letter(forms.multipart("mixed", "m1", words, nested)),
            {"markdown": "Agreed.", "attachments": [{"name": "Old dues.eml", "content_type": "message/rfc822", "content_id": False, "inline": False}]},
        ),
        "winmail": (
            _letter(forms.multipart("mixed", "m1", words, forms.file_part("winmail.dat", "application/ms-tnef", winmail()))),
            {"markdown": "Agreed.", "problems": ["winmail-opened"], "attachments": [{"name": "dues.txt", "content_type": "application/octet-stream", "content_id": False, "inline": False}]},
        ),
        "winmail-broken": (
            _letter(forms.multipart("mixed", "m1", words, forms.file_part("winmail.dat", "application/ms-tnef", b"broken"))),
            {"problems": ["winmail-unreadable"], "attachments": [{"name": "winmail.dat", "content_type": "application/ms-tnef", "content_id": False, "inline": False}]},
        ),
        "invitation": (
            _letter(forms.multipart("alternative", "a1", words, _calendar("REQUEST"))), {"markdown": "Agreed.", "attachments": [ics], "automatic": False},
        ),
        "invitation-without-words": (
            _letter(_calendar("REQUEST")), {"markdown": "Meeting on dues\n\nRoom of Ink, first floor\n\nWe settle the dues.", "attachments": [ics]},
        ),
        "invitation-accepted": (
            _letter(forms.multipart("alternative", "a1", forms.text_part("plain", "\n"), _calendar("REPLY")), "Accepted: Meeting on dues"), {"automatic": "invitation-reply"},
        ),
    }  # fmt: skip
