"""Answers and forwarded letters as the mail programs of people write them, in every language of the corpus."""

from __future__ import annotations

from html import escape

from . import forms
from .tongues import Tongue

NUMBER = "CAF8rn0wPenAndInk"


def _from(tongue: Tongue) -> str:
    return f"{forms.encoded_word(tongue.writer)} <{tongue.address}>"


def _subject(tongue: Tongue, prefix: str, charset: str = "utf-8") -> str:
    return forms.encoded_word(f"{prefix}: {tongue.subject}", charset)


def _statement(tongue: Tongue, form: str) -> str:
    return form.format(peer=tongue.peer, address=tongue.peers_address)


def _divs(lines, line: str = "<div>{}</div>", blank: str = "<div><br></div>") -> str:
    return "".join(line.format(escape(one, quote=False)) if one else blank for one in lines)


def expected(tongue: Tongue) -> dict:
    return {"markdown": "\n".join(tongue.answer), "sender": tongue.address, "sender_name": tongue.writer}


def gmail_web(tongue: Tongue):
    statement = _statement(tongue, tongue.gmail)
    plain = "\n".join([*tongue.answer, "", statement, "", *(f"> {line}" for line in tongue.quoted), ""])
    attribution = escape(statement, quote=False).replace(
        f"&lt;{tongue.peers_address}&gt;", f'&lt;<a href="mailto:{tongue.peers_address}">{tongue.peers_address}</a>&gt;'
    )
    html = (
        f'<div dir="ltr">{_divs(tongue.answer)}</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">'
        f'{attribution}<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);'
        f'padding-left:1ex">{"<br>".join(escape(line) for line in tongue.quoted)}</blockquote></div>\n'
    )
    content = forms.multipart(
        "alternative",
        "0000000000009f1c2d06",
        forms.text_part("plain", plain, "UTF-8"),
        forms.text_part("html", html, "UTF-8"),
    )
    return forms.letter(content, sender=_from(tongue), subject=_subject(tongue, "Re"), number=NUMBER), expected(tongue)


def gmail_html_only(tongue: Tongue):
    """What some relays make of Gmail's letters: the plain part lost, a phone's footer kept."""
    attribution = escape(_statement(tongue, tongue.gmail), quote=False)
    html = (
        f'<div dir="auto">{_divs(tongue.answer, "<div dir=auto>{}</div>", "<div dir=auto><br></div>")}<br><br>'
        '<div data-smartmail="gmail_signature" class="gmail_signature" dir="auto">Penholder of the Nordwind Society<br>+99 555 0100</div></div>'
        f'<br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">{attribution}<br></div><blockquote class="gmail_quote" '
        f'style="margin:0 0 0 .8ex;border-left:1px #ccc solid;padding-left:1ex">{"<br>".join(escape(line) for line in tongue.quoted)}'
        "</blockquote></div>"
    )
    content = forms.text_part("html", html, "UTF-8", "base64")
    return forms.letter(content, sender=_from(tongue), subject=_subject(tongue, "Re"), number=NUMBER), expected(tongue)


def outlook_desktop(tongue: Tongue):
    """Plain beside HTML, in the charset of the country; the head of the other letter, and no quote marks."""
    label = tongue.heads
    head = [
        f"{label[0]}: {tongue.peer} <{tongue.peers_address}> ",
        f"{label[1]}: {tongue.sent}",
        f"{label[2]}: dues@council.example",
        f"{label[3]}: {tongue.subject}",
    ]
    plain = "\n".join([*tongue.answer, "", tongue.closing, tongue.writer, "", *head, "", *tongue.quoted, ""])
    line, blank = '<p class="MsoNormal">{}<o:p></o:p></p>\n', '<p class="MsoNormal"><o:p>&nbsp;</o:p></p>\n'
    rows = "<br>\n".join(f"<b>{escape(one.partition(':')[0])}:</b>{escape(one.partition(':')[2])}" for one in head)
    html = (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!-- p.MsoNormal {margin:0cm;} --></style></head>'
        f'<body lang="EN-US" link="#0563C1"><div class="WordSection1">{_divs([*tongue.answer, "", tongue.closing, tongue.writer], line, blank)}'
        '<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><span lang="EN-US">'
        f"{rows}<o:p></o:p></span></p></div>{_divs(tongue.quoted, line, blank)}</div></body></html>"
    )
    charset = tongue.charset if tongue.charset != "iso-2022-jp" else "utf-8"
    plain = plain.replace("’", "'") if charset == "iso-8859-1" else plain
    charset_of_plain = charset if _fits(plain, charset) else "utf-8"
    content = forms.multipart(
        "alternative",
        "_000_AM9PR04MB1nkwe11_",
        forms.text_part(
            "plain",
            plain,
            charset_of_plain,
            "base64" if charset_of_plain in ("utf-8", "gb2312") else "quoted-printable",
        ),
        forms.text_part("html", html, "utf-8", "base64"),
    )
    more = "Accept-Language: en-US\r\nThread-Topic: Dues\r\nX-MS-Has-Attach:\r\nX-Mailer: Microsoft Outlook 16.0\r\n"
    subject = _subject(tongue, tongue.reply)
    want = expected(tongue)
    want["markdown"] += f"\n\n{tongue.closing}\n{tongue.writer}"
    return forms.letter(content, sender=_from(tongue), subject=subject, number="AM9PR04MB1", more=more), want


def _fits(text: str, charset: str) -> bool:
    try:
        text.encode(charset)
    except UnicodeError:
        return False
    return True


def outlook_web(tongue: Tongue):
    """HTML only; the history begins at an empty element."""
    label = tongue.heads
    line = '<div class="elementToProof" style="font-family: Aptos, Calibri, sans-serif; font-size: 12pt; color: rgb(0, 0, 0);">{}</div>'
    html = (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body dir="ltr">{_divs(tongue.answer, line, line.format("<br>"))}'
        '<div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr">'
        f'<font face="Calibri, sans-serif" style="font-size:11pt" color="#000000"><b>{label[0]}:</b> {tongue.peer} &lt;{tongue.peers_address}&gt;<br>'
        f"<b>{label[1]}:</b> {tongue.sent}<br><b>{label[2]}:</b> dues@council.example<br><b>{label[3]}:</b> {tongue.subject}</font><div>&nbsp;</div></div>"
        f"<div>{_divs(tongue.quoted)}</div></body></html>"
    )
    content = forms.text_part("html", html, "utf-8")
    return forms.letter(
        content, sender=_from(tongue), subject=_subject(tongue, tongue.reply), number="DB7PR"
    ), expected(tongue)


def outlook_phone(tongue: Tongue):
    label = tongue.heads
    html = (
        f'<html><head></head><body><div dir="ltr">{_divs(tongue.answer, "<div dir=ltr>{}</div>", "<div dir=ltr><br></div>")}</div>'
        f'<div id="ms-outlook-mobile-signature"><div><br></div><div dir="ltr"><a href="https://aka.ms/o0ukef">{tongue.outlook_app}</a></div></div>'
        '<div id="mail-editor-reference-message-container" class="ms-outlook-mobile-reference-message"><hr style="display: inline-block; width: 98%;">'
        f'<div id="divRplyFwdMsg"><b>{label[0]}:</b> {tongue.peer} &lt;{tongue.peers_address}&gt;<br><b>{label[1]}:</b> {tongue.sent}<br>'
        f"<b>{label[2]}:</b> dues@council.example<br><b>{label[3]}:</b> {tongue.subject}</div><br>{_divs(tongue.quoted)}</div></body></html>"
    )
    plain = "\n".join(
        [
            *tongue.answer, "", f"{tongue.outlook_app}<https://aka.ms/o0ukef>", "________________________________",
            f"{label[0]}: {tongue.peer} <{tongue.peers_address}>", f"{label[1]}: {tongue.sent}", f"{label[2]}: dues@council.example",
            f"{label[3]}: {tongue.subject}", "", *tongue.quoted,
        ]
    )  # fmt: skip
    content = forms.multipart(
        "alternative", "_000_PH0PR_", forms.text_part("plain", plain), forms.text_part("html", html)
    )
    return forms.letter(
        content, sender=_from(tongue), subject=_subject(tongue, tongue.reply), number="PH0PR"
    ), expected(tongue)


def apple_phone(tongue: Tongue):
    statement = _statement(tongue, tongue.apple)
    quoted = "\n".join(["> " + statement, "> ", *(f"> {line}" for line in tongue.quoted)])
    plain = "\n".join([*tongue.answer, "", tongue.iphone, "", quoted, ""])
    html = (
        '<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head><body dir="auto">'
        f'{_divs(tongue.answer)}<div><br></div><div id="AppleMailSignature" dir="ltr">{tongue.iphone}</div><div dir="ltr"><br>'
        f'<blockquote type="cite">{escape(statement, quote=False)}<br><br></blockquote></div><blockquote type="cite"><div dir="ltr">'
        f"{'<br>'.join(escape(line) for line in tongue.quoted)}</div></blockquote></body></html>"
    )
    content = forms.multipart(
        "alternative",
        "Apple-Mail-0F3D2C1B",
        forms.text_part("plain", plain),
        forms.text_part("html", html),
        more=";\r\n\tcharset=utf-8",
    )
    more = "X-Mailer: iPhone Mail (23B85)\r\n"
    return forms.letter(
        content, sender=_from(tongue), subject=_subject(tongue, "Re"), number="0F3D2C1B", more=more
    ), expected(tongue)


def thunderbird_inline(tongue: Tongue):
    """Answers between the lines, flowed, in the charset of the country."""
    statement = _statement(tongue, tongue.thunderbird)
    greeting, question, claim, wish, name = tongue.quoted
    plain = "\n".join(
        [
            statement, f"> {greeting}", f"> {question}", "", tongue.first, "", f"> {claim}", f"> {wish}", "", tongue.second, "",
            f"> {name}", "", "-- ", tongue.writer, "Nordwind Society, +99 555 0100", "",
        ]
    )  # fmt: skip
    charset = tongue.charset if _fits(plain, tongue.charset) else "utf-8"
    encoding = "7bit" if charset in ("us-ascii", "iso-2022-jp") else "8bit"
    content = forms.text_part("plain", plain, charset, encoding, "; format=flowed")
    more = "User-Agent: Mozilla Thunderbird\r\nContent-Language: en-US\r\n"
    want = expected(tongue)
    want["markdown"] = f"> {greeting}\n> {question}\n\n{tongue.first}\n\n> {claim}\n> {wish}\n\n{tongue.second}"
    subject = _subject(tongue, "Re", charset if charset != "us-ascii" else "utf-8")
    return forms.letter(content, sender=_from(tongue), subject=subject, number="b3c5d0e7", more=more), want


def gmail_forward(tongue: Tongue):
    """A letter handed on with a word before it: kept whole."""
    words = tongue.answer[2]
    head = [
        f"From: {tongue.peer} <{tongue.peers_address}>",
        "Date: Tue, Nov 3, 2026 at 10:12 AM",
        f"Subject: {tongue.subject}",
        "To: <dues@council.example>",
    ]
    mark = tongue.forwarded
    plain = "\n".join([words, "", mark, *head, "", "", *tongue.quoted, ""])
    html_head = "<br>".join(escape(line, quote=False) for line in head)
    html = (
        f'<div dir="ltr">{words}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">{mark}<br>{html_head}<br></div><br><br>'
        f'<div dir="ltr">{"<br>".join(tongue.quoted)}</div></div>'
    )
    content = forms.multipart(
        "alternative", "000000000000aa77", forms.text_part("plain", plain), forms.text_part("html", html)
    )
    want = expected(tongue)
    want["markdown"] = "\n".join([words, "", mark, *head, "", *tongue.quoted])
    subject = _subject(tongue, tongue.forward)
    return forms.letter(content, sender=_from(tongue), subject=subject, number="CAFfwd", answers=False), want


PROGRAMS = {
    "gmail-web": gmail_web,
    "gmail-android-html": gmail_html_only,
    "outlook-desktop": outlook_desktop,
    "outlook-web": outlook_web,
    "outlook-ios": outlook_phone,
    "apple-iphone": apple_phone,
    "thunderbird-inline": thunderbird_inline,
    "gmail-forward": gmail_forward,
}
