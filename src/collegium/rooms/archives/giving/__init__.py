"""Giving back all that was said in a group: letters, files and books anybody can read without this house."""

from .package import files_of_group, name_for

__all__ = ["files_of_group", "name_for"]
