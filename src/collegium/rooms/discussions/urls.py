"""The addresses of topics and posts."""

from django.urls import path

from .views import deeds, held, held_links, links, moderation, moving, posts, topics, writing

app_name = "discussions"

urlpatterns = [
    path("groups/<slug:slug>/topics/new/", writing.new_topic, name="new_topic"),
    path("topics/<number:topic_id>/", topics.topic, name="topic"),
    path("topics/<number:topic_id>/audience/", topics.audience, name="audience"),
    path("topics/<number:topic_id>/history/", topics.history, name="history"),
    path("topics/<number:topic_id>/links/", links.links, name="links"),
    path("topics/<number:topic_id>/links/<number:other>/removal/", links.removal, name="link_removal"),
    path("topics/<number:topic_id>/title/", writing.title, name="title"),
    path("topics/<number:topic_id>/posts/", writing.answer, name="answer"),
    path("topics/<number:topic_id>/posts/<number:number>/", posts.post, name="post"),
    path("topics/<number:topic_id>/posts/<number:number>/edit/", writing.edit, name="edit"),
    path("topics/<number:topic_id>/posts/<number:number>/history/", posts.wordings, name="wordings"),
    path("topics/<number:topic_id>/posts/<number:number>/trimmed/", posts.trimmed, name="trimmed"),
    path("topics/<number:topic_id>/posts/<number:number>/deletion/", posts.deletion, name="deletion"),
    path("topics/<number:topic_id>/posts/<number:number>/acceptance/", posts.acceptance, name="acceptance"),
    path("topics/<number:topic_id>/posts/<number:number>/unacceptance/", posts.unacceptance, name="unacceptance"),
    path("topics/<number:topic_id>/pin/", deeds.pin, name="pin"),
    path("topics/<number:topic_id>/unpin/", deeds.unpin, name="unpin"),
    path("topics/<number:topic_id>/closure/", deeds.closure, name="closure"),
    path("topics/<number:topic_id>/reopening/", deeds.reopening, name="reopening"),
    path("topics/<number:topic_id>/follow/", deeds.follow, name="follow"),
    path("topics/<number:topic_id>/mute/", deeds.mute, name="mute"),
    path("topics/<number:topic_id>/unfollow/", deeds.unfollow, name="unfollow"),
    path("topics/<number:topic_id>/posts/<number:number>/report/", moderation.report, name="report"),
    path("topics/<number:topic_id>/posts/<number:number>/report/upholding/", moderation.upholding, name="upholding"),
    path("topics/<number:topic_id>/posts/<number:number>/report/dismissal/", moderation.dismissal, name="dismissal"),
    path("groups/<slug:slug>/moderation/", moderation.moderation, name="moderation"),
    path("groups/<slug:slug>/moderation/holding/", moderation.holding, name="holding"),
    path("held/<number:held_id>/", held.held, name="held"),
    path("held/<number:held_id>/edit/", held.edit, name="held_edit"),
    path("held/<number:held_id>/withdrawal/", held.withdrawal, name="held_withdrawal"),
    path("held/<number:held_id>/release/", held.release, name="held_release"),
    path("held/<number:held_id>/refusal/", held.refusal, name="held_refusal"),
    path("held/by-letter/<str:token>/", held_links.link, name="held_link"),
    path("held/by-letter/<str:token>/release/", held_links.release, name="held_link_release"),
    path("held/by-letter/<str:token>/refusal/", held_links.refusal, name="held_link_refusal"),
    path("topics/<number:topic_id>/move/", moving.move, name="move"),
    path("topics/<number:topic_id>/continuations/", moving.proposal, name="propose_continuation"),
    path("continuations/<number:continuation_id>/", moving.continuation, name="continuation"),
    path("continuations/<number:continuation_id>/agreement/", moving.agreement, name="continuation_agreement"),
    path("continuations/<number:continuation_id>/refusal/", moving.refusal, name="continuation_refusal"),
]
