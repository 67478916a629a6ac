"""Letters of single people whose programs or habits are their own, and texts that Markdown could mistake."""

from __future__ import annotations

from . import forms

SENDER = "Clara Blotter <clara@nordwind-society.example>"


def plain(
    text: str,
    markdown: str,
    *,
    subject: str = "Re: Dues for 2027",
    more: str = "",
    answers: bool = True,
    params: str = "",
    **want,
):
    content = forms.text_part("plain", text, "utf-8", "8bit", params)
    return forms.letter(content, sender=SENDER, subject=subject, number="plain-1", more=more, answers=answers), {
        "markdown": markdown,
        **want,
    }


def html(text: str, markdown: str, *, subject: str = "Re: Dues for 2027", more: str = "", answers: bool = True, **want):
    content = forms.text_part("html", text, "utf-8", "quoted-printable")
    return forms.letter(content, sender=SENDER, subject=subject, number="html-1", more=more, answers=answers), {
        "markdown": markdown,
        **want,
    }


def cases() -> dict:
    return {
        **quoting(),
        **quoting_oddly(),
        **programs(),
        **programs_with_markup(),
        **below(),
        **rich(),
        **rich_beside_plain(),
        **marks(),
    }


def quoting() -> dict:
    long_quote = "\n".join(f"> line {number} of the question" for number in range(1, 9))
    return {
        "mutt-inline": plain(
            "On Tue, Nov 03, 2026 at 10:12:00AM +0100, Bertram Quillfeather wrote:\n> Do you waive dues?\n\nYes, for students.\n\n"
            "> And for retired members?\n\nHalf.\n\n-- \nClara Blotter\n",
            "> Do you waive dues?\n\nYes, for students.\n\n> And for retired members?\n\nHalf.",
            more="User-Agent: Mutt/2.2.12\r\n",
        ),
        "mutt-bottom-long": plain(
            f"On Tue, Nov 03, 2026 at 10:12:00AM +0100, Bertram Quillfeather wrote:\n{long_quote}\n\nWe do it in spring.\n\nClara\n",
            "We do it in spring.\n\nClara",
        ),
        "bottom-short-context": plain(
            "Bertram Quillfeather wrote:\n> Do you waive dues?\n\nYes, for students.\n",
            "> Do you waive dues?\n\nYes, for students.",
        ),
        "wrapped-statement": plain(
            "Agreed.\n\nOn Tue, Nov 3, 2026 at 10:12 AM Bertram Maximilian Quillfeather-Inkstand via Dues <\n"
            "bertram.maximilian.quillfeather-inkstand@the-very-long-southwind-academy.example.org>\nwrote:\n\n> Do you waive dues?\n",
            "Agreed.",
        ),
        "statement-over-four-lines": plain(
            "Agreed.\n\nOn Tuesday, November 3, 2026 at 10:12:35 AM Central\nEuropean Standard Time, Bertram\nQuillfeather-Inkstand\n"
            "<bertram@southwind.example> wrote:\n> Do you waive dues?\n",
            "Agreed.",
        ),
        "statement-in-a-tongue-not-known": plain(
            "Agreed.\n\nDnia 3 listopada 2026 10:12 Bertram Quillfeather <bertram@southwind.example> napisał:\n\n> Do you waive dues?\n> Or not?\n",
            "Agreed.",
        ),
        "no-quote-marks": plain(
            "Agreed.\n\nOn Nov 3, 2026, at 10:12 AM, Bertram Quillfeather <bertram@southwind.example> wrote:\n\nDo you waive dues?\nBertram\n",
            "Agreed.",
        ),
        "only-quotes": plain(
            "On Nov 3, 2026, at 10:12 AM, Bertram Quillfeather <bertram@southwind.example> wrote:\n\n> Do you waive dues?\n", "",
            problems=["nothing-written"],
        ),
        "shows-a-passage": plain(
            "I propose this wording:\n\n> Dues are paid in spring.\n> They are equal for all.\n", "I propose this wording:\n\n> Dues are paid in spring.\n> They are equal for all.",
            answers=False, subject="A wording",
        ),
        "history-without-statement": plain("Agreed.\n\n> Do you waive dues?\n> Or not?\n", "Agreed."),
    }  # fmt: skip


def quoting_oddly() -> dict:
    return {
        "fields-in-the-text": plain(
            "Please file it so:\n\nFrom: now on, the spring.\nThe rest stays.\n\nSubject: none.\n\nClara\n",
            "Please file it so:\n\nFrom: now on, the spring.\nThe rest stays.\n\nSubject: none.\n\nClara",
        ),
        "memorandum": plain(
            "From: Clara Blotter\nTo: All societies\nSubject: Dues\n\nDues are paid in spring.\n",
            "From: Clara Blotter\nTo: All societies\nSubject: Dues\n\nDues are paid in spring.", answers=False, subject="Memorandum",
        ),
        "on-monday-we-wrote": plain(
            "On Monday we wrote to the board.\nOn Tuesday they wrote: no.\n\nClara\n", "On Monday we wrote to the board.\nOn Tuesday they wrote: no.\n\nClara",
        ),
        "reply-above-this-line": plain(
            "Agreed.\n\n## Please reply above this line ##\n\nBertram Quillfeather asks:\nDo you waive dues?\n", "Agreed.",
        ),
        "nested-history": plain(
            "Agreed.\n\nOn 3 Nov 2026, at 10:12, Bertram <b@southwind.example> wrote:\n> Yes.\n> On 2 Nov 2026, at 9:00, Dora <d@southwind.example> wrote:\n>> Do you waive dues?\n",
            "Agreed.",
        ),
        "inline-two-depths": plain(
            "On 3 Nov 2026, at 10:12, Bertram <b@southwind.example> wrote:\n> On 2 Nov 2026, at 9:00, Dora <d@southwind.example> wrote:\n>> Do you waive dues?\n> We do.\n\nSo do we.\n\n> Always?\n\nNearly.\n",
            "> > Do you waive dues?\n>\n> We do.\n\nSo do we.\n\n> Always?\n\nNearly.",
        ),
        "answer-touching-the-quote": plain(
            "On 3 Nov 2026, at 10:12, Bertram <b@southwind.example> wrote:\n> Do you waive dues?\nYes.\n> Always?\nNearly.\n",
            "> Do you waive dues?\n\nYes.\n\n> Always?\n\nNearly.",
        ),
    }  # fmt: skip


def programs() -> dict:
    return {
        "groupwise": plain(
            'Agreed, we do the same.\n\nClara\n\n>>> "Bertram Quillfeather" <bertram@southwind.example> 11/3/2026 10:12 AM >>>\nDo you waive dues?\n',
            "Agreed, we do the same.\n\nClara", more="X-Mailer: GroupWise 18.4\r\n",
        ),
        "lotus-notes": plain(
            "Agreed.\n\nClara\n\n\n\nFrom:\tBertram Quillfeather/Southwind\nTo:\tclara@nordwind-society.example\nDate:\t03.11.2026 10:12\nSubject:\tDues for 2027\n\n\n\nDo you waive dues?\n",
            "Agreed.\n\nClara", more="X-Mailer: IBM Notes Release 9.0.1\r\n",
        ),
        "lotus-notes-dashes": plain(
            "Agreed.\n\nBertram Quillfeather ---03.11.2026 10:12:11---Dear all, do you waive dues?\n\nFrom: Bertram Quillfeather/Southwind\nTo: All\nSubject: Dues\n\nDo you waive dues?\n",
            "Agreed.",
        ),
        "outlook-original-message": plain(
            "Agreed.\n\n-----Original Message-----\nFrom: Bertram Quillfeather [mailto:bertram@southwind.example]\nSent: Tuesday, November 3, 2026 10:12 AM\nTo: Clara\nSubject: Dues\n\nDo you waive dues?\n",
            "Agreed.",
        ),
        "outlook-forward": plain(
            "For your attention.\n\nFrom: Bertram Quillfeather <bertram@southwind.example>\nSent: Tuesday, November 3, 2026 10:12 AM\nTo: Clara\nSubject: Dues\n\nDo you waive dues?\nBertram\n",
            "For your attention.\n\nFrom: Bertram Quillfeather <bertram@southwind.example>\nSent: Tuesday, November 3, 2026 10:12 AM\nTo: Clara\nSubject: Dues\n\nDo you waive dues?\nBertram",
            subject="FW: Dues", answers=False,
        ),
        "apple-forward": plain(
            "See below.\n\n> Begin forwarded message:\n> \n> From: Bertram <bertram@southwind.example>\n> Subject: Dues\n> Date: 3 November 2026 at 10:12\n> To: Clara\n> \n> Do you waive dues?\n",
            "See below.\n\nBegin forwarded message:\n\nFrom: Bertram <bertram@southwind.example>\nSubject: Dues\nDate: 3 November 2026 at 10:12\nTo: Clara\n\nDo you waive dues?",
            subject="Fwd: Dues", answers=False,
        ),
        "answer-to-a-forward": plain(
            "Thanks, Bertram is right.\n\nOn Tue, Nov 3, 2026 at 10:12 AM Dora <dora@southwind.example> wrote:\n\n> ---------- Forwarded message ---------\n> From: Bertram <b@southwind.example>\n> Subject: Dues\n>\n> Do you waive dues?\n",
            "Thanks, Bertram is right.", subject="Re: Fwd: Dues",
        ),
    }  # fmt: skip


def programs_with_markup() -> dict:
    return {
        "yahoo-html": html(
            '<html><head></head><body><div class="ydp1yahoo-style-wrap" style="font-family:Helvetica"><div dir="ltr" data-setdir="false">Agreed.</div><div><br></div><div dir="ltr">Clara</div></div>'
            '<div id="yahoo_quoted_4711" class="yahoo_quoted"><div style="color:#26282a;"><div>On Tuesday, November 3, 2026 at 10:12:35 AM GMT+1, Bertram Quillfeather &lt;b@southwind.example&gt; wrote:</div><div><br></div><div>Do you waive dues?</div></div></div></body></html>',
            "Agreed.\n\nClara",
        ),
        "proton-html": html(
            '<div style="font-family: Arial, sans-serif; font-size: 14px;">Agreed.</div><div style="font-family: Arial"><br></div><div class="protonmail_signature_block" style="font-family: Arial"><div class="protonmail_signature_block-user">Clara Blotter, treasurer</div><div class="protonmail_signature_block-proton protonmail_signature_block-empty"></div></div>'
            '<div class="protonmail_quote">On Tuesday, November 3rd, 2026 at 10:12 AM, Bertram Quillfeather &lt;b@southwind.example&gt; wrote:<br><br><blockquote class="protonmail_quote" type="cite">Do you waive dues?</blockquote><br></div>',
            "Agreed.",
        ),
        "proton-plain": plain(
            "Agreed.\n\nSent with Proton Mail secure email.\n\nOn Tuesday, November 3rd, 2026 at 10:12 AM, Bertram Quillfeather <b@southwind.example> wrote:\n\n> Do you waive dues?\n", "Agreed.",
        ),
        "k9-plain": plain(
            "Agreed.\n\nOn November 3, 2026 10:12:35 AM GMT+01:00, Bertram Quillfeather <b@southwind.example> wrote:\n>Do you waive dues?\n>\n>Bertram\n-- \nSent from my Android device with K-9 Mail. Please excuse my brevity.\n",
            "Agreed.", more="User-Agent: K-9 Mail for Android\r\n",
        ),
        "thunderbird-html": html(
            '<html><head><meta http-equiv="content-type" content="text/html; charset=UTF-8"></head><body><div class="moz-cite-prefix">On 11/3/26 10:12, Bertram Quillfeather wrote:<br></div>'
            '<blockquote type="cite" cite="mid:x@southwind.example"><p>Do you waive dues?</p></blockquote><p>Yes, for students.</p><blockquote type="cite"><p>And retired members?</p></blockquote><p>Half.</p><div class="moz-signature">-- <br>Clara Blotter</div></body></html>',
            "> Do you waive dues?\n\nYes, for students.\n\n> And retired members?\n\nHalf.",
        ),
        "gmail-html-inline": html(
            '<div dir="ltr"><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Tue, Nov 3, 2026 at 10:12 AM Bertram &lt;<a href="mailto:b@southwind.example">b@southwind.example</a>&gt; wrote:<br></div><blockquote class="gmail_quote">Do you waive dues?<br></blockquote><div><br></div><div>Yes.</div><blockquote class="gmail_quote"><div>Always?</div></blockquote><div><br></div><div>Nearly.</div></div></div>',
            "> Do you waive dues?\n\nYes.\n\n> Always?\n\nNearly.",
        ),
        "gmx-html": html(
            '<html><body><div style="font-family: Verdana;font-size: 12.0px;"><div>Agreed.</div><div>&nbsp;</div><div name="quote" style="margin:10px 5px 5px 10px; border-left:2px solid #C3D9E5;"><div style="margin:0 0 10px 0;"><b>Gesendet:</b>&nbsp;Dienstag, 03. November 2026<br><b>Von:</b>&nbsp;Bertram<br><b>Betreff:</b>&nbsp;Dues</div><div>Do you waive dues?</div></div></div></body></html>',
            "Agreed.",
        ),
        "qq-mail": plain(
            "同意。\n\n------------------ 原始邮件 ------------------\n发件人: \"纸大方\" <p@southwind.example>;\n发送时间: 2026年11月3日(星期二) 上午10:12\n收件人: \"墨小笔\";\n主题: 会费\n\n秋季入会怎么定？\n", "同意。",
        ),
    }  # fmt: skip


def below() -> dict:
    notice = (
        "This e-mail and any attachments are confidential and intended solely for the addressee. If you are not the\n"
        "intended recipient, delete it and tell the sender.\n"
    )
    return {
        "signature-dashes": plain("Agreed.\n\nClara\n-- \nClara Blotter\nTreasurer, Nordwind Society\n+99 555 0100\n", "Agreed.\n\nClara"),
        "signature-dashes-without-blank": plain("Agreed.\n\n--\nClara Blotter\nTreasurer\n", "Agreed."),
        "signature-contacts-below-closing": plain(
            "Agreed.\n\nBest regards,\nClara Blotter\nTreasurer | Nordwind Society\n12 Inkwell Lane, Quillbridge\nT +99 555 0100 | www.nordwind-society.example\n",
            "Agreed.\n\nBest regards,\nClara Blotter",
        ),
        "signature-contacts-below-name": plain(
            "Agreed.\n\nClara Blotter, CFO\nNordwind Society\nPhone: +99 555 0100\n", "Agreed.\n\nClara Blotter, CFO",
        ),
        "closing-without-contacts": plain("Agreed.\n\nThanks,\nClara\n", "Agreed.\n\nThanks,\nClara"),
        "disclaimer": plain(f"Agreed.\n\nClara\n\n{notice}", "Agreed.\n\nClara"),
        "disclaimer-german": plain(
            "Einverstanden.\n\nClara\n\nDiese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der richtige Adressat sind, löschen Sie sie bitte.\n",
            "Einverstanden.\n\nClara",
        ),
        "disclaimer-headline": plain(f"Agreed.\n\n________________________________\nCONFIDENTIALITY NOTICE\n{notice}", "Agreed."),
        "disclaimer-and-history": plain(
            f"Agreed.\n\nClara\n\n{notice}\nFrom: Bertram <b@southwind.example>\nSent: Tuesday, November 3, 2026 10:12 AM\nTo: Clara\nSubject: Dues\n\nDo you waive dues?\n",
            "Agreed.\n\nClara",
        ),
        "list-footer": plain(
            "Agreed.\n\n_______________________________________________\nDues mailing list\nDues@lists.example\nhttps://lists.example/mailman/listinfo/dues\n", "Agreed.",
        ),
        "samsung-footer": plain("Agreed.\n\nSent from my Galaxy\n", "Agreed."),
        "yahoo-phone-footer": plain("Agreed.\n\nSent from Yahoo Mail on Android\n\nOn Tue, Nov 3, 2026 at 10:12, Bertram <b@southwind.example> wrote:   Do you waive dues?\nBertram\n", "Agreed."),
        "virus-footer": plain("Agreed.\n\nVirus-free. www.avast.com\n", "Agreed."),
        "talks-of-a-telephone": plain("The report was sent from the new building.\nMy phone is broken.\n", "The report was sent from the new building.\nMy phone is broken."),
        "html-signature-outlook": html(
            '<div class="elementToProof">Agreed.</div><div class="elementToProof"><br></div><div id="Signature"><p>Clara Blotter</p><p>Treasurer</p></div>', "Agreed.",
        ),
    }  # fmt: skip


def rich() -> dict:
    return {
        "html-lists-and-links": html(
            '<p>Two ways:</p><ul><li>in <b>spring</b></li><li>in <a href="https://nordwind-society.example/autumn">autumn</a></li></ul><p>Clara</p>',
            "Two ways:\n\n- in **spring**\n- in [autumn](https://nordwind-society.example/autumn)\n\nClara",
        ),
        "html-table": html(
            "<p>Our dues:</p><table border=1><tr><th>Members</th><th>Dues</th></tr><tr><td>100</td><td>20</td></tr><tr><td>200</td><td>30</td></tr></table>",
            "Our dues:\n\n| Members | Dues |\n| --- | --- |\n| 100 | 20 |\n| 200 | 30 |",
        ),
        "html-layout-table": html(
            '<table width="100%"><tr><td><table><tr><td><p>Dear Bertram,</p><p>we do it in spring.</p></td></tr></table></td></tr></table>',
            "Dear Bertram,\n\nwe do it in spring.",
        ),
        "html-script-and-pixel": html(
            '<html><head><title>x</title><style>p{color:red}</style><script>alert(1)</script></head><body><!-- secret --><p>Agreed.</p><img src="https://track.example/p.gif" width="1" height="1"><div style="display:none">preheader</div><p>Clara</p></body></html>',
            "Agreed.\n\nClara",
        ),
        "html-acting-link": html('<p>See <a href="javascript:alert(1)">this</a> and <a href="https://ok.example/a_b">that_one</a>.</p>', "See this and [that_one](https://ok.example/a_b)."),
        "html-safelink": html(
            '<p>See <a href="https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fnordwind-society.example%2Fdues&amp;data=05%7C01">the dues</a>.</p>',
            "See [the dues](https://nordwind-society.example/dues).",
        ),
        "html-word-list": html(
            '<div class="WordSection1"><p class="MsoNormal">Three:<o:p></o:p></p><p class="MsoListParagraph" style="text-indent:-18.0pt;mso-list:l0 level1 lfo1"><![if !supportLists]><span style="font-family:Symbol"><span style="mso-list:Ignore">·<span style="font:7.0pt &quot;Times New Roman&quot;">&nbsp;&nbsp; </span></span></span><![endif]>spring<o:p></o:p></p><p class="MsoListParagraph" style="text-indent:-18.0pt;mso-list:l0 level1 lfo1"><![if !supportLists]><span style="font-family:Symbol"><span style="mso-list:Ignore">·<span style="font:7.0pt &quot;Times New Roman&quot;">&nbsp;&nbsp; </span></span></span><![endif]>autumn<o:p></o:p></p></div>',
            "Three:\n\n- spring\n- autumn",
        ),
        "html-smiley": html('<div>Agreed <img src="cid:smile" alt="😀" class="an1"></div>', "Agreed 😀"),
        "html-words-that-look-like-marks": html(
            "<div># not a heading</div><div>1986. A good year</div><div>2 * 3 * 4 and snake_case_name and &amp;copy; and &lt;b&gt;</div>",
            "\\# not a heading\n1986\\. A good year\n2 \\* 3 \\* 4 and snake_case_name and \\&copy; and <b>",
        ),
    }  # fmt: skip


def rich_beside_plain() -> dict:
    return {
        "plain-wrapped-beside-html": (
            forms.letter(
                forms.multipart(
                    "alternative", "b1",
                    forms.text_part("plain", "Dear Bertram,\n\nwe settled this last year, after a long evening and much ink: dues follow the\nnumber of members on 1 January, and nobody left the society because of it.\nWe were glad.\n\nOn Tue, Nov 3, 2026 at 10:12 AM Bertram <b@southwind.example> wrote:\n\n> Do you waive dues?\n"),
                    forms.text_part("html", '<div dir="ltr"><div>Dear Bertram,</div><div><br></div><div>we settled this last year, after a long evening and much ink: dues follow the number of members on 1 January, and nobody left the society because of it.</div><div>We were glad.</div></div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Tue, Nov 3, 2026 at 10:12 AM Bertram &lt;b@southwind.example&gt; wrote:<br></div><blockquote class="gmail_quote">Do you waive dues?</blockquote></div>'),
                ),
                sender=SENDER, subject="Re: Dues", number="wrapped",
            ),
            {"markdown": "Dear Bertram,\n\nwe settled this last year, after a long evening and much ink: dues follow the number of members on 1 January, and nobody left the society because of it.\nWe were glad."},
        ),
        "stub-beside-html": (
            forms.letter(
                forms.multipart(
                    "alternative", "b1", forms.text_part("plain", "This message requires an HTML compatible mail program. View it in your browser.\n"),
                    forms.text_part("html", "<p>Dear Bertram,</p><p>we settled this last year: dues follow the number of members on 1 January, and nobody left.</p>"),
                ),
                sender=SENDER, subject="Dues", number="stub",
            ),
            {"markdown": "Dear Bertram,\n\nwe settled this last year: dues follow the number of members on 1 January, and nobody left."},
        ),
        "empty-plain-beside-html": (
            forms.letter(
                forms.multipart("alternative", "b1", forms.text_part("plain", "\n"), forms.text_part("html", "<p>Agreed.</p>")),
                sender=SENDER, subject="Dues", number="stub",
            ),
            {"markdown": "Agreed."},
        ),
    }  # fmt: skip


def marks() -> dict:
    return {
        "plain-heading-by-accident": plain("# 3 is the best\nPlease take it.\n\n#hashtag\n", "\\# 3 is the best\nPlease take it.\n\n#hashtag"),
        "plain-year-by-accident": plain("It was in\n1986. A good year.\n", "It was in\n1986\\. A good year."),
        "plain-indented": plain("Our address:\n\n    12 Inkwell Lane\n    Quillbridge\n", "Our address:\n\n12 Inkwell Lane\nQuillbridge"),
        "plain-underlined": plain("Dues\n====\n\nSpring\n------\nWe pay.\n", "Dues\n\\====\n\nSpring\n\\------\nWe pay."),
        "plain-lists": plain("Two ways:\n- spring\n- autumn\nBoth work.\n\n1. first\n2. second\n", "Two ways:\n\n- spring\n- autumn\n\nBoth work.\n\n1. first\n2. second"),
        "plain-emphasis": plain("This is *important* and _meant_.\n2 * 3 * 4 and __init__ and a*b*c\n", "This is *important* and _meant_.\n2 \\* 3 \\* 4 and \\_\\_init\\_\\_ and a\\*b\\*c"),
        "plain-backslashes": plain("It lies in \\\\server\\dues and C:\\_old\n", "It lies in \\\\\\server\\dues and C:\\\\\\_old"),
        "plain-link-definition": plain("See below [1].\n\n[1]: https://nordwind-society.example/dues\n", "See below [1].\n\n\\[1]: https://nordwind-society.example/dues"),
        "plain-address-with-marks": plain("https://nordwind-society.example/a_b_c*d\nask <clara_b@nordwind-society.example>\n", "https://nordwind-society.example/a_b_c*d\nask <clara_b@nordwind-society.example>"),
        "plain-entity": plain("We write &copy; and &amp; R&D\n", "We write \\&copy; and \\&amp; R&D"),
        "plain-telephone": plain("Call me:\n+ 99 555 0100\n", "Call me:\n\\+ 99 555 0100"),
        "plain-flowed": plain("This paragraph was \nbroken by the program \nand not by me.\nThis line was.\n", "This paragraph was broken by the program and not by me.\nThis line was.", params="; format=flowed"),
        "plain-flowed-delsp": plain("会费按会员 \n人数计算。\n", "会费按会员人数计算。", params="; format=flowed; delsp=yes"),
        "plain-mbox-from": plain(">From now on we pay in spring.\n", "From now on we pay in spring."),
    }  # fmt: skip
