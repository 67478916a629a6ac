"""Input to clean values: a vote, the question of a ballot, the reasons of deeds."""
