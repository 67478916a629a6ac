"""Letters as the council's team sees them: how addresses fare, society by society, and the way of what came in."""
