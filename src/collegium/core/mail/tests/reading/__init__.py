"""Each step of reading by itself."""
