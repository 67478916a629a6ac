"""Pages of groups, and the deeds at a group's door."""
