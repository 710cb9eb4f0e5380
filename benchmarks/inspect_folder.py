"""Inspect a folder as ``dbee-dbt ddl inspect`` does; print seconds, and the megabytes that it took at most.

usage: inspect_folder.py FOLDER [CACHE]
"""

from __future__ import annotations

import os
import resource
import sys
import time
from pathlib import Path

from dbee_dbt.catalogs.inspected import files_of, inspect_files
from dbee_dbt.report.inspection import TextReport


def main() -> None:
    """The work of one run; a file that cannot be read, or a byte that is lost, is an error."""
    folder, *cache = map(Path, sys.argv[1:])
    begun = time.perf_counter()
    report = TextReport()
    for found in inspect_files(files_of([folder]), cache[0] if cache else None):
        if found.found is None:
            sys.exit(found.error)
        report.file(found.file, found.size, found.found)
    seconds = time.perf_counter() - begun
    counts = report.totals.counts()
    if counts["bytes_in"] != counts["bytes_placed"] or counts["structured"] != counts["files"]:
        sys.exit(str(counts))
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * (os.cpu_count() or 1)
    print(seconds, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + children) / 1024)


if __name__ == "__main__":
    main()
