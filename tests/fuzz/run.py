"""Look for texts of which something does not hold, for as long as ``FUZZ_SECONDS`` says; ``make fuzz`` runs it.

Hypothesis makes the texts out of whole scripts, the same as in the tests, but many more and larger ones, and brings a
failing one down to what is needed; it is printed and the run goes on with the other targets.
"""

from __future__ import annotations

import os
import sys
import time
import traceback
from collections.abc import Callable
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import BYTES, QUERIES, TARGETS, decoded
from tests.strategies.ddl import PIECES, create_tables, rendered, scripts
from tests.strategies.scripts import REALISTIC, damaged

SLOWEST = timedelta(seconds=20)
ROUND = 300  # examples of a target before the next one has its turn
TEXTS = st.one_of(damaged(), damaged(longest=8000), scripts(PIECES), st.text())
STRATEGIES: dict[str, st.SearchStrategy[str]] = {
    "expressions": damaged(QUERIES, longest=300),
    "written": st.one_of(create_tables().flatmap(rendered), damaged(REALISTIC)),
    "formatted": st.one_of(create_tables().flatmap(rendered), damaged(REALISTIC)),
}


def main() -> None:
    """Run the targets in turn until the time is over; exit code 1 where one failed."""
    seconds = float(os.environ.get("FUZZ_SECONDS", "600"))
    begun, examples, failed = time.monotonic(), dict.fromkeys([*TARGETS, "decoded"], 0), set()
    while time.monotonic() - begun < seconds and len(failed) < len(examples):
        for name in [name for name in examples if name not in failed]:
            counted = _counted(name, examples)
            strategy = BYTES if name == "decoded" else STRATEGIES.get(name, TEXTS)
            if not _holds(name, counted, strategy):
                failed.add(name)
            if time.monotonic() - begun > seconds:
                break
    for name, count in examples.items():
        print(f"{name}: {count} texts, {'FAILED' if name in failed else 'held'}")
    sys.exit(1 if failed else 0)


def _counted(name: str, examples: dict[str, int]) -> Callable[[object], None]:
    target: Callable[..., None] = decoded if name == "decoded" else TARGETS[name]

    def check(text: object) -> None:
        examples[name] += 1
        target(text)

    return check


def _holds(name: str, check: Callable[[object], None], strategy: st.SearchStrategy[object]) -> bool:
    """Runs one round of a target; prints the smallest text of which it does not hold."""
    quiet = list(HealthCheck)
    run = settings(max_examples=ROUND, deadline=SLOWEST, database=None, suppress_health_check=quiet, print_blob=False)
    try:
        run(given(strategy)(check))()
    except Exception:
        print(f"{name} does not hold:\n{traceback.format_exc()}", file=sys.stderr, flush=True)
        return False
    return True


if __name__ == "__main__":
    main()
