"""What people of eleven languages write to each other in the corpus; all people and societies are invented."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Tongue:
    """One language: who writes to whom, what, and what mail programs add to it."""

    code: str
    writer: str
    peer: str
    subject: str
    reply: str
    forward: str
    answer: tuple[str, ...]
    quoted: tuple[str, ...]
    first: str
    second: str
    gmail: str
    apple: str
    thunderbird: str
    heads: tuple[str, str, str, str]
    iphone: str
    outlook_app: str
    forwarded: str
    closing: str
    charset: str
    sent: str = "3 November 2026 10:12"

    @property
    def address(self) -> str:
        return f"writer.{self.code}@nordwind-society.example"

    @property
    def peers_address(self) -> str:
        return f"peer.{self.code}@southwind-academy.example.org"


TONGUES = [
    Tongue(
        "en", "Anna Inkwell", "Bertram Quillfeather", "Dues for 2027", "Re", "Fwd",
        ("Dear Bertram,", "", "we settled this last year: dues follow the number of members on 1 January.", "Our board found that fair, and nobody left."),
        ("Dear all,", "how do you set the dues of members who join in autumn?", "We charge a quarter and are told it is too much.", "Does anybody waive them?", "Bertram"),
        "We charge nothing after 1 October.", "Yes, for students.",
        "On Tue, Nov 3, 2026 at 10:12 AM {peer} <{address}> wrote:", "On Nov 3, 2026, at 10:12 AM, {peer} <{address}> wrote:", "On 11/3/26 10:12, {peer} wrote:",
        ("From", "Sent", "To", "Subject"), "Sent from my iPhone", "Get Outlook for iOS", "---------- Forwarded message ---------", "Best regards,", "us-ascii",
        "Tuesday, November 3, 2026 10:12 AM",
    ),
    Tongue(
        "de", "Änne Tintenfaß", "Jörg Federkiel", "Beiträge für 2027", "AW", "WG",
        ("Lieber Jörg,", "", "bei uns gilt der Stand der Mitglieder vom 1. Januar; größere Häuser zahlen später.", "Der Vorstand hält das für gerecht."),
        ("Liebe Kolleginnen und Kollegen,", "wie legt ihr die Beiträge für Mitglieder fest, die im Herbst eintreten?", "Wir nehmen ein Viertel, und das gilt als zu viel.", "Verzichtet jemand darauf?", "Jörg"),
        "Nach dem 1. Oktober nehmen wir nichts.", "Ja, für Studierende.",
        "Am Di., 3. Nov. 2026 um 10:12 Uhr schrieb {peer} <{address}>:", "Am 03.11.2026 um 10:12 schrieb {peer} <{address}>:", "Am 03.11.26 um 10:12 schrieb {peer}:",
        ("Von", "Gesendet", "An", "Betreff"), "Von meinem iPhone gesendet", "Outlook für iOS beziehen", "---------- Weitergeleitete Nachricht ---------", "Mit freundlichen Grüßen", "iso-8859-1",
        "Dienstag, 3. November 2026 10:12",
    ),
    Tongue(
        "fr", "Éloïse Plumefin", "Gaëtan Encrier", "Cotisations pour 2027", "RE", "TR",
        ("Bonjour Gaëtan,", "", "chez nous la cotisation suit le nombre de membres au 1er janvier.", "Le conseil a trouvé cela équitable, et personne n’est parti."),
        ("Chers collègues,", "comment fixez-vous la cotisation des membres arrivés à l’automne ?", "Nous demandons un quart, et on nous dit que c’est trop.", "Quelqu’un y renonce-t-il ?", "Gaëtan"),
        "Rien après le 1er octobre.", "Oui, pour les étudiants.",
        "Le mar. 3 nov. 2026 à 10:12, {peer} <{address}> a écrit :", "Le 3 nov. 2026 à 10:12, {peer} <{address}> a écrit :", "Le 03/11/2026 à 10:12, {peer} a écrit :",
        ("De", "Envoyé", "À", "Objet"), "Envoyé de mon iPhone", "Télécharger Outlook pour iOS", "---------- Message transféré ---------", "Bien cordialement,", "windows-1252",
        "mardi 3 novembre 2026 10:12",
    ),
    Tongue(
        "es", "Inés Tintero", "Ramón Plumazo", "Cuotas para 2027", "RE", "RV",
        ("Querido Ramón:", "", "aquí la cuota sigue el número de socios del 1 de enero.", "La junta lo encontró justo y nadie se marchó."),
        ("Estimados colegas:", "¿cómo fijan la cuota de los socios que entran en otoño?", "Pedimos una cuarta parte y dicen que es demasiado.", "¿Alguien la perdona?", "Ramón"),
        "Nada después del 1 de octubre.", "Sí, a los estudiantes.",
        "El mar, 3 nov 2026 a las 10:12, {peer} (<{address}>) escribió:", "El 3 nov 2026, a las 10:12, {peer} <{address}> escribió:", "El 3/11/26 a las 10:12, {peer} escribió:",
        ("De", "Enviado", "Para", "Asunto"), "Enviado desde mi iPhone", "Obtener Outlook para iOS", "---------- Forwarded message ---------", "Un cordial saludo,", "iso-8859-15",
        "martes, 3 de noviembre de 2026 10:12",
    ),
    Tongue(
        "it", "Ilaria Calamaio", "Nicolò Pennino", "Quote per il 2027", "R", "I",
        ("Caro Nicolò,", "", "da noi la quota segue il numero dei soci al primo gennaio, perché è più semplice.", "Il consiglio lo trova giusto e nessuno se n’è andato."),
        ("Cari colleghi,", "come fissate la quota dei soci che entrano in autunno?", "Chiediamo un quarto e ci dicono che è troppo.", "Qualcuno vi rinuncia?", "Nicolò"),
        "Niente dopo il primo ottobre.", "Sì, per gli studenti.",
        "Il giorno mar 3 nov 2026 alle ore 10:12 {peer} <{address}> ha scritto:", "Il giorno 3 nov 2026, alle ore 10:12, {peer} <{address}> ha scritto:", "Il 03/11/26 10:12, {peer} ha scritto:",
        ("Da", "Inviato", "A", "Oggetto"), "Inviato da iPhone", "Scarica Outlook per iOS", "---------- Forwarded message ---------", "Cordiali saluti", "windows-1252",
        "martedì 3 novembre 2026 10:12",
    ),
    Tongue(
        "pt", "Conceição Tinteiro", "João Penacho", "Quotas para 2027", "RE", "ENC",
        ("Caro João,", "", "aqui a quota segue o número de sócios em 1 de janeiro.", "A direção achou justo, e ninguém saiu."),
        ("Caros colegas,", "como fixam a quota dos sócios que entram no outono?", "Pedimos um quarto e dizem que é demais.", "Alguém a dispensa?", "João"),
        "Nada depois de 1 de outubro.", "Sim, para estudantes.",
        "Em ter., 3 de nov. de 2026 às 10:12, {peer} <{address}> escreveu:", "No dia 3/11/2026, às 10:12, {peer} <{address}> escreveu:", "Em 03/11/2026 10:12, {peer} escreveu:",
        ("De", "Enviado", "Para", "Assunto"), "Enviado do meu iPhone", "Obter o Outlook para iOS", "---------- Forwarded message ---------", "Com os melhores cumprimentos,", "iso-8859-1",
        "terça-feira, 3 de novembro de 2026 10:12",
    ),
    Tongue(
        "nl", "Zoë Inktpot", "Daniël Ganzenveer", "Contributie voor 2027", "Antw", "Doorst",
        ("Beste Daniël,", "", "bij ons volgt de contributie het aantal leden op 1 januari; dat is één regel.", "Het bestuur vond dat eerlijk en niemand is vertrokken."),
        ("Beste collega’s,", "hoe bepalen jullie de contributie van leden die in de herfst komen?", "Wij vragen een kwart en horen dat dat te veel is.", "Ziet iemand ervan af?", "Daniël"),
        "Na 1 oktober vragen wij niets.", "Ja, voor studenten.",
        "Op di 3 nov 2026 om 10:12 schreef {peer} <{address}>:", "Op 3 nov. 2026, om 10:12 heeft {peer} <{address}> het volgende geschreven:", "Op 03-11-2026 om 10:12 schreef {peer}:",
        ("Van", "Verzonden", "Aan", "Onderwerp"), "Verstuurd vanaf mijn iPhone", "Outlook voor iOS downloaden", "---------- Forwarded message ---------", "Met vriendelijke groet,", "windows-1252",
        "dinsdag 3 november 2026 10:12",
    ),
    Tongue(
        "zh", "墨小笔", "纸大方", "2027年会费", "回复", "转发",
        ("大方您好：", "", "我们这里会费按一月一日的会员人数计算。", "理事会认为公平，也没有会员退出。"),
        ("各位同事：", "秋季入会的会员，会费怎么定？", "我们收四分之一，有人说太多。", "有没有免收的？", "大方"),
        "十月一日以后不收。", "有，学生免收。",
        "{peer} <{address}> 于2026年11月3日周二 10:12写道：", "在 2026年11月3日，10:12，{peer} <{address}> 写道：", "在 2026/11/3 10:12, {peer} 写道:",
        ("发件人", "发送时间", "收件人", "主题"), "发自我的 iPhone", "获取适用于 iOS 的 Outlook", "---------- Forwarded message ---------", "此致", "gb2312",
        "2026年11月3日 10:12",
    ),
    Tongue(
        "ja", "墨田筆子", "紙屋文男", "2027年度の会費について", "返信", "転送",
        ("紙屋様", "", "当会では一月一日の会員数で会費を決めています。", "理事会も公平だと考えており、退会した会員はいません。"),
        ("皆様", "秋に入会した会員の会費はどう決めていますか。", "四分の一をいただいていますが、高いと言われます。", "免除している会はありますか。", "紙屋"),
        "十月一日以降はいただきません。", "はい、学生は免除です。",
        "2026年11月3日(火) 10:12 {peer} <{address}>:", "2026/11/03 10:12、{peer} <{address}>のメール:", "On 2026/11/03 10:12, {peer} wrote:",
        ("差出人", "送信日時", "宛先", "件名"), "iPhoneから送信", "iOS 版 Outlook を入手する", "---------- Forwarded message ---------", "よろしくお願いいたします。", "iso-2022-jp",
        "2026年11月3日 10:12",
    ),
    Tongue(
        "ru", "Анна Чернильная", "Пётр Перов", "Взносы на 2027 год", "На", "Пересл",
        ("Уважаемый Пётр!", "", "У нас взнос зависит от числа членов на первое января.", "Правление сочло это справедливым, и никто не ушёл."),
        ("Коллеги,", "как вы считаете взнос тех, кто вступил осенью?", "Мы берём четверть, и говорят, что это много.", "Кто-нибудь его отменяет?", "Пётр"),
        "После первого октября не берём.", "Да, для студентов.",
        "вт, 3 нояб. 2026 г. в 10:12, {peer} <{address}>:", "3 нояб. 2026 г., в 10:12, {peer} <{address}> написал(а):", "03.11.2026 10:12, {peer} пишет:",
        ("От", "Отправлено", "Кому", "Тема"), "Отправлено с iPhone", "Получить Outlook для iOS", "---------- Forwarded message ---------", "С уважением,", "koi8-r",
        "3 ноября 2026 г. 10:12",
    ),
    Tongue(
        "he", "דיו נוצה", "קסת עט", "דמי חבר לשנת 2027", "השב", "הועבר",
        ("שלום קסת,", "", "אצלנו דמי החבר נקבעים לפי מספר החברים באחד בינואר.", "הוועד מצא שזה הוגן, ואיש לא עזב."),
        ("עמיתים יקרים,", "איך אתם קובעים דמי חבר למי שהצטרף בסתיו?", "אנחנו גובים רבע, ואומרים לנו שזה יותר מדי.", "האם מישהו מוותר?", "קסת"),
        "אחרי אחד באוקטובר איננו גובים.", "כן, לסטודנטים.",
        "\u202bבתאריך יום ג׳, 3 בנוב׳ 2026 ב-10:12 מאת \u202a{peer}\u202c\u200f <\u202a{address}\u202c\u200f>:\u202c", "ב-3 בנוב׳ 2026, בשעה 10:12, {peer} <{address}> כתב/ה:", "בתאריך 03/11/2026 10:12, {peer} כתב:",
        ("מאת", "נשלח", "אל", "נושא"), "נשלח מה-iPhone שלי", "השג את Outlook עבור iOS", "---------- Forwarded message ---------", "בברכה,", "windows-1255",
        "יום שלישי 3 נובמבר 2026 10:12",
    ),
]  # fmt: skip
