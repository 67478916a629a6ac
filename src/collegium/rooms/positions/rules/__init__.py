"""Who may do what with issues and positions."""
