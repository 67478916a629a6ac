"""What the doors of deeds do alike, under the names the doors above the rooms use."""

from collegium.core.access.deeds import done
from collegium.core.access.deeds import see_other as away

__all__ = ["away", "done"]
