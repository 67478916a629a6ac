"""The doors of issues and positions."""
