"""What can have happened to the archives of mailing lists."""

from django.utils.translation import gettext_lazy as _

from collegium.core.trail.registry import past

ARCHIVE_BROUGHT_IN = past("archive.brought_in", _("The archive of a mailing list was brought in, and sealed"))
ARCHIVE_OPENED = past("archive.opened", _("{actor} opened the archive of the mailing list to the members"))
LETTERS_CLAIMED = past("archive.letters_claimed", _("{actor} said which letters of the archive are theirs"))
GROUP_EXPORTED = past("group.exported", _("What was said in this group was given out as a file"))
