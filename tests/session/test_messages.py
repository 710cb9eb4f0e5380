"""What an error text of the driver says."""

from __future__ import annotations

import pytest

from dbee_dbt.session.messages import ServerMessage, masked, read_message

STACK = "\n at gosqldriver/teradatasql.formatError ErrorUtil.go:84\n at database/sql.(*DB).conn sql.go:1436"
HEAD = "[Version 20.0.0.72] [Session 1234]"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            f"{HEAD} [Teradata Database] [Error 3807] Object 'd.t_26310' does not exist.{STACK}",
            ServerMessage("Teradata Database", 3807, None, "Object 'd.t_26310' does not exist."),
        ),
        (
            f"{HEAD} [Teradata Database] [Error 9719] [SQLState HY000] QVCI feature is disabled. at gosqldriver/x.f A.go:1",
            ServerMessage("Teradata Database", 9719, "HY000", "QVCI feature is disabled."),
        ),
        (
            f"{HEAD} [Teradata SQL Driver] [Error 444] [SQLState 08001] Failed to connect to h{STACK}\nCaused by {HEAD} [Teradata SQL Driver] [Error 446] more{STACK}",
            ServerMessage("Teradata SQL Driver", None, "08001", "Failed to connect to h"),
        ),
        (
            f"{HEAD} [Teradata SQL Driver] [Error 8017] [SQLState 28000] The token has expired",
            ServerMessage("Teradata SQL Driver", 8017, "28000", "The token has expired"),
        ),
        (
            f"{HEAD} [Teradata Security] [Error 0x80/0x1] no ticket",
            ServerMessage("Teradata Security", None, None, "no ticket"),
        ),
        (
            f"{HEAD} [dbee emulator] not emulated: a thing",
            ServerMessage("dbee emulator", None, None, "not emulated: a thing"),
        ),
        ("the socket was closed", ServerMessage("", None, None, "the socket was closed")),
        (
            "it says [Teradata Database] [Error 2631] somewhere",
            ServerMessage("", None, None, "it says [Teradata Database] [Error 2631] somewhere"),
        ),
        (
            f"{HEAD} [Teradata Database] [Error 3807] Object '[Error 2631]' does not exist.",
            ServerMessage("Teradata Database", 3807, None, "Object '[Error 2631]' does not exist."),
        ),
    ],
)  # fmt: skip
def test_an_error_text_is_taken_apart(text: str, message: ServerMessage) -> None:
    assert read_message(text) == message


def test_what_a_user_reads() -> None:
    shown = read_message(f"{HEAD} [Teradata Database] [Error 3807] Object 'x' does not exist.{STACK}").shown
    assert shown == "[Teradata Database] [Error 3807] Object 'x' does not exist."


def test_secrets_are_masked_the_longest_first() -> None:
    assert masked("logon with pass and password", frozenset({"pass", "password"})) == "logon with ***** and *****"
