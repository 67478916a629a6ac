"""The office's pages on which a roster comes in as a file."""
