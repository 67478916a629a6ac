"""What people type on the pages of their account."""
