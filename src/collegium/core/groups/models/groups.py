"""Peer groups, governing bodies, committees, and the charter each works under."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from collegium.core.access.models import Audience
from collegium.core.entries.models import Entry
from collegium.core.notices.models import Level


class GroupManager(models.Manager):
    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().select_related("entry")


class Group(models.Model):
    """A group with a page. Its entry's audience says who sees the page; its circle is the audience its members form."""

    class Kind(models.TextChoices):
        PEER_GROUP = "peer_group", _("Peer group")
        GOVERNING_BODY = "governing_body", _("Governing body")
        COMMITTEE = "committee", _("Committee")
        BOARD = "board", _("Board")
        TASK_FORCE = "task_force", _("Task force")
        COLLABORATIVE = "collaborative", _("Collaborative")

    class Joining(models.TextChoices):
        EX_OFFICIO = "ex_officio", _("By office: whoever holds an admitted seat is in")
        OPEN = "open", _("Open to whoever holds an admitted seat")
        ON_REQUEST = "on_request", _("On request")
        INVITATION = "invitation", _("By invitation")

    class Holding(models.TextChoices):
        NOTHING = "nothing", _("Nothing: what is written stands at once")
        NEWCOMERS = "newcomers", _("The first posts of each person")
        EVERYBODY = "everybody", _("Whatever is not written by an officer")

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="group")
    slug = models.SlugField(unique=True, max_length=60)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    short = models.CharField(_("short name"), max_length=40)
    purpose = models.TextField(_("purpose"))
    joining = models.CharField(_("joining"), max_length=12, choices=Joining.choices)
    # In a closed group a second person confirms each new holder, officer and widening before it takes effect.
    is_closed = models.BooleanField(_("closed"), default=False)
    is_new = models.BooleanField(_("new"), default=False)
    # Its letters say only that something is new, and are not answered by letter.
    is_content_free = models.BooleanField(_("letters without content"), default=False, db_default=False)
    # Small pictures stand in its letters; all else that is attached stays behind a link. None: as the house has it.
    shows_pictures = models.BooleanField(_("pictures in letters"), null=True, default=None)
    default_level = models.CharField(max_length=10, choices=Level.choices, default=Level.EVERY)
    officers_audience = models.OneToOneField(Audience, models.PROTECT, related_name="officers_of")
    # Which posts wait for an officer before anybody else reads them; who decided so and when is in the trail.
    holding = models.CharField(
        _("held before publication"), max_length=10, choices=Holding.choices, default=Holding.NOTHING
    )
    held_at_first = models.PositiveSmallIntegerField(_("how many of the first posts"), default=3)
    circle = models.OneToOneField("groups.Circle", models.PROTECT, null=True, related_name="current_of")

    objects = GroupManager()

    class Meta:
        verbose_name = _("group")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(joining__in=["ex_officio", "open", "on_request", "invitation"]),
                name="joining_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(holding__in=["nothing", "newcomers", "everybody"]), name="holding_is_known"
            ),
            # A governing body is closed by its nature.
            models.CheckConstraint(
                condition=~models.Q(kind="governing_body") | models.Q(is_closed=True), name="governing_body_is_closed"
            ),
        ]

    def __str__(self) -> str:
        return self.entry.title

    def get_absolute_url(self) -> str:
        return reverse("groups:group", args=[self.slug])

    @property
    def sends_pictures(self) -> bool:
        """Whether small pictures stand in its letters, by its own decision or the house's."""
        own: bool | None = self.shows_pictures
        return bool(settings.MAIL_SHOWS_PICTURES) if own is None else own

    @property
    def name(self) -> str:
        return self.entry.title


class Charter(models.Model):
    """A version of the text a group works under; the newest is in force."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="charters")
    version = models.PositiveIntegerField()
    text = models.TextField()
    html = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["group", "version"], name="charter_version_once")]
