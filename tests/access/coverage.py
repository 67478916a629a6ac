"""The access table's rows of the office's front page, the coverage map, the settings of groups and the health page."""

from __future__ import annotations

from .table import PAGE, Row, everywhere_alike
from .world import OFFICE

PAGES = everywhere_alike("office:front", "office:coverage", "office:coverage_export", answers={PAGE: OFFICE})

ONE = [
    Row("office:coverage_of", {PAGE: OFFICE}, lambda w: {"slug": "lagoon"}),
    Row("office:coverage_of", {}, lambda w: {"slug": "none-such"}, state="unknown"),
]
