"""What becomes of the columns of letters when two accounts are joined."""

from collegium.core.people.registry import Held, leave

# What waits goes to the account that stays, unless that gets the same; the rest stays as it happened.
HELD = (
    Held("mail.Delivery.person", once=("mailing",)),
    Held("mail.Digest.person", once=("cadence", "place", "until"), twin=leave),
    Held("mail.Incoming.person"),
    Held("mail.Complaint.person", once=("of", "of_id")),
)
