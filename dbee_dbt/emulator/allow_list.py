"""The page of everything that is emulated, made from the tables that the emulator itself reads.

``python -m dbee_dbt.emulator.allow_list > docs/emulator-allow-list.md`` writes it again.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from dbee_dbt.ddl.expressions.aggregates import AGGREGATES
from dbee_dbt.ddl.expressions.convert import CONVERSIONS
from dbee_dbt.ddl.expressions.functions import FUNCTIONS
from dbee_dbt.emulator.cursor import ESCAPES
from dbee_dbt.emulator.dictionary.layout import CALENDAR, DBC_VIEWS, DictionaryView
from dbee_dbt.emulator.escapes import TRANSPORT
from dbee_dbt.emulator.sql.operators import ARITHMETIC, CONDITIONS
from dbee_dbt.emulator.statements.registry import HANDLERS

_HEAD = """\
# What is emulated

The emulator answers what stands here, as Teradata does; everything else is refused by name. This page is made from
the tables that the emulator reads (`python -m dbee_dbt.emulator.allow_list`), so nothing on it is a plan.
[emulator.md](emulator.md) says what an emulator is good for.
"""

Lines = Iterator[str]


def page() -> str:
    """The whole page, in Markdown."""
    sections = (_statements(), _functions(), _aggregates(), _operators(), _conversions(), _views(), _escapes())
    return _HEAD + "".join("\n" + "\n".join(section) + "\n" for section in sections)


def _statements() -> Lines:
    yield from ("## Statements", "", "| statement | different from Teradata |", "|---|---|")
    for handler in HANDLERS.values():
        yield f"| {_cell(handler.form)} | {_cell(handler.note)} |"


def _functions() -> Lines:
    yield from ("## Functions", "", "| function | arguments | note |", "|---|---|---|")
    for function in sorted(FUNCTIONS.values(), key=lambda function: function.name):
        yield f"| {function.name} | {_arguments(function.least, function.most)} | {_cell(function.note)} |"


def _aggregates() -> Lines:
    yield from ("## Aggregates and window functions", "", "| function | arguments | note |", "|---|---|---|")
    for function in sorted(AGGREGATES.values(), key=lambda function: function.name):
        where = "only with OVER" if function.window_only else ""
        note = "; ".join(part for part in (where, function.note) if part)
        yield f"| {function.name} | {_arguments(function.least, function.most)} | {_cell(note)} |"


def _operators() -> Lines:
    yield from ("## Operators and conditions", "")
    yield f"Arithmetic: {_codes(sorted(ARITHMETIC))}. Characters: `||`."
    yield ""
    yield f"Conditions: {_codes(sorted(CONDITIONS))}, and `AND`, `OR`, `NOT`."


def _conversions() -> Lines:
    yield from ("## Conversions", "", "By family of types; CAST, TRYCAST, `x (type)` and implicit ones alike.", "")
    yield from ("| from | to |", "|---|---|")
    for source, targets in CONVERSIONS.items():
        if targets:
            yield f"| {source} | {', '.join(dict.fromkeys(targets))} |"


def _views() -> Lines:
    yield from ("## Dictionary views", "", "A column on the right is listed and raises when it is selected.", "")
    yield from ("| view | filled | not filled |", "|---|---|---|")
    alike: dict[str, list[DictionaryView]] = {}
    for view in DBC_VIEWS.values():
        alike.setdefault(view.table, []).append(view)
    for views in alike.values():
        names = ", ".join(f"DBC.{view.name}" for view in views) + (" (setting `qvci`)" if views[0].qvci else "")
        yield f"| {names} | {_filled(views[0], True)} | {_filled(views[0], False)} |"
    yield f"| Sys_Calendar.CALENDAR | {_filled(CALENDAR, True)} | |"
    yield from (
        "",
        "Tables, views, join and hash indexes have rows in ColumnsV; in IndicesV tables and join indexes, but no "
        "rows of type J, N, 1 and 2, whose columns are not known: JoinIndicesV tells which is on which table. "
        "What lies in DBC itself is not listed in TablesV.",
    )


def _filled(view: DictionaryView, filled: bool) -> str:
    names = [column.name for column in view.columns if (column.name.upper() not in view.unfilled) is filled]
    return ", ".join(names)


def _escapes() -> Lines:
    yield from ("## Escape functions of the driver", "", "At the head of a request: `{fn teradata_…}`.", "")
    yield f"With their effect: {_codes(sorted(ESCAPES))}, `teradata_nativesql`."
    yield ""
    yield f"Accepted without one, as they only say how rows travel: {_codes(sorted(TRANSPORT))}."


def _arguments(least: int, most: int | None) -> str:
    if most is None:
        return f"{least} or more"
    return str(least) if least == most else f"{least} to {most}"


def _codes(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _cell(text: str) -> str:
    """Text in a cell of a table."""
    return text.replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(page())
