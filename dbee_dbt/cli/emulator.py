"""``dbee-dbt emulator``: SQL on an emulated Teradata."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dbee_dbt.model.errors import ConnectionFailedError, EncodingError, StatementFailedError, UsageError
from dbee_dbt.model.plural import counted

if TYPE_CHECKING:
    from dbee_dbt.emulator import Connection
    from dbee_dbt.emulator.cursor import Cursor


@click.group()
def emulator() -> None:
    """Run SQL on an emulated Teradata (docs/emulator.md)."""


@emulator.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("scripts", nargs=-1, metavar="[SCRIPT.sql]...", type=click.Path(path_type=Path))
@click.option("--command", "-c", "commands", multiple=True, metavar="SQL", help="SQL to run after the scripts.")
@click.option("--var", "pairs", multiple=True, metavar="NAME=VALUE", help="What ${NAME} in a script stands for.")
@click.option("--user", default="dbc", show_default=True, help="Who logs on.")
@click.option("--tmode", type=click.Choice(["ANSI", "TERA"]), default="ANSI", show_default=True, help="Session mode.")
def run(file: Path, scripts: tuple[Path, ...], commands: tuple[str, ...], pairs: tuple[str, ...], **logon: Any) -> None:
    """Run scripts, then SQL, on the system in FILE, which is made if it does not exist.

    Results of --command are printed as tables, or as lines of tab-separated values where the output is not a
    terminal. Exit code 1: a statement failed, its place and the database's text are printed; 2: a file cannot be
    read, or FILE cannot be used.
    """
    from dbee_dbt.emulator.scripts import fill_placeholders, run_script

    values = dict(_pair(text) for text in pairs)
    texts = [(str(script), fill_placeholders(_read(script), values, str(script))) for script in scripts]
    with _connected(file, **logon) as connection:
        for name, text in texts:
            done = run_script(connection, text, name)
            click.echo(f"{name}: {counted(done.statements, 'statement')}, {counted(done.rows, 'row')}")
        for command in commands:
            _show(connection, fill_placeholders(command, values, "--command"))


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name:
        raise UsageError(f"--var {text} is not NAME=VALUE")
    return name, value


def _read(script: Path) -> str:
    from dbee_dbt.catalogs.encodings import decode

    try:
        return decode(script.read_bytes(), str(script)).text
    except OSError as error:
        raise EncodingError(f"the script cannot be read: {error.strerror}", file=str(script)) from error


@contextmanager
def _connected(file: Path, **logon: Any) -> Iterator[Connection]:
    import teradatasql

    from dbee_dbt.emulator import connect

    try:
        connection = connect(str(file), **logon)
    except teradatasql.OperationalError as error:
        raise ConnectionFailedError(str(error), file=str(file)) from error
    with connection:
        yield connection


def _show(connection: Connection, sql: str) -> None:
    import teradatasql

    with connection.cursor() as cursor:
        try:
            cursor.execute(sql)
        except teradatasql.OperationalError as error:
            raise StatementFailedError(str(error), subject="--command") from error
        more: bool | None = True
        while more:
            _show_result(cursor)
            more = cursor.nextset()


def _show_result(cursor: Cursor) -> None:
    if cursor.description is None:
        click.echo(f"{cursor.activityname}: {cursor.rowcount}")
        return
    names = [column[0] for column in cursor.description]
    if sys.stdout.isatty():
        _print_table(names, cursor)
        return
    for row in (names, *cursor):
        click.echo("\t".join(_text(value) for value in row))


def _print_table(names: list[str], rows: Iterable[list[Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(*(_text(name) for name in names))
    for row in rows:
        table.add_row(*(_cell(value) for value in row))
    Console(highlight=False, markup=False).print(table)


def _cell(value: Any) -> str:
    """A value in a table on the terminal, where a text of several lines keeps them."""
    lines = str("" if value is None else value).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(_text(line) for line in lines)


def _text(value: Any) -> str:
    from dbee_dbt.report.terminal import visible

    return "" if value is None else visible(str(value))
