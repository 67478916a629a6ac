"""The council's team at work on calls."""
