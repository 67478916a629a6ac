"""The access table's rows of the office's front page, the coverage map, the settings of groups and the health page."""

from __future__ import annotations

from .table import PAGE, everywhere_alike
from .world import OFFICE

PAGES = everywhere_alike("office:front", answers={PAGE: OFFICE})
