"""How much of a group one wants to hear."""

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.core.notices.models import Level


class LevelForm(forms.Form):
    """One choice for one group."""

    level = forms.ChoiceField(label=_("Letters and notices"), choices=Level.choices, widget=forms.RadioSelect)
