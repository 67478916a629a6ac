"""What the council's team fills in to keep the registry."""
