"""The bridge: loads the macros that dbt loads and calls them with the few context functions they may use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn

from jinja2 import TemplateError

from dbee_dbt.bridge.context import MacroRaised, functions
from dbee_dbt.bridge.package_root import dbt_package_root
from dbee_dbt.bridge.templates import ENVIRONMENT, Macro, MacroFile, Namespace, place_of
from dbee_dbt.model.errors import DatabaseQueryError, DbeeError, MacroError, UsageError

Row = dict[str, Any]
Query = Callable[[str], list[Row]]

PACKAGE = "dbee_dbt"
MACRO_FOLDERS = ("macros", "validators", "generators")


class Bridge:
    """The macros of the dbt package, and those of a project beside them.

    Args:
        query: runs one query and returns its rows with lower-case keys; what the macro ``dbee_query`` stands for here.
            None where there is no database: then a macro that asks one fails.
        project_macro_dirs: macro folders of the user's project. Its macros see ours and win over ours of the same
            name, as in dbt; ``overridden`` names those.
        variables: what ``var()`` answers.
        log: takes what the macros log or print.
        package_root: the dbt package's folder; the installed one by default.

    ``failed`` holds by statement the errors that ``dbee_queries_or_none`` let pass.
    """

    def __init__(
        self,
        query: Query | None = None,
        project_macro_dirs: Iterable[Path] = (),
        *,
        variables: Mapping[str, Any] | None = None,
        log: Callable[[str], None] | None = None,
        package_root: Path | None = None,
    ) -> None:
        root = dbt_package_root() if package_root is None else package_root
        self._context: Namespace = {**ENVIRONMENT.globals, **functions(variables or {}, log or (lambda _text: None))}
        self.package = self._load(root / folder for folder in MACRO_FOLDERS)
        project = self._load(project_macro_dirs)
        self.overridden = tuple(sorted(set(self.package) & set(project)))
        self.failed: dict[str, DatabaseQueryError] = {}
        self.package["dbee_query"] = query or _no_database
        self.package["dbee_queries_or_none"] = lambda statements: [self._rows_or_none(sql) for sql in statements]
        self._context.update({**self.package, **project, PACKAGE: self.package, "context": self._context})
        self.macros: dict[str, Macro] = {
            name: found for name, found in self._context.items() if isinstance(found, Macro)
        }

    @cached_property
    def _passed(self) -> frozenset[int]:
        return frozenset(self.package["dbee_statement_errors"]())

    def _rows_or_none(self, sql: str) -> list[Row] | None:
        """What the macro ``dbee_queries_or_none`` gives for one statement."""
        try:
            rows: list[Row] = self.package["dbee_query"](sql)
        except DatabaseQueryError as error:
            number = 0 if error.not_emulated else error.teradata_code
            if number not in self._passed:
                raise
            self.failed[sql] = error
            return None
        return rows

    def _load(self, folders: Iterable[Path]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for path in _macro_files(folders):
            file = MacroFile(path, self._context)
            found.update((name, Macro(name, file)) for name in file.names)
        return found

    def call(self, macro_name: str, *arguments: Any, **named: Any) -> Any:
        """Call a macro by name.

        Returns:
            what it gave to ``return()``, else the text it rendered.

        Raises:
            MacroError: there is no such macro, it cannot be compiled, it raised, or it failed; with file and line.
            DbeeError: whatever the query function raised.
        """
        macro = self._context.get(macro_name)
        if not callable(macro):
            raise MacroError("there is no dbt macro of this name", subject=macro_name)
        try:
            return macro(*arguments, **named)
        except DbeeError:
            raise
        except MacroRaised as raised:
            raise MacroError(str(raised), subject=macro_name) from raised
        except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as error:
            file, line = place_of(error)
            raise MacroError(str(error) or type(error).__name__, subject=macro_name, file=file, line=line) from error


def _macro_files(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        yield from sorted(folder.rglob("*.sql"))


def _no_database(_sql: str) -> NoReturn:
    raise UsageError("a dbt macro asked the database, and there is none behind this catalog")
