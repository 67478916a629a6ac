"""Who may do what with sign-on letters, and whether a letter may go on."""
