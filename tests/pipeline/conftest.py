"""One process from which the workers of all tests are forked."""

import multiprocessing
from multiprocessing import forkserver

import pytest

from wirecopy.pipeline.pool import PAGES


@pytest.fixture(scope="session", autouse=True)
def _read_before():
    """Read what pages need once: a pool that asks for less would have each of its workers read that for itself."""
    multiprocessing.get_context("forkserver").set_forkserver_preload([PAGES])
    forkserver.ensure_running()
