"""The addresses of topics and posts."""

from django.urls import path

from .views import deeds, held, held_links, links, moderation, moving, posts, topics, writing

app_name = "discussions"

urlpatterns = [
    path("groups/<slug:slug>/topics/new/", writing.new_topic, name="new_topic"),
    path("topics/<int:topic_id>/", topics.topic, name="topic"),
    path("topics/<int:topic_id>/audience/", topics.audience, name="audience"),
    path("topics/<int:topic_id>/history/", topics.history, name="history"),
    path("topics/<int:topic_id>/links/", links.links, name="links"),
    path("topics/<int:topic_id>/links/<int:other>/removal/", links.removal, name="link_removal"),
    path("topics/<int:topic_id>/title/", writing.title, name="title"),
    path("topics/<int:topic_id>/posts/", writing.answer, name="answer"),
    path("topics/<int:topic_id>/posts/<int:number>/", posts.post, name="post"),
    path("topics/<int:topic_id>/posts/<int:number>/edit/", writing.edit, name="edit"),
    path("topics/<int:topic_id>/posts/<int:number>/history/", posts.wordings, name="wordings"),
    path("topics/<int:topic_id>/posts/<int:number>/trimmed/", posts.trimmed, name="trimmed"),
    path("topics/<int:topic_id>/posts/<int:number>/deletion/", posts.deletion, name="deletion"),
    path("topics/<int:topic_id>/posts/<int:number>/acceptance/", posts.acceptance, name="acceptance"),
    path("topics/<int:topic_id>/posts/<int:number>/unacceptance/", posts.unacceptance, name="unacceptance"),
    path("topics/<int:topic_id>/pin/", deeds.pin, name="pin"),
    path("topics/<int:topic_id>/unpin/", deeds.unpin, name="unpin"),
    path("topics/<int:topic_id>/closure/", deeds.closure, name="closure"),
    path("topics/<int:topic_id>/reopening/", deeds.reopening, name="reopening"),
    path("topics/<int:topic_id>/follow/", deeds.follow, name="follow"),
    path("topics/<int:topic_id>/mute/", deeds.mute, name="mute"),
    path("topics/<int:topic_id>/unfollow/", deeds.unfollow, name="unfollow"),
    path("topics/<int:topic_id>/posts/<int:number>/report/", moderation.report, name="report"),
    path("topics/<int:topic_id>/posts/<int:number>/report/upholding/", moderation.upholding, name="upholding"),
    path("topics/<int:topic_id>/posts/<int:number>/report/dismissal/", moderation.dismissal, name="dismissal"),
    path("groups/<slug:slug>/moderation/", moderation.moderation, name="moderation"),
    path("groups/<slug:slug>/moderation/holding/", moderation.holding, name="holding"),
    path("held/<int:held_id>/", held.held, name="held"),
    path("held/<int:held_id>/edit/", held.edit, name="held_edit"),
    path("held/<int:held_id>/withdrawal/", held.withdrawal, name="held_withdrawal"),
    path("held/<int:held_id>/release/", held.release, name="held_release"),
    path("held/<int:held_id>/refusal/", held.refusal, name="held_refusal"),
    path("held/by-letter/<str:token>/", held_links.link, name="held_link"),
    path("held/by-letter/<str:token>/release/", held_links.release, name="held_link_release"),
    path("held/by-letter/<str:token>/refusal/", held_links.refusal, name="held_link_refusal"),
    path("topics/<int:topic_id>/move/", moving.move, name="move"),
    path("topics/<int:topic_id>/continuations/", moving.proposal, name="propose_continuation"),
    path("continuations/<int:continuation_id>/", moving.continuation, name="continuation"),
    path("continuations/<int:continuation_id>/agreement/", moving.agreement, name="continuation_agreement"),
    path("continuations/<int:continuation_id>/refusal/", moving.refusal, name="continuation_refusal"),
]
