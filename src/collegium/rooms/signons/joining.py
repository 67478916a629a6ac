"""What becomes of the columns of sign-on letters when two accounts are joined."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from collegium.core.people.registry import Held

HELD = (
    Held("signons.Step.by"),
    Held("signons.Version.by", _("Versions of sign-on letters")),
    Held("signons.Signature.ended_by"),
    Held("signons.Signature.told_by"),
    Held("signons.Outsider.decided_by"),
)
