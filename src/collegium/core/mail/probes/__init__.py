"""Trying suspended addresses again: a letter now and then, and what it means that it does not come back."""
