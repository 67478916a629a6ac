"""Pages of the council's team."""
