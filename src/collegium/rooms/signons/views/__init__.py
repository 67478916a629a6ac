"""The pages of sign-on letters."""
