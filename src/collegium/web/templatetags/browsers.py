"""What a browser calls itself, in words people recognise."""

from __future__ import annotations

from django import template

from collegium.web.account.browsers import browser_in_words

register = template.Library()

register.filter("browser", browser_in_words)
