"""What every door does alike: closed unless it says otherwise, and the unseen does not exist."""

from typing import Any

from django.contrib.auth.decorators import login_not_required as public
from django.db import models
from django.http import Http404

from .models import VisibleQuerySet
from .viewers import Viewer

__all__ = ["get_visible", "public", "viewer_of"]


def get_visible(rows: VisibleQuerySet, viewer: Viewer, **lookup: Any) -> models.Model:
    """The one row the viewer sees; Http404 whether it is not there or may not be seen: one query, one path."""
    found: models.Model | None = rows.visible_to(viewer).filter(**lookup).first()
    if found is None:
        raise Http404
    return found


def viewer_of(request: Any) -> Viewer:
    """Who asks, at the moment of the request: the viewer itself, whom `request.viewer` only stands for."""
    viewer: Viewer = request.viewer.itself
    return viewer
