"""The one error tree: every failure a user can meet has a code, a place and a next step."""

from __future__ import annotations

from typing import ClassVar


class DbeeError(Exception):
    """A failure that a user can act on.

    Args:
        what: what happened, in one sentence.
        subject: the object concerned, as written (``RETAIL_SALES.ORDERS``), or None.
        file: the file concerned, or None.
        line: the line in it, counted from 1, or None.
        hint: what to do next, in one sentence, or None.
    """

    code: ClassVar[str] = "DBEE-000"
    exit_code: ClassVar[int] = 2

    def __init__(
        self,
        what: str,
        *,
        subject: str | None = None,
        file: str | None = None,
        line: int | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(what)
        self.what = what
        self.subject = subject
        self.file = file
        self.line = line
        self.hint = hint

    @property
    def place(self) -> str | None:
        """``file:line``, ``file``, or None where the error is not in a file."""
        if self.file is None:
            return None
        return self.file if self.line is None else f"{self.file}:{self.line}"

    def __str__(self) -> str:
        """Two lines at most: what happened, and the next step; a line end in a name or a text is spelled out."""
        parts = [self.code, self.place, self.subject]
        head = " ".join(part for part in parts if part)
        lines = [f"{head}: {self.what}", *([f"  -> {self.hint}"] if self.hint else [])]
        return "\n".join(line.replace("\r", "\\r").replace("\n", "\\n") for line in lines)


class UsageError(DbeeError):
    """The command or its arguments cannot be used as given."""

    code = "DBEE-101"


class AddressError(DbeeError):
    """A catalog address cannot be read as one, or names nothing."""

    code = "DBEE-102"


class NothingMatchedError(DbeeError):
    """A selection matched no object, so there is no verdict."""

    code = "DBEE-103"


class InterruptedRunError(DbeeError):
    """The user stopped the command, so there is no verdict."""

    code = "DBEE-104"


class ConfigurationError(DbeeError):
    """A profile, a project or dbee.yml is missing or cannot be used."""

    code = "DBEE-110"


class MissingDependencyError(DbeeError):
    """An optional library that this command needs is not installed."""

    code = "DBEE-111"


class PackageVersionError(DbeeError):
    """The dbt package installed in the project is of another version than the command line."""

    code = "DBEE-112"


class EncodingError(DbeeError):
    """A file's bytes cannot be read as text."""

    code = "DBEE-201"


class OutputError(DbeeError):
    """A file of results cannot be written."""

    code = "DBEE-205"


class DdlError(DbeeError):
    """A statement cannot be read as Teradata DDL where it has to be."""

    code = "DBEE-202"


class DuplicateColumnError(DdlError):
    """A statement defines one column twice; Teradata's error 3515.

    Args:
        column: the column's name as written the second time.
    """

    def __init__(self, what: str, *, column: str, line: int | None = None) -> None:
        super().__init__(what, line=line)
        self.column = column


class DuplicateObjectError(DbeeError):
    """One object is defined more than once."""

    code = "DBEE-203"


class SavedCatalogError(DbeeError):
    """A saved catalog is damaged, or of a schema version that is not known."""

    code = "DBEE-204"


class ServerError(DbeeError):
    """Something that the database, its driver or the emulator answered with an error.

    Args:
        teradata_code: the database's error number, or None where the error has none or is not the database's.
        not_emulated: True where the emulator refused a statement that it does not know how to answer.
    """

    def __init__(
        self,
        what: str,
        *,
        teradata_code: int | None = None,
        not_emulated: bool = False,
        subject: str | None = None,
        file: str | None = None,
        line: int | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(what, subject=subject, file=file, line=line, hint=hint)
        self.teradata_code = teradata_code
        self.not_emulated = not_emulated


class ConnectionFailedError(ServerError):
    """No connection to the database could be made."""

    code = "DBEE-301"


class DatabaseQueryError(ServerError):
    """A query that had to run was refused or failed."""

    code = "DBEE-302"


class StatementFailedError(DbeeError):
    """A statement of a script was refused or failed; that is a verdict on the script."""

    code = "DBEE-303"
    exit_code = 1


class ManifestError(DbeeError):
    """manifest.json is missing, unreadable or of a version that is not known."""

    code = "DBEE-401"


class GenerationError(DbeeError):
    """Nothing can be generated from what was found, or a target path is unusable."""

    code = "DBEE-402"


class YamlError(DbeeError):
    """A YAML file of the project cannot be read, or cannot be edited without a guess."""

    code = "DBEE-405"


class RuleError(DbeeError):
    """A validation rule, its options or its severity cannot be used."""

    code = "DBEE-403"


class MacroError(DbeeError):
    """A dbt macro is missing, cannot be compiled, or raised an error."""

    code = "DBEE-404"


class AcceptedError(DbeeError):
    """The file of accepted findings is missing, or is none."""

    code = "DBEE-406"


class GitError(DbeeError):
    """Git is not there, or cannot tell what was asked."""

    code = "DBEE-407"
