"""Issues brought to the council: what was answered to the criteria, whom they touch, and what became of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from collegium.core.entries.models import Entry
from collegium.core.groups.models import Group
from collegium.core.people.models import Organization, Tenure


class IssueManager(models.Manager):
    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().select_related("entry__society__entry", "group__entry")


class Issue(models.Model):
    """Something the council should take up, raised for a society (the entry's) or for a group, by one person."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Waiting for triage")
        REFERRED = "referred", _("Referred to a group")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        MERGED = "merged", _("Merged into another")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="issue")
    # Raised by a group's officers; otherwise for the entry's society.
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="+")
    tenure = models.ForeignKey(Tenure, models.PROTECT, related_name="+")
    # When the outside world wants an answer, and the zone in which that was said.
    deadline_at = models.DateTimeField(null=True)
    deadline_zone = models.CharField(max_length=50, blank=True)
    # By when the council answers.
    due_on = models.DateField()
    affected = models.ManyToManyField(Organization, through="positions.Affected", related_name="+")

    objects = IssueManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(deadline_at=None, deadline_zone="") | (Q(deadline_at__isnull=False) & ~Q(deadline_zone="")),
                name="issue_deadline_has_a_zone",
            ),
        ]

    def __str__(self) -> str:
        return self.entry.title

    def get_absolute_url(self) -> str:
        return reverse("positions:issue", args=[self.pk])

    @property
    def state_word(self) -> str:
        return str(Issue.State(self.entry.state).label)

    @property
    def waits(self) -> bool:
        return self.entry.state in (Issue.State.PROPOSED, Issue.State.REFERRED)


class Affected(models.Model):
    """The issue touches this society."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="touches")
    society = models.ForeignKey(Organization, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issue", "society"], name="issue_touches_once")]


class IssueAnswer(models.Model):
    """What was answered to a criterion, with the question as it was asked."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="answers")
    criterion = models.CharField(max_length=30)
    ordinal = models.PositiveSmallIntegerField()
    question = models.CharField(max_length=200)
    raw = models.TextField()
    html = models.TextField()

    class Meta:
        ordering = ["ordinal"]
        constraints = [models.UniqueConstraint(fields=["issue", "criterion"], name="criterion_answered_once")]


class Triage(models.Model):
    """What the council decided of an issue, and why; a referred issue is decided again."""

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="triages")
    outcome = models.CharField(max_length=10, choices=Issue.State.choices)
    reason = models.TextField()
    into = models.ForeignKey(Issue, models.PROTECT, null=True, related_name="merged")
    to_group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="triage_says_why"),
            models.CheckConstraint(
                condition=(Q(outcome="merged") & Q(into__isnull=False)) | (~Q(outcome="merged") & Q(into=None)),
                name="merged_issue_says_into_which",
            ),
            models.CheckConstraint(
                condition=(Q(outcome="referred") & Q(to_group__isnull=False))
                | (~Q(outcome="referred") & Q(to_group=None)),
                name="referred_issue_says_to_whom",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["accepted", "declined", "merged", "referred", "withdrawn"]),
                name="outcome_of_triage_is_known",
            ),
        ]


class Committee(models.Model):
    """A group that does a part of the work on positions beside the council's team, while it is named."""

    class Role(models.TextChoices):
        TRIAGE = "triage", _("Triage of issues")
        POLICY = "policy", _("Chair of positions")

    role = models.CharField(max_length=10, choices=Role.choices)
    group = models.ForeignKey(Group, models.PROTECT, related_name="+")
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["role"], condition=Q(ended_at=None), name="one_committee_a_role"),
            models.CheckConstraint(condition=Q(role__in=["triage", "policy"]), name="role_of_committee_is_known"),
        ]
