"""What is typed of sign-on letters."""
