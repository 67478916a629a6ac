"""Letters that machines write: reports, complaints, absences; and letters of lists."""

from __future__ import annotations

from . import forms

DAEMON = "Mail Delivery System <MAILER-DAEMON@mx.southwind.example>"
ORIGINAL = (
    "From: Council <letters@council.example>\r\nTo: dora@southwind.example\r\nSubject: Dues for 2027\r\n"
    "Message-ID: <letter-42.1793700000@council.example>\r\nDate: Tue, 03 Nov 2026 09:00:00 +0000\r\n"
)


def status(*recipients: tuple[str, str, str, str]) -> bytes:
    blocks = ["Reporting-MTA: dns; mx.southwind.example\r\nArrival-Date: Tue, 03 Nov 2026 09:00:01 +0000\r\n"]
    for address, action, code, words in recipients:
        blocks.append(
            f"Final-Recipient: rfc822; {address}\r\nAction: {action}\r\nStatus: {code}\r\nDiagnostic-Code: smtp; {words}\r\n"
        )
    return b"Content-Type: message/delivery-status\r\n\r\n" + "\r\n".join(blocks).encode()


def report(
    kind: str, *parts: bytes, subject: str = "Undelivered Mail Returned to Sender", sender: str = DAEMON
) -> bytes:
    content = forms.multipart("report", "r3p0rt", *parts, more=f"; report-type={kind}")
    return forms.letter(
        content,
        sender=sender,
        subject=subject,
        number="report-1",
        more="Auto-Submitted: auto-replied\r\n",
        answers=False,
    )


def failure(recipient: str, action: str, code: str, words: str) -> dict:
    return {"recipient": recipient, "action": action, "status": code, "diagnostic": words}


def cases() -> dict:
    return {**reports(), **own_words(), **absences(), **others()}


def reports() -> dict:
    words = forms.text_part(
        "plain", "This is the mail system. Your letter could not be delivered.\n", "us-ascii", "7bit"
    )
    head = b"Content-Type: text/rfc822-headers\r\n\r\n" + ORIGINAL.encode()
    whole = b"Content-Type: message/rfc822\r\n\r\n" + ORIGINAL.encode() + b"\r\nThe letter.\r\n"
    gone = (
        "dora@southwind.example",
        "failed",
        "5.1.1",
        "550 5.1.1 <dora@southwind.example>: Recipient address rejected: User unknown",
    )
    full = ("egon@southwind.example", "delayed", "4.2.2", "452 4.2.2 Mailbox full")
    feedback = (
        b"Content-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nUser-Agent: SomeGenerator/1.0\r\nVersion: 1\r\n"
        b"Original-Rcpt-To: <Dora@southwind.example>\r\nOriginal-Mail-From: <letters@council.example>\r\n"
    )
    original = {"bounce.message_id": "letter-42.1793700000@council.example"}
    return {
        "report-failed": (report("delivery-status", words, status(gone), head), {
            "bounce.kind": "delivery", "bounce.failures": [failure(*gone)], "automatic": "auto-submitted", **original}),
        "report-two-readers": (report("delivery-status", words, status(gone, full), whole), {
            "bounce.kind": "delivery", "bounce.failures": [failure(*gone), failure(*full)], **original}),
        "report-delayed": (report("delivery-status", words, status(full), head, subject="Delayed Mail (still being retried)"), {
            "bounce.kind": "delivery", "bounce.failures": [failure(*full)], **original}),
        "report-delivered": (report("delivery-status", words, status(("dora@southwind.example", "delivered", "2.0.0", "250 OK")), head), {
            "bounce.failures": [failure("dora@southwind.example", "delivered", "2.0.0", "250 OK")], **original}),
        "report-exchange": (report(
            "delivery-status", forms.text_part("html", "<p>Delivery has failed to these recipients</p>"),
            status(("dora@southwind.example", "failed", "5.7.1", "550 5.7.1 TRANSPORT.RULES.RejectMessage; rejected")), whole,
            subject="Unzustellbar: Dues for 2027", sender="postmaster@southwind.example"), {
            "bounce.failures": [failure("dora@southwind.example", "failed", "5.7.1", "550 5.7.1 TRANSPORT.RULES.RejectMessage; rejected")], **original}),
        "complaint-abuse": (report("feedback-report", words, feedback, whole, subject="FW: Dues for 2027", sender="complaints@provider.example"), {
            "bounce.kind": "complaint", "bounce.feedback_type": "abuse", "bounce.failures": [failure("dora@southwind.example", "complained", "", "")], **original}),
        "complaint-opt-out-headers-only": (report(
            "feedback-report", words, feedback.replace(b"abuse", b"opt-out"), head, subject="complaint", sender="complaints@provider.example"), {
            "bounce.kind": "complaint", "bounce.feedback_type": "opt-out", **original}),
        "read-receipt": (report(
            "disposition-notification", forms.text_part("plain", "Your letter was read.\n"),
            b"Content-Type: message/disposition-notification\r\n\r\nFinal-Recipient: rfc822;dora@southwind.example\r\nDisposition: manual-action/MDN-sent-manually; displayed\r\n",
            subject="Read: Dues for 2027", sender="dora@southwind.example").replace(b"Auto-Submitted: auto-replied\r\n", b""), {
            "bounce": False, "automatic": "report"}),
    }  # fmt: skip


def own_words() -> dict:
    def told(text: str, sender: str = DAEMON, subject: str = "failure notice") -> bytes:
        return forms.letter(
            forms.text_part("plain", text, "us-ascii", "7bit"),
            sender=sender,
            subject=subject,
            number="own-words",
            answers=False,
        )

    gone = {"recipient": "dora@southwind.example", "action": "failed"}
    return {
        "bounce-qmail": (
            told("Hi. This is the qmail-send program at southwind.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n"
                 "This is a permanent error; I've given up. Sorry it didn't work out.\n\n<dora@southwind.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\n" + ORIGINAL.replace("\r\n", "\n")),
            {"bounce.kind": "delivery", "bounce.failures": [gone | {"status": "5.1.1", "diagnostic": ""}]},
        ),
        "bounce-exim": (
            forms.letter(
                forms.text_part("plain", "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its recipients.\n\n  dora@southwind.example\n    unrouteable mail domain\n", "us-ascii", "7bit"),
                sender=DAEMON, subject="Mail delivery failed: returning message to sender", number="exim", more="X-Failed-Recipients: dora@southwind.example\r\n", answers=False,
            ),
            {"bounce.kind": "delivery", "bounce.failures": [gone | {"status": "", "diagnostic": ""}]},
        ),
        "bounce-postfix-old": (
            told("This is the Postfix program at host mx.southwind.example.\n\nI'm sorry to have to inform you that your message could not be delivered.\n\n"
                 "\t\t\tThe Postfix program\n\n<dora@southwind.example>: host mail.southwind.example said: 550 5.1.1 unknown user\n", subject="Undelivered Mail Returned to Sender"),
            {"bounce.kind": "delivery", "bounce.failures": [gone | {"status": "5.1.1", "diagnostic": ""}]},
        ),
    }  # fmt: skip


SUBJECTS = {
    "en": "Automatic reply: Dues for 2027",
    "en-short": "Out of Office Re: Dues for 2027",
    "de": "Automatische Antwort: Beiträge für 2027",
    "de-notiz": "Abwesenheitsnotiz: Beiträge für 2027",
    "fr": "Réponse automatique : Cotisations pour 2027",
    "es": "Respuesta automática: Cuotas para 2027",
    "it": "Risposta automatica: Quote per il 2027",
    "pt": "Resposta automática: Quotas para 2027",
    "nl": "Automatisch antwoord: Contributie voor 2027",
    "zh": "自动答复: 2027年会费",
    "ja": "自動応答: 2027年度の会費について",
    "ru": "Автоматический ответ: Взносы на 2027 год",
    "he": "תשובה אוטומטית: דמי חבר לשנת 2027",
}


def absences() -> dict:
    """Only the subject says that nobody wrote it."""
    found = {}
    for code, subject in SUBJECTS.items():
        content = forms.text_part("plain", "Back on Monday.\n")
        raw = forms.letter(
            content, sender="dora@southwind.example", subject=forms.encoded_word(subject), number=f"absent-{code}"
        )
        found[f"absent-{code}"] = raw, {"automatic": "out-of-office", "subject": subject}
    return found


def others() -> dict:
    def with_field(field: str, subject: str = "Dues") -> bytes:
        return forms.letter(
            forms.text_part("plain", "Back on Monday.\n"),
            sender="dora@southwind.example",
            subject=subject,
            number="field",
            more=f"{field}\r\n",
        )

    return {
        "auto-submitted": (with_field("Auto-Submitted: auto-generated (vacation)"), {"automatic": "auto-submitted"}),
        "auto-submitted-no": (with_field("Auto-Submitted: no"), {"automatic": False}),
        "precedence-bulk": (with_field("Precedence: bulk"), {"automatic": "precedence"}),
        "suppressed": (
            with_field("X-Auto-Response-Suppress: DR, OOF, AutoReply"),
            {"automatic": "auto-response-suppressed"},
        ),
        "suppressed-receipts-only": (with_field("X-Auto-Response-Suppress: DR, RN"), {"automatic": False}),
        "autorespond": (with_field("X-Autorespond: Dues"), {"automatic": "auto-reply-field"}),
        "own-list": (with_field("List-Id: Dues <dues.council.example>"), {"automatic": "own-list"}),
        "another-list": (with_field("List-Id: Inks <inks.lists.example>"), {"automatic": False}),
        "null-path": (
            with_field("X-Other: 1").replace(b"Return-Path: <dora@southwind.example>", b"Return-Path: <>"),
            {"automatic": "null-return-path"},
        ),
        "talks-of-absence": (
            with_field("X-Other: 1", "Who is out of office in May?"),
            {"automatic": False, "markdown": "Back on Monday."},
        ),
    }
