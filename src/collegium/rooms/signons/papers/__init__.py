"""A letter on paper: what stands in it, drawn as PDF and as a file for word processors."""
