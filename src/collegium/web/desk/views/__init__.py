"""Pages of a society's desk."""
