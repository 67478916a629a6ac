"""Long random ways through several rooms, each step held against a naive model in plain Python."""
