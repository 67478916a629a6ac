"""Pages of topics and posts."""
