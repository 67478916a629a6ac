"""What a mailing list left behind, whatever program kept it: where each letter lies, found by looking inside."""

from .mailboxes import Letter, letters_in
from .opening import Opened, Unusable, opened
from .pieces import Piece

__all__ = ["Letter", "Opened", "Piece", "Unusable", "letters_in", "opened"]
