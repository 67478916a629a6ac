"""What rooms above tell of posts."""

from __future__ import annotations

from collegium.core.access.registry import Registry

# name -> function(group_id, message_id) to ids of posts that came as a letter of this name by another way than the mail
named_posts = Registry("posts that were letters")
