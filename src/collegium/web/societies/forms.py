"""What one may narrow the list of societies by."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SocietiesForm(forms.Form):
    """A letter the name begins with, or a specialty."""

    letter = forms.CharField(required=False, max_length=1, widget=forms.HiddenInput)
    specialty = forms.CharField(label=_("Specialty"), required=False, max_length=100, widget=forms.Select)
