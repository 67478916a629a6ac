"""What can have happened to sign-on letters."""

from django.utils.translation import gettext_lazy as _

from collegium.core.trail.registry import past

LETTER_OPENED = past("signon.opened", _("{actor} began this letter"))
TERMS_CHANGED = past("signon.terms_changed", _("{actor} changed the terms of this letter"))
DELIVERY_MOVED = past("signon.delivery_moved", _("{actor} moved the delivery to {day}"))
TEXT_SAVED = past("signon.text_saved", _("{actor} wrote version {number}"))
ASKED_AGAIN = past("signon.asked_again", _("{actor} changed the text in substance: signatures are asked for again"))
LETTER_MOVED = past("signon.moved", _("{actor} moved this on: {was} → {now}"))
SIGNATURE_WITHDRAWN = past("signature.withdrawn", _("{actor} withdrew the signature of a society"))
SIGNATURE_LAPSED = past("signature.lapsed", _("A society is no longer a member: its signature is off the letter"))
PROOF_MADE = past("signon.proof_made", _("A new proof of this letter is out: a name came off it"))
WITHDRAWAL_TOLD = past("signature.withdrawal_told", _("{actor} decided whether the addressee hears of a withdrawal"))
OUTSIDE_OPENED = past("signon.outside_opened", _("{actor} let outside organizations sign"))
OUTSIDE_CLOSED = past("signon.outside_closed", _("{actor} closed the page for outside organizations"))
OUTSIDER_VERIFIED = past("outsider.verified", _("An outside organization asks to sign"))
OUTSIDER_CONFIRMED = past("outsider.confirmed", _("{actor} confirmed an outside organization"))
OUTSIDER_REFUSED = past("outsider.refused", _("{actor} refused an outside organization"))
OUTSIDER_CONSENTED = past("outsider.consented", _("An outside organization consented to the changed text"))
ADDENDUM_DELIVERED = past("signon.addendum_delivered", _("{actor} gave the addendum to the addressee"))
