"""The registry as the council's team keeps it: societies and standings, seats, people, functions."""
