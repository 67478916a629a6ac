"""Introduces the look to the house."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DesignConfig(AppConfig):
    """The components are declared in `catalogue.py`; everything else is templates and styles."""

    name = "collegium.design"
    label = "design"
    verbose_name = _("Design")
