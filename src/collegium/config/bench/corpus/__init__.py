"""An invented corpus of any size, the same each time it is made."""
