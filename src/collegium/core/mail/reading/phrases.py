"""What mail programs write by themselves, in the languages of our readers: the words for all rules of this package.

English, German, French, Spanish, Italian, Portuguese, Dutch, Chinese, Japanese, Russian, Hebrew. Lines are compared
without emphasis, links and direction marks (`lines.bare`).
"""

from __future__ import annotations

import re


def _any(*words: str) -> str:
    return "(?:" + "|".join(words) + ")"


def _compiled(*words: str, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile(_any(*words), flags)


# --- subjects

REPLY_OR_FORWARD = _any(
    "re", "aw", "antw", "sv", "ref", "rif", "r", "fwd?", "wg", "tr", "rv", "i", "enc", "doorst", "vs", "回复", "答复", "回覆", "返信",
    "转发", "轉寄", "转寄", "転送", "на", "пересл", "отв", "תשובה", "השב", "הועבר",
)  # fmt: skip
FORWARDED_SUBJECT = re.compile(
    r"\s*" + _any("fwd?", "wg", "tr", "rv", "i", "enc", "doorst", "转发", "轉寄", "转寄", "転送", "пересл", "הועבר", "fs", "vl")
    + r"\s*(?:\[\d+\])?\s*[:：]",
    re.IGNORECASE,
)  # fmt: skip

OUT_OF_OFFICE = re.compile(
    r"\s*(?:\[[^\]]{1,40}\]\s*)?"
    + _any(
        r"automatic reply\b", r"auto(?:matic)?[- ]?(?:reply|response)\b", r"autoreply\b", r"out of (?:the )?office\b", r"ooo\b(?!\w)",
        r"(?:i am |i'm )?on (?:annual |parental |maternity )?(?:leave|vacation|holidays?)\b", r"away from (?:the|my) office\b",
        r"automatische antwort\b", r"abwesenheits?(?:notiz|meldung|benachrichtigung|assistent)?\b", r"abwesend\b",
        r"nicht im büro\b", r"au(?:ss|ß)er haus\b", r"automatische antwoord\b", r"automatisch antwoord\b", r"afwezig(?:heid\w*)?\b",
        r"niet aanwezig\b", r"réponse automatique\b", r"reponse automatique\b", r"absen(?:t|ce)(?:e)? du bureau\b",
        r"message d['’]absence\b", r"en congé\b", r"respuesta autom[áa]tica\b", r"fuera de (?:la )?oficina\b", r"ausente de la oficina\b",
        r"ausencia\b", r"risposta automatica\b", r"fuori (?:sede|ufficio)\b", r"assente\b", r"assenza\b", r"resposta autom[áa]tica\b",
        r"ausência\b", r"fora do escrit[óo]rio\b", "自动(?:回复|答复)", "自動(?:回覆|回復|応答|返信|送信)", "不在(?:办公室|のお知らせ|通知)", "外出(?:中|のお知らせ)",
        "休暇(?:中|のお知らせ)", "автоматический ответ", "автоответ", "нет на месте", "вне офиса", "отпуск", "תשובה אוטומטית", "מענה אוטומטי",
        "מחוץ למשרד", "הודעת היעדרות",
    ),
    re.IGNORECASE,
)  # fmt: skip

# --- quoted history

WROTE = _any(
    r"wrote", r"writes", r"said", r"schrieb", r"schreibt", r"geschrieben", r"a [ée]crit", r"écrit", r"escribió", r"escribio",
    r"ha scritto", r"scrive", r"escreveu", r"schreef", r"heeft geschreven", r"geschreven", "写道", "写到", "寫道", "書きました", "さん",
    "пишет", "писал(?:а|и)?", "написал(?:а|и)?", "כתב(?:/ה|ה)?", r"כתב\(ה\)", "מאת",
)  # fmt: skip
ENDS_AS_ATTRIBUTION = re.compile(WROTE + r"(?:[^:：\n]{0,200}[:：]\s*$|:\s{3}\S)", re.IGNORECASE)
"""At its end or, as on Yahoo's telephones, with the quoted text on the same line, parted by blanks."""

ONLY_WROTE = re.compile(
    r"[^:：\n]{2,160}\s(?:wrote|writes|schrieb|a [ée]crit|escribió|ha scritto|escreveu|schreef)\s?:\s*$"
)
BEGINS_AS_ATTRIBUTION = re.compile(
    _any(
        r"on\s", r"at\s", r"am\s", r"le\s", r"el\s", r"il\s", r"em\s", r"op\s", r"den\s", r"in data\s", r"a\s", "于", "在", "בתאריך", "ב-",
        r"\d", r"[-–—>]*\s*(?:quoting|citando|zitat von)\s", r"(?:mon|tue|wed|thu|fri|sat|sun)", r"(?:пн|вт|ср|чт|пт|сб|вс)",
        r"понедельник|вторник|среда|четверг|пятница|суббота|воскресенье",
    ),
    re.IGNORECASE,
)  # fmt: skip
A_MOMENT = re.compile(r"\d{1,4}\s?[-./年]\s?\d{1,2}\s?[-./月]\s?\d{1,4}|\b(?:19|20)\d\d\b|\d{1,2}[:.h]\d\d")
A_MINUTE = re.compile(r"\d{1,2}[:.h]\d\d(?!\d)")
AN_ADDRESS = re.compile(r"[^\s@<>()\[\]]{1,80}@[^\s@<>()\[\]]{2,120}")

RULED = _any(
    r"original message", r"original appointment", r"ursprüngliche nachricht", r"urspr(?:ü|ue)ngliche nachricht", r"originalnachricht",
    r"original-?nachricht", r"message d['’]origine", r"message original", r"mensaje original", r"messaggio originale",
    r"mensagem original", r"oorspronkelijk bericht", "原始邮件", "邮件原件", "原始郵件", "元のメッセージ", r"original message ?\w*",
    "исходное сообщение", "оригинальное сообщение", "ההודעה המקורית", "הודעה מקורית", r"reply message",
)  # fmt: skip
ORIGINAL = re.compile(r"\s*[-_=—–]{2,}\s*" + RULED + r"\s*[-_=—–]{2,}\s*$", re.IGNORECASE)
GROUPWISE = re.compile(
    r"\s*>>> .{1,200}\d{1,4}[./-]\d{1,2}[./-]\d{1,4} .{0,40}\d{1,2}:\d\d.{0,20}>>>\s*$|\s*>>> On .{1,200} wrote:\s*$"
)
NOTES_RULE = re.compile(r"\s*.{2,80}\s-{2,}\d{1,4}[./-]\d{1,2}[./-]\d{1,4} \d{1,2}:\d\d(?::\d\d)?.{0,6}-{2,}.*$")
REPLY_ABOVE = re.compile(
    r"\s*[-#–—=*_>]{1,}\s*"
    + _any(
        r"(?:please )?(?:reply|write|type|answer)[^-#]{0,30} above this line", r"(?:bitte )?(?:antworten|schreiben) sie (?:bitte )?(?:über|oberhalb)[^-#]{0,20} zeile",
        r"répondez au-dessus de cette ligne", r"responda (?:por )?encima de esta l[íi]nea", r"rispondi sopra questa riga",
        r"responda acima desta linha", r"antwoord boven deze (?:lijn|regel)", "请在此行上方回复", "この行より上に", "выше этой (?:строки|линии)",
        "מעל (?:ל)?שורה זו",
    ),
    re.IGNORECASE,
)  # fmt: skip

FORWARDED = re.compile(
    r"\s*[-_=—–>]{0,}\s*"
    + _any(
        r"forwarded message", r"begin forwarded message", r"forwarded by [^-]{2,120}", r"forwarded mail", r"weitergeleitete nachricht",
        r"anfang der weitergeleiteten (?:nachricht|e-mail)", r"weitergeleitet von [^-]{2,120}", r"message transféré", r"message transmis",
        r"début du message (?:réexpédié|transféré)", r"mensaje reenviado", r"inicio del mensaje reenviado", r"messaggio inoltrato",
        r"inizio messaggio inoltrato", r"mensagem (?:encaminhada|reencaminhada)", r"início da mensagem (?:encaminhada|reencaminhada)",
        r"doorgestuurd bericht", r"begin doorgestuurd bericht", "转发的?(?:邮件|消息|信息)", "已?转发(?:邮件|消息)", "轉寄郵件", "開始轉寄郵件", "转发邮件信息",
        "転送されたメッセージ", "転送メッセージ", "пересылаемое сообщение", "перенаправленное сообщение", "начало переадресованного сообщения",
        "пересланное сообщение", "הודעה שהועברה", "ההודעה שהועברה", "תחילת ההודעה שהועברה",
    )
    + r"\s*[:：]?\s*[-_=—–<]{0,}\s*[:：]?\s*$",
    re.IGNORECASE,
)  # fmt: skip

LABELS = {
    "from": _any("from", "von", "de", "da", "van", "发件人", "發件人", "寄件者", "差出人", "送信者", "от", "от кого", "מאת", "expéditeur", "remitente", "mittente", "afzender"),
    "date": _any(
        "sent", "date", "gesendet", "datum", "gesendet am", "envoyé", "envoyé le", "fecha", "enviado(?: el| em)?", "data", "inviato", "verzonden",
        "verstuurd", "发送时间", "发送日期", "發送時間", "寄件日期", "日期", "时间", "送信日時", "送信日", "日付", "日時", "отправлено", "дата", "נשלח", "תאריך",
    ),
    "to": _any("to", "an", "à", "a", "para", "aan", "收件人", "收件者", "宛先", "кому", "אל", "destinataire", "destinatario"),
    "cc": _any("cc", "kopie", "copie", "copia", "抄送", "副本", "копия", "עותק", "bcc", "reply-to", "antwort an"),
    "subject": _any("subject", "betreff", "objet", "asunto", "oggetto", "assunto", "onderwerp", "主题", "主旨", "件名", "тема", "נושא"),
}  # fmt: skip
LABEL = re.compile(
    r"[ \t>|]*(?:" + "|".join(f"(?P<{name}>{words})" for name, words in LABELS.items()) + r")\s{0,4}[:：]",
    re.IGNORECASE,
)

# --- what follows what a person wrote

DEVICES = r"(?:i ?phone|i ?pad|ipod|iphone|mobile|mobil\w*|handy|smartphone|android\w*|galaxy|samsung\w*|pixel|huawei|xiaomi|redmi|blackberry|nokia|windows phone|outlook|mail for windows|mail für windows|yahoo|gmail|proton ?mail|protonmail|tablet|my phone|device|appareil|móvil|telefon\w*|téléphone|cellulare|celular|telefoon|smartfon\w*|k-9|fairphone|thunderbird|手机|手機|aol|mail\.ru|яндекс\S*|myMail|почт\w*)"
FOOTER = re.compile(
    r"[\s>—–*_-]*"
    + _any(
        rf"(?:sent|envoyé|gesendet|enviado|inviato|verzonden|verstuurd|отправлено|envoyee|transmitted)\s[^.!?\n]{{0,60}}{DEVICES}.{{0,80}}",
        rf"(?:von|mit|from)\s[^.!?\n]{{0,60}}{DEVICES}[^.!?\n]{{0,60}}(?:gesendet|verschickt|sent)\b.{{0,60}}",
        r"(?:diese nachricht wurde von|this message was sent from|ce message a été envoyé depuis)\s.{0,80}",
        r"get outlook for (?:ios|android|mac).{0,60}", r"outlook für (?:ios|android) beziehen.{0,60}", r"(?:holen sie sich|laden sie) outlook für.{0,80}",
        r"télécharge[rz] outlook pour.{0,60}", r"obtener outlook para.{0,60}", r"obtenga outlook para.{0,60}", r"(?:ottieni|scarica) outlook per.{0,60}",
        r"obter o? ?outlook para.{0,60}", r"outlook voor (?:ios|android) downloaden.{0,60}", r"获取适用于.{0,40}outlook.{0,60}", r"获取 ?outlook.{0,60}",
        r"(?:ios|android) 版 outlook.{0,60}", r"outlook for (?:ios|android) を.{0,60}", r"получ\w+ outlook для.{0,60}", r"(?:קבל|השג|הורד) את outlook.{0,60}",
        r"发自我的.{1,40}", r"從我的.{1,20}(?:傳送|發送)", r"发送自.{1,40}", r"来自我的.{1,20}", r".{0,20}(?:iphone|ipad|android|スマートフォン|携帯).{0,10}から送信", r".{0,12}から送信",
        r"נשלח מ.{1,50}", r"please excuse (?:my brevity|typos|any typos).{0,60}", r"bitte entschuldigen sie (?:die kürze|meine kürze).{0,40}",
        r"virus-free\.? ?(?:www\.avast\.com.{0,60})?", r"virenfrei\.? ?(?:www\.avast\.com.{0,60})?", r"garanti sans virus\.? ?.{0,60}",
        r"--\s*sent (?:from|with|using).{0,60}", r"secured (?:with|by) .{1,60} encryption.{0,40}",
    )
    + r"[\s>—–*_.-]*$",
    re.IGNORECASE,
)  # fmt: skip

DISCLAIMER = re.compile(
    r"[\s>*_#–—-]*"
    + _any(
        r"(?:confidentiality|privacy|legal|privileged|security) (?:notice|note|disclaimer|statement)\b", r"disclaimer\b",
        r"(?:this|the information (?:contained )?in this|the contents of this) (?:e-?mail|message|communication|transmission)[^\n]{0,120}(?:confidential|privileged|intended|addressee)",
        r"the information (?:contained )?(?:in|transmitted)[^\n]{0,120}(?:confidential|privileged|intended)",
        r"please consider the environment", r"think (?:of the environment|before (?:you )?print)", r"save a tree",
        r"(?:diese|dieses) (?:e-?mail|mail|nachricht|schreiben)[^\n]{0,120}(?:vertraulich|bestimmt|rechtlich geschützt)", r"vertraulichkeitshinweis\b", r"haftungsausschluss\b",
        r"bitte (?:denken|prüfen) sie[^\n]{0,60}(?:umwelt|ausdruck|drucken)",
        r"(?:ce|le présent) (?:message|courriel|mail|e-?mail)[^\n]{0,120}(?:confidentiel|destiné|exclusi)", r"avis de confidentialité\b", r"(?:n['’]imprimez|pensez à l['’]environnement)[^\n]{0,60}",
        r"(?:este|el presente) (?:mensaje|correo)[^\n]{0,120}(?:confidencial|destinatari|exclusiv)", r"aviso (?:legal|de confidencialidad)\b", r"antes de imprimir",
        r"(?:questo|il presente|le informazioni contenute)[^\n]{0,120}(?:riservat|confidenzial|destinatari)", r"avviso di riservatezza\b", r"prima di stampare",
        r"(?:esta|este) (?:mensagem|e-?mail|correio)[^\n]{0,120}(?:confidencia|destinat)", r"aviso de confidencialidade\b", r"antes de imprimir",
        r"(?:dit|deze) (?:bericht|e-?mail|mail)[^\n]{0,120}(?:vertrouwelijk|bestemd|geadresseerde)", r"denk aan het milieu", r"proclaimer\b",
        r"(?:本邮件|本郵件|此邮件|本电子邮件)[^\n]{0,80}(?:保密|机密|機密|收件人)", r"保密(?:声明|提示)", r"免责声明",
        r"(?:本メール|このメール|このe-?mail)[^\n]{0,80}(?:機密|秘密|宛|誤)", r"(?:это|данное|настоящее) (?:сообщение|письмо|электронное)[^\n]{0,120}(?:конфиденциальн|предназначен)",
        r"(?:הודעה זו|דוא\"ל זה|מייל זה)[^\n]{0,80}(?:סודי|חסוי|מיועד)",
    ),
    re.IGNORECASE,
)  # fmt: skip
LIST_FOOTER = re.compile(
    r"\s*(?:_{20,}|-{20,}|={20,})\s*$|\s*to unsubscribe\b.*|\s*you received this message because you are subscribed.*|.*/listinfo/.*",
    re.IGNORECASE,
)
LIST_WORDS = re.compile(
    r"mailing list|listinfo|unsubscribe|google groups|googlegroups|mailingliste|liste de diffusion", re.IGNORECASE
)

CLOSING = re.compile(
    r"\s*"
    + _any(
        r"(?:with )?(?:best|kind|warm|kindest|warmest|many)(?: (?:wishes|regards|thanks))?", r"regards", r"sincerely(?: yours)?", r"yours (?:sincerely|truly|faithfully)?",
        r"thanks(?: (?:again|a lot|so much|in advance))?", r"thank you(?: (?:again|very much|in advance))?", r"cheers", r"all the best", r"respectfully", r"cordially",
        r"(?:mit )?(?:freundlichen?|besten?|herzlichen?|lieben?|schönen|kollegialen|vielen) (?:grüßen|grüssen|grüße|grüsse|gruß|gruss|dank)(?: aus .{2,30})?", r"viele grüße", r"vg|lg|mfg",
        r"(?:bien )?cordialement", r"(?:bien )?à vous", r"(?:avec mes )?(?:meilleures|sincères|cordiales) salutations", r"bien amicalement", r"amicalement", r"salutations .{2,30}",
        r"(?:un )?(?:cordial|atento|afectuoso) saludo", r"(?:muchos |cordiales |atentos |un )?saludos?(?: cordiales)?", r"atentamente", r"un abrazo", r"muchas gracias",
        r"(?:cordiali|distinti|cari|migliori|tanti) saluti", r"cordialmente", r"(?:un )?(?:caro|cordiale) saluto", r"grazie(?: mille)?", r"atenciosamente", r"(?:com os )?(?:melhores )?cumprimentos",
        r"abraços?", r"obrigad[oa]", r"(?:met )?(?:vriendelijke|hartelijke|beste) groet(?:en)?", r"mvg", r"groet(?:en|jes)?", r"hoogachtend", r"此致(?:敬礼)?", r"(?:顺)?祝(?:好|商祺|您.{1,12})", r"谢谢",
        r"よろしくお願い(?:いた|致)?し?ます", r"以上", r"敬具", r"с уважением", r"с наилучшими пожеланиями", r"всего (?:доброго|хорошего)", r"спасибо", r"בברכה", r"בכבוד רב", r"תודה(?: רבה)?",
    )
    + r"\s*[,.!،，。;–-]*\s*$",
    re.IGNORECASE,
)  # fmt: skip
CONTACT = re.compile(
    r"\b(?:tel|phone|mobile|mob|cell|fax|fon|telefon|telefono|teléfono|téléphone|tél|telefone|telefoon|电话|電話|тел|טל|direct|office|m|t|p|f|e|w)\b['.]{0,2}\s*[:：.]?\s*[+(]?\d"
    r"|\+\d{1,3}[\s().\d/-]{7,}|\(\d{2,5}\)\s?[\d\s-]{5,}|电话|電話|www\.|https?://|[^\s@]{1,64}@[^\s@]{2,100}\.[a-z]{2,}",
    re.IGNORECASE,
)
POSTSCRIPT = re.compile(r"\s*(?:p\.? ?p?s\.?\b|n\.?b\.?\b|ps:|пс|附言|追伸|נ\"ב)", re.IGNORECASE)
STUB = re.compile(
    r"(?:html (?:version|format|compatible|capable)|(?:view|read) (?:this|it) (?:e-?mail|message)?[^\n]{0,40}(?:browser|online|html)|does not support html|im html-format|format html|formato html|html 形式|html格式)",
    re.IGNORECASE,
)  # fmt: skip
