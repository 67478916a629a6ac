"""What can be said in a ballot, by its name in the books."""

from __future__ import annotations

YES, NO, ABSTAIN, OBJECTION, RECUSED = "yes", "no", "abstain", "objection", "recused"
RANKED, APPROVED, BLANK = "ranked", "approved", "blank"

# What a paper in the box can say, by the ballot's method; an objection's words would name its author.
SECRET = {"motion": (YES, NO, ABSTAIN), "approval": (APPROVED, BLANK), "stv": (RANKED, BLANK)}
OPEN = {
    "motion": (YES, NO, OBJECTION, ABSTAIN, RECUSED),
    "approval": (APPROVED, BLANK, RECUSED),
    "stv": (RANKED, BLANK, RECUSED),
}
