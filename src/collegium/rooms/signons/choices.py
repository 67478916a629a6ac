"""The answers a sign-on call takes, by name."""

SIGNED, RESERVED, DECLINED = "signed", "reserved", "declined"
SIGNS = (SIGNED, RESERVED)
LETTER_KIND, ADDENDUM_KIND = "signon.letter", "signon.addendum"
