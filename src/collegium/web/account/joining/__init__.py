"""Two accounts of one person: the links and letters by which both are proved, and what the pages show."""
