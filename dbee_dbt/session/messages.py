"""What a driver's error text says: who raised it, the error's number, and the message without the rest.

Source: docs/teradata/errors.md §3.1. Every error of the driver is an OperationalError; only the text tells them apart.
"""

from __future__ import annotations

import re

from msgspec import Struct

MASK = "*****"

_PREFIX = r"\A\s*(?:\[Version [^\]]*\]\s*)?(?:\[Session [^\]]*\]\s*)?"
_ORIGIN = r"\[(?P<origin>Teradata Database|Teradata SQL Driver|Teradata Security|dbee emulator)\]\s*"
_NUMBER = r"(?:\[(?:Error|Warning)\s+(?P<code>[0-9xA-Fa-f/]+)\]\s*)?(?:\[SQLState\s+(?P<state>\w+)\]\s*)?"
_HEAD = re.compile(_PREFIX + _ORIGIN + _NUMBER)
_STACK = re.compile(r"\s+at gosqldriver\b.*?(?=\nCaused by |\Z)", re.DOTALL)


class ServerMessage(Struct, frozen=True):
    """An error text, taken apart.

    Args:
        origin: ``Teradata Database``, ``Teradata SQL Driver``, ``Teradata Security``, ``dbee emulator``, or "" where
            the text has no such head.
        code: the database's error number; None for the driver's and the emulator's own errors. It is read from its
            brackets at the head of the text and nowhere else: a name in the message may look like a number.
        state: SQLState, or None.
        text: the message, without head, stack of the driver and chained errors.
    """

    origin: str
    code: int | None
    state: str | None
    text: str

    @property
    def not_emulated(self) -> bool:
        """True where the emulator does not know how to answer; its other errors concern the session."""
        return self.origin == "dbee emulator" and self.text.startswith("not emulated: ")

    @property
    def shown(self) -> str:
        """The message as a user reads it."""
        if self.code is not None:
            return f"[{self.origin}] [Error {self.code}] {self.text}"
        return f"[{self.origin}] {self.text}" if self.origin else self.text


def read_message(text: str) -> ServerMessage:
    """Take the text of a driver's exception apart."""
    head = _HEAD.match(text)
    if head is None:
        return ServerMessage("", None, None, _message(text))
    return ServerMessage(head["origin"], _database_code(head), head["state"], _message(text[head.end() :]))


def _database_code(head: re.Match[str]) -> int | None:
    # The driver numbers its own errors too; only for a rejected logon does it borrow the database's number.
    code = head["code"]
    if code is None or not code.isdigit():
        return None
    return int(code) if head["origin"] == "Teradata Database" or code == "8017" else None


def _message(text: str) -> str:
    """The first error of a chain; the driver adds its stack of Go functions and the causes behind."""
    without_stack = _STACK.sub("", text)
    return without_stack.partition("\nCaused by ")[0].strip()


def masked(text: str, secrets: frozenset[str]) -> str:
    """The text with each of these secrets replaced, the longest first."""
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, MASK)
    return text
