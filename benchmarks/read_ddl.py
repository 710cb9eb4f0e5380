"""Read a file of DDL with one reader and print the median seconds. Runs in the reader's own environment.

usage: read_ddl.py dbee|sqlglot|sqlfluff FILE STATEMENTS TIMES
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from pathlib import Path


def read_with_dbee(text: str) -> int:
    """To a full model: every statement read and assembled to objects."""
    from dbee_dbt.ddl.assemble import assemble

    found = assemble([("estate.sql", text)])
    return len(found.objects) - len(found.refusals)


def read_with_sqlglot(text: str) -> int:
    """To sqlglot's syntax trees; a statement that it keeps as opaque text does not count."""
    import sqlglot
    from sqlglot import exp

    return sum(isinstance(tree, exp.Create) for tree in sqlglot.parse(text, dialect="teradata"))


def read_with_sqlfluff(text: str) -> int:
    """To sqlfluff's syntax tree; a part that it cannot parse means that nothing counts."""
    from sqlfluff.core import Linter

    tree = Linter(dialect="teradata").parse_string(text).root_variant().tree
    if any(tree.recursive_crawl("unparsable")):
        return 0
    return sum(1 for _ in tree.recursive_crawl("create_table_statement"))


def main() -> None:
    """Time the reader; a statement that was not read is an error, for then the figure means nothing."""
    reader, file, statements, times = sys.argv[1:]
    read = {"dbee": read_with_dbee, "sqlglot": read_with_sqlglot, "sqlfluff": read_with_sqlfluff}[reader]
    text = Path(file).read_text(encoding="utf-8")
    measured = []
    for _ in range(int(times)):
        gc.collect()
        start = time.perf_counter()
        count = read(text)
        measured.append(time.perf_counter() - start)
        if count != int(statements):
            sys.exit(f"{reader} read {count} of {statements} statements")
    print(statistics.median(measured))


if __name__ == "__main__":
    main()
