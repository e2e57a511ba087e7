"""Jobs for the pool's tests: they run in worker processes, so they live in a module of their own."""

import os
import signal

from wirecopy.errors import ContentError, SettingsError


def behave(word: str) -> str:
    if word == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if word == "stall":
        signal.pause()
    if word == "refuse":
        raise ContentError("cannot be read", reason="test", subject=word)
    return word.upper()


def misconfigured(_word: str) -> str:
    raise SettingsError("the gazetteer is missing", remedy="build it")
