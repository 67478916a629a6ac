"""Reading ballots: the votes, the count, who may still vote, what a page shows."""
