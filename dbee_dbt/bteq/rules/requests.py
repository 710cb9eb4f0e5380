"""Rules on where requests end and what they hold."""

from __future__ import annotations

from collections.abc import Iterator

from dbee_dbt.bteq.commands import Again, Request
from dbee_dbt.bteq.findings import Checked, Hit
from dbee_dbt.bteq.pieces import ends_in_placeholder
from dbee_dbt.bteq.walk import first_words, is_ddl, requests, statements

_ENDS_OF_TRANSACTIONS = {("ET",), ("END", "TRANSACTION"), ("COMMIT",), ("COMMIT", "WORK")}


def terminator_disabled(checked: Checked) -> Iterator[Hit]:
    """A `--` comment behind a `;` on its line.

    BTEQ takes a `;` for the end of a request only as the last character of its line. With the comment behind it, the
    next statement becomes a part of the same request, and the commands between are no commands.

    Best practice: put the comment on a line of its own, or write it as `/* … */`.
    """
    for instruction, request in requests(checked.program):
        begin = checked.text.find(request.sql, instruction.start)
        for offset in request.disabled:
            yield Hit(
                instruction,
                "the ; does not end the request, as a -- comment follows it on its line",
                "Put the comment on a line of its own, or write /* … */.",
                offset=begin + offset,
            )


def request_not_ended(checked: Checked) -> Iterator[Hit]:
    """A request does not end: its `;` is missing in front of a command, or something in it is left open.

    BTEQ ignores a `;` inside parentheses, literals, quoted names and comments, so one that is left open swallows the
    rest of the script. Only the last request of a script may lack its `;`, and one that ends in a variable or in what a
    command of the shell prints (`$(…)`), which may bring it.

    Best practice: write the `;` at the end of the line; close what is open.
    """
    for instruction, request in requests(checked.program):
        if request.is_open:
            what = "a parenthesis, literal, name or comment in the request is never closed"
            yield Hit(instruction, what, "Close it; BTEQ sees no ; within.")
        elif request.ended == "command" and not ends_in_placeholder(request.sql):
            line = instruction.line + request.sql.count("\n")
            what = f"no ; ends the request in front of the command behind line {line}"
            yield Hit(instruction, what, "Write ; at the end of the request's last line.")


def procedure_in_script(checked: Checked) -> Iterator[Hit]:
    """A procedure with a body stands in the script itself.

    BTEQ does not understand BEGIN and END: it sends what stands in front of the first `;` at the end of a line, and the
    rest as requests of their own.

    Best practice: put the procedure in a file of its own and read it with `.COMPILE FILE=…`.
    """
    for instruction, request in requests(checked.program):
        if request.ended == "block" and ";" in request.sql:
            yield Hit(
                instruction,
                "BTEQ cuts this procedure at its first ; at the end of a line",
                "Put it in a file of its own and write .COMPILE FILE=….",
            )


def ddl_not_alone(checked: Checked) -> Iterator[Hit]:
    """A request of several statements creates, alters or drops an object.

    Statements on one line, or with the `;` in front, are sent as one request; the database takes a data definition only
    alone in its request.

    Best practice: end each line with the `;` of its statement.
    """
    for instruction, request in requests(checked.program):
        found = statements(request)
        if len(found) > 1 and not request.disabled and any(is_ddl(text) for text in found):
            yield Hit(
                instruction,
                f"{len(found)} statements are sent as one request, and one of them is a data definition",
                "Write each statement on lines of its own, with its ; at the end.",
            )


def again_after_end(checked: Checked) -> Iterator[Hit]:
    """`= n` stands behind the end of a transaction.

    It repeats the last request only. After `BT; … ET;` line by line that is the ET alone, which fails with 3510.

    Best practice: write the transaction as one request, with the `;` in front of each further statement.
    """
    before: Request | None = None
    for instruction in checked.program.instructions:
        if isinstance(instruction.action, Again) and before is not None and _ends_transaction(before):
            yield Hit(
                instruction,
                "= repeats the last request only, which is the end of the transaction",
                "Write the transaction as one request, with ; in front of each further statement.",
            )
        if isinstance(instruction.action, Request):
            before = instruction.action


def _ends_transaction(request: Request) -> bool:
    words = first_words(request.sql)
    return len(statements(request)) == 1 and words in _ENDS_OF_TRANSACTIONS
