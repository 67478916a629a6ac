"""What the tests of archives share. The house is imported late: this file is read before it is set up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture
def bring(cast, tmp_path) -> Callable[..., Any]:
    """Brings the letters into the group of the CFOs, or another; gives what the run came to."""
    from collegium.rooms.archives.carrying import bring_archive

    from .lists import mailbox

    def bring(content, group=None, name="list.mbox", **more):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else mailbox(content))
        more.setdefault("processes", 0)
        return bring_archive(group or cast.cfos, path, at=cast.at, **more)

    return bring


@pytest.fixture
def open_it(cast) -> Callable[..., Any]:
    """Opens the newest archive, as the chair of the CFOs unless said otherwise."""
    from collegium.rooms.archives import actions
    from collegium.rooms.archives.models import Archive

    def open_it(by="colleague", words="Decided at the spring meeting.", **more):
        archive = Archive.objects.latest("pk")
        return actions.open_archive(archive, words=words, viewer=cast.viewer(by), at=cast.at, **more)

    return open_it
