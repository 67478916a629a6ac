"""How positions go together: a kind of link as it reads from its source, and from its target."""

from django.utils.translation import gettext_lazy as _

SUPERSEDES = (_("Replaces"), _("Replaced by"))
