"""Python's collector of cycles, kept away from where very many objects come without any."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def nothing_collected() -> Iterator[None]:
    """Rows and nodes are very many small dictionaries without cycles, which the collector would walk over and over.

    Behind it they are old, as if they had been walked over: else the next collection would do it.
    """
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.unfreeze()
        if on:
            gc.enable()
