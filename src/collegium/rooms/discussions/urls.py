"""The addresses of topics and posts."""

from django.urls import path

from .views import deeds, links, posts, topics, writing

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
]
