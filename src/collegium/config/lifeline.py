"""Children that do not outlive their parent, where the system can promise it."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # from linux/prctl.h


def die_with(parent: int, how: signal.Signals) -> None:
    """Ask Linux to send this process a signal when its parent ends, however that ends; at once where it already has."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, how)
    if os.getppid() != parent:
        os.kill(os.getpid(), how)
