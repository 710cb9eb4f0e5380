"""Why a query has no meaning: an error that Teradata gives, or something that is not known here."""

from __future__ import annotations


class QueryError(Exception):
    """An error that Teradata gives for this text.

    Args:
        code: Teradata's number (docs/teradata/errors.md).
        names: what the error's text names, in order.
        at: offset in the text, or None.
    """

    def __init__(self, code: int, *names: str, at: int | None = None) -> None:
        super().__init__(code, *names)
        self.code = code
        self.names = names
        self.at = at


class NotKnownError(Exception):
    """Something whose type or meaning is not known here, so that it is refused and never guessed.

    Args:
        what: by name: ``function PIVOT``.
        at: offset in the text, or None.
    """

    def __init__(self, what: str, at: int | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.at = at
