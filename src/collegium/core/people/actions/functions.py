"""Functions: what somebody does at a society; a society has one seat for each it fills."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.standard import OFFICE
from collegium.core.trail import actions as trail

from .. import events
from ..models import Function, Tenure
from ..rules import check_keep_registry
from .findable import write_people

SLUG_LENGTH = 50


@transaction.atomic
def add_function(
    name: str, *, plural: str, short: str, by: Any, at: datetime, single_holder: bool = False, about: str = ""
) -> Function:
    """A function that no society had a seat for before; how many hold a seat at a time is said once."""
    check_keep_registry(by, at)
    slug = slugify(name)[:SLUG_LENGTH]
    if not slug:
        raise Refused(_("The name needs a letter or a digit."))
    function, made = Function.objects.get_or_create(
        slug=slug,
        defaults={"name": name, "plural": plural, "short": short, "single_holder": single_holder, "about": about},
    )
    if not made or Function.objects.filter(name__iexact=name).exclude(pk=function.pk).exists():
        raise Refused(_("There is a function of this name already."))
    trail.record(events.FUNCTION_ADDED, on=function, by=by, at=at, audience=OFFICE, facts={"slug": slug})
    return function


@transaction.atomic
def rename_function(
    function: Function, *, name: str, plural: str, short: str, about: str, by: Any, at: datetime
) -> Function:
    """Call it otherwise; its seats, their holders and the groups that admit it stay what they are."""
    check_keep_registry(by, at)
    locked = Function.objects.select_for_update(of=("self",)).get(pk=function.pk)
    if Function.objects.filter(name__iexact=name).exclude(pk=locked.pk).exists():
        raise Refused(_("There is a function of this name already."))
    locked.name, locked.plural, locked.short, locked.about = name, plural, short, about
    locked.save(update_fields=["name", "plural", "short", "about"])
    write_people(Tenure.objects.filter(seat__function=locked).values_list("person_id", flat=True), at=at)
    trail.record(events.FUNCTION_RENAMED, on=locked, by=by, at=at, audience=OFFICE, facts={"slug": locked.slug})
    return locked
