"""``dbee-dbt``: the root command. Command modules are imported only when their command is called."""

from __future__ import annotations

import gc
import importlib
import sys
from typing import NamedTuple

import click

from dbee_dbt import __version__
from dbee_dbt.model.errors import DbeeError, InterruptedRunError

# A catalog is a million small objects that live until the end and form no cycles: looking through them again and again
# for garbage, as Python does after each 700 new ones, takes a tenth of a large run.
_COLLECT_AFTER = 50_000


class Entry(NamedTuple):
    """Where a command lives, and its line in the overview (kept here so that --help imports nothing)."""

    target: str
    summary: str


COMMANDS: dict[str, Entry] = {
    "debug": Entry("dbee_dbt.cli.debug:debug", "Check the connection, the session and what of DBC can be read."),
    "generate-models": Entry(
        "dbee_dbt.cli.generate:generate_models", "Write sources and staging models from a physical schema."
    ),
    "validate": Entry("dbee_dbt.cli.validate:validate", "Check the dbt project against a catalog."),
    "impact": Entry("dbee_dbt.cli.impact:impact", "Say what a change of the physical schema breaks in the project."),
    "rules": Entry("dbee_dbt.cli.rules:rules", "List the rules, and begin one of your own."),
    "save": Entry("dbee_dbt.cli.catalog:save", "Save a catalog to a file."),
    "drift": Entry("dbee_dbt.cli.drift:drift", "Compare a catalog with its baseline and name the models that are hit."),
    "ddl": Entry("dbee_dbt.cli.ddl:ddl", "List and format the statements of DDL files."),
    "bteq": Entry("dbee_dbt.cli.bteq:bteq", "Check BTEQ scripts."),
    "emulator": Entry("dbee_dbt.cli.emulator:emulator", "Run SQL on an emulated Teradata."),
    "dbt-package-path": Entry(
        "dbee_dbt.cli.package_path:dbt_package_path", "Print where the dbt package lies, for packages.yml."
    ),
}


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        module, _, name = entry.target.partition(":")
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; an interrupt is no verdict, where click alone would exit with 1."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as error:
            raise InterruptedRunError("interrupted", hint="Every file is whole: the old one or the new one.") from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.summary) for name, entry in COMMANDS.items()])


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="dbee-dbt", message="%(prog)s %(version)s")
def cli() -> None:
    """Keep a Teradata system, its Git repository and its dbt project in step.

    Exit codes: 0 fine; 1 a verdict (findings, differences, a failed step, something not checked);
    2 no verdict (bad usage or configuration, no connection, nothing matched).
    """


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with its code; a DbeeError is one readable message, never a traceback."""
    _use_utf8()
    gc.set_threshold(_COLLECT_AFTER)
    try:
        cli.main(args=arguments, prog_name="dbee-dbt", standalone_mode=True)
    except DbeeError as error:
        from dbee_dbt.cli.options import echo_error

        echo_error(str(error))
        sys.exit(error.exit_code)


def _use_utf8() -> None:
    """Names may hold any character; a Windows console or a C locale must not turn one into a crash."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    main()
