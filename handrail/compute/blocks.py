"""Runs blocks that know nothing of one another where the setting says: on this machine, or on an existing Dask.

HANDRAIL_BLOCKS=here (the default), or dask://host:port. The blocks, what they give and the proof are the same.
"""

import os

from handrail.engines.matching.scan import Runner, on_threads

SETTING = "HANDRAIL_BLOCKS"


class UnknownBlocks(ValueError):
    """The setting names no engine we can run; the message says what it may be."""


def runner_for(setting: str | None = None) -> Runner:
    """What runs the blocks of a scan."""
    chosen = setting if setting is not None else os.environ.get(SETTING, "here")
    if chosen == "here":
        return on_threads
    if chosen.startswith("dask://"):
        # imported here because distributed is an optional package
        from handrail.compute.dask import DaskRunner

        return DaskRunner("tcp://" + chosen.removeprefix("dask://"))
    raise UnknownBlocks(f"{SETTING}={chosen!r} is not known; set it to here or dask://host:port.")
