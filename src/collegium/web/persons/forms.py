"""What one may narrow the directory by."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DirectoryForm(forms.Form):
    """A society, a function, the beginning of a name."""

    name = forms.CharField(label=_("Name begins with"), required=False, max_length=100)
    society = forms.SlugField(label=_("Society"), required=False, max_length=60, widget=forms.Select)
    function = forms.SlugField(label=_("Function"), required=False, max_length=60, widget=forms.Select)

    def offer(self, societies: list[dict[str, str]], functions: list[dict[str, str]]) -> None:
        """Fill the two lists of choices, found with the page itself."""
        chosen = {"society": (_("Every society"), societies), "function": (_("Every function"), functions)}
        for field, (nothing, rows) in chosen.items():
            self.fields[field].widget.choices = [("", nothing), *((row["slug"], row["name"]) for row in rows)]
