"""What was sent, byte for byte: the database refuses to change or to remove it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .letters import Letter


class Paper(models.Model):
    """A file of a sent letter with its SHA-256; stored once, never replaced."""

    class Kind(models.TextChoices):
        LETTER = "letter", _("The letter")
        ADDENDUM = "addendum", _("The addendum")

    class Form(models.TextChoices):
        PDF = "pdf", "PDF"
        DOCX = "docx", "DOCX"

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    form = models.CharField(max_length=5, choices=Form.choices)
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["letter", "kind", "form"], name="signon_paper_once")]

    @property
    def size(self) -> int:
        return len(self.content)

    @property
    def file_name(self) -> str:
        return f"sign-on-letter-{self.letter_id}{'-addendum' if self.kind == self.Kind.ADDENDUM else ''}.{self.form}"
