"""What can have happened to topics and posts."""

from django.utils.translation import gettext_lazy as _

from collegium.core.trail.registry import past

TOPIC_OPENED = past("topic.opened", _("{actor} opened this topic"))
TOPIC_ANSWERED = past("topic.answered", _("{actor} wrote post {number}"))
TOPIC_RETITLED = past("topic.retitled", _("{actor} changed the title"))
TOPIC_PINNED = past("topic.pinned", _("{actor} pinned this topic"))
TOPIC_UNPINNED = past("topic.unpinned", _("{actor} unpinned this topic"))
TOPIC_CLOSED = past("topic.closed", _("{actor} closed this topic"))
TOPIC_REOPENED = past("topic.reopened", _("{actor} reopened this topic"))
POST_EDITED = past("post.edited", _("{actor} edited post {number}"))
POST_DELETED = past("post.deleted", _("{actor} deleted post {number}"))
ANSWER_ACCEPTED = past("answer.accepted", _("{actor} accepted post {number} as the answer"))
ANSWER_UNACCEPTED = past("answer.unaccepted", _("{actor} no longer accepts post {number} as the answer"))
