"""What the statements of a session say: its settings and transactions, SHOW and HELP."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct


class SetDatabase(Struct, frozen=True):
    """DATABASE x, SET SESSION DATABASE x."""

    name: str


class SetQueryBand(Struct, frozen=True):
    """SET QUERY_BAND.

    Args:
        band: its text; None for NONE.
        update: the pairs are merged into the band that is set.
        volatile: FOR SESSION VOLATILE.
    """

    band: str | None
    scope: Literal["SESSION", "TRANSACTION"]
    update: bool = False
    volatile: bool = False

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The names and values of the band."""
        parts = (part.partition("=") for part in (self.band or "").split(";") if part.strip())
        return tuple((name.strip(), value.strip()) for name, _, value in parts)


class SetSession(Struct, frozen=True):
    """Any other SET of the session: ``DATEFORM``, ``TIME ZONE``, ``ROLE`` … and its value as canonical text."""

    setting: str
    value: str


class Transaction(Struct, frozen=True):
    """BT, ET, COMMIT, ROLLBACK, ABORT; the exact text tells the message or condition of the last two."""

    action: Literal["begin", "end", "commit", "rollback", "abort"]
    text: str


class Show(Struct, frozen=True, kw_only=True):
    """SHOW.

    Args:
        kind: ``table``, ``view``, ``join index``, ``statistics`` …; ``query`` for SHOW of a query.
        database: of the object.
        name: of the object; ``""`` for a query.
        text: exact text behind SHOW.
        qualified: SHOW QUALIFIED.
        in_xml: SHOW IN XML.
    """

    kind: str
    database: str
    name: str
    text: str
    qualified: bool = False
    in_xml: bool = False


class HelpColumn(Struct, frozen=True):
    """HELP COLUMN.

    Args:
        database: of the table or view; ``""`` for an expression.
        name: of the table or view; ``""`` for an expression.
        columns: the columns asked for; empty for all (``*``).
        text: exact text behind HELP COLUMN.
    """

    database: str
    name: str
    columns: tuple[str, ...]
    text: str


class Help(Struct, frozen=True):
    """HELP of a ``table``, ``view``, ``session`` …; database and name are ``""`` where there is none."""

    kind: str
    database: str
    name: str
    text: str
