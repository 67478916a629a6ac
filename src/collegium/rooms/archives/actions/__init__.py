"""What is done with the archives of mailing lists."""

from .bringing import bring_in
from .claiming import claim_letters
from .exporting import export_group
from .intakes import begin_intake, end_intake
from .opening import move_opened, open_archive

__all__ = ["begin_intake", "bring_in", "claim_letters", "end_intake", "export_group", "move_opened", "open_archive"]
