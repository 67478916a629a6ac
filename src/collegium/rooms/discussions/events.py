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
QUESTION_HANDED_ON = past("question.handed_on", _("Whoever asked this leaves; it was handed on to a successor"))
QUESTION_TAKEN_BACK = past("question.taken_back", _("This is no longer handed on to a successor"))
POST_EDITED = past("post.edited", _("{actor} edited post {number}"))
POST_DELETED = past("post.deleted", _("{actor} deleted post {number}"))
ANSWER_ACCEPTED = past("answer.accepted", _("{actor} accepted post {number} as the answer"))
ANSWER_UNACCEPTED = past("answer.unaccepted", _("{actor} no longer accepts post {number} as the answer"))
POST_REPORTED = past("post.reported", _("{actor} reported post {number}"))
REPORTS_UPHELD = past("post.reports_upheld", _("{actor} upheld what was reported about post {number}"))
REPORTS_DISMISSED = past("post.reports_dismissed", _("{actor} dismissed what was reported about post {number}"))
POST_HELD = past("held_post.held", _("{actor} wrote something that waits for an officer"))
HELD_EDITED = past("held_post.edited", _("{actor} changed something that waits for an officer"))
HELD_WITHDRAWN = past("held_post.withdrawn", _("{actor} withdrew something that waited for an officer"))
HELD_RELEASED = past("held_post.released", _("{actor} released a held post"))
HELD_REFUSED = past("held_post.refused", _("{actor} refused a held post"))
OFFICERS_NUDGED = past("moderation.nudged", _("{actor} reminded the officers of what waits for them"))
TOPIC_MOVED = past("topic.moved", _("{actor} moved this topic"))
TOPIC_MOVED_AWAY = past("topic.moved_away", _("{actor} moved a topic to another place"))
TOPIC_MOVED_HERE = past("topic.moved_here", _("{actor} moved a topic here"))
CONTINUATION_PROPOSED = past("continuation.proposed", _("{actor} proposed to continue this in another group"))
CONTINUATION_AGREED = past("continuation.agreed", _("{actor} agreed to continue this in another group"))
CONTINUATION_DECLINED = past("continuation.declined", _("{actor} declined to continue this in another group"))
