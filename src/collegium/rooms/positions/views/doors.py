"""What the doors of positions do alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms

from collegium.core.access import deeds
from collegium.core.access.deeds import see_other, sent, status_of

__all__ = ["done", "see_other", "sent", "status_of"]


def done(form: forms.Form, deed: Callable[[dict[str, Any]], Any]) -> Any:
    """What the deed gives for the form's values; None where the form is not sound, or says why it was refused."""
    return deeds.done(form, lambda: deed(form.cleaned_data))
