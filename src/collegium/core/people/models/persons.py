"""Persons: one row each for life, whatever society they work for."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class ContactVisibility(models.TextChoices):
    """Who sees a contact field."""

    MEMBERS = "members", _("All member societies")
    GROUPS = "groups", _("People in my groups")
    SOCIETY = "society", _("My society")
    NOBODY = "nobody", _("Nobody")


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, handle: str, **fields: Any) -> "Person":
        """A person without any way to sign in yet; nobody has a password."""
        person = self.model(handle=handle, **fields)
        person.set_unusable_password()
        person.save(using=self._db)
        return person

    create_superuser = create_user


class Person(AbstractBaseUser):
    """A person. Addresses are allauth's `EmailAddress` rows; there is no other place for one."""

    handle = models.SlugField(_("handle"), unique=True, max_length=60)
    name = models.CharField(_("name"), max_length=150)
    credentials = models.CharField(_("credentials"), max_length=60, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=50, default="UTC")
    about = models.TextField(_("about"), blank=True)
    expertise = ArrayField(models.CharField(max_length=60), verbose_name=_("expertise"), default=list, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    phone_seen_by = models.CharField(max_length=10, choices=ContactVisibility.choices, default=ContactVisibility.NOBODY)
    # The address one is reached at is chosen among one's verified ones; shown to whom this says.
    address_seen_by = models.CharField(
        max_length=10, choices=ContactVisibility.choices, default=ContactVisibility.GROUPS
    )
    joined_at = models.DateTimeField()
    looked_at = models.DateTimeField(_("last looked at home"), null=True)
    welcomed_at = models.DateTimeField(_("went through the first-sign-in page"), null=True)
    closed_at = models.DateTimeField(_("account closed"), null=True)
    # The account of the same person that stayed when two were joined; this one is closed, and its handle leads there.
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="joined")

    objects = PersonManager()

    USERNAME_FIELD = "handle"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        indexes = [models.Index(fields=["name"])]
        constraints = [
            models.CheckConstraint(condition=Q(merged_into=None) | ~Q(merged_into=F("id")), name="joined_to_another"),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(closed_at__isnull=False), name="joined_account_is_closed"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:  # type: ignore[override]  # a plain attribute of the framework
        """Whether the account is open; somebody without a seat still has one."""
        return self.closed_at is None

    @property
    def full_name(self) -> str:
        """Name with credentials: "Tomasz Halloran, CPA"."""
        return f"{self.name}, {self.credentials}" if self.credentials else self.name

    @property
    def initials(self) -> str:
        words = [word for word in self.name.split() if word[0].isalpha()]
        return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()

    def get_full_name(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("persons:person", args=[self.handle])
