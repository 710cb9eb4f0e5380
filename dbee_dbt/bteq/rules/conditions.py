"""Rules on IF, the status values and severities."""

from __future__ import annotations

from collections.abc import Iterator

from dbee_dbt.bteq.commands import (
    Action,
    BlockIf,
    Compile,
    ElseIf,
    If,
    OpaqueCondition,
    Repeat,
    Request,
    SetErrorLevel,
    SetMaxError,
)
from dbee_dbt.bteq.conditions import comparisons, tested
from dbee_dbt.bteq.findings import Checked, Hit
from dbee_dbt.bteq.script import Instruction
from dbee_dbt.bteq.walk import condition_of, is_ddl, places, shown, statements

_HIGHEST_SEVERITY = 16
_ERROR = 8


def condition_unclear(checked: Checked) -> Iterator[Hit]:
    """A condition is not what BTEQ takes.

    It takes comparisons of status values (ERRORCODE, ERRORLEVEL, ACTIVITYCOUNT …) with unsigned numbers. AND and OR may
    be mixed only with parentheses around each.

    Best practice: `.IF (ERRORCODE = 0) AND (ACTIVITYCOUNT > 0) THEN …`.
    """
    for place in places(checked.program):
        condition = condition_of(place.action)
        if isinstance(condition, OpaqueCondition):
            yield Hit(
                place.instruction,
                "the condition is not understood",
                "Compare status values with unsigned numbers; put parentheses around each part of AND and OR.",
            )


def then_in_block(checked: Checked) -> Iterator[Hit]:
    """THEN stands at the end of an IF or ELSEIF of a block.

    A block is `.IF condition` on its own line, then instructions, then `.ENDIF`. THEN belongs to the form in which one
    instruction follows on the same line.

    Best practice: take THEN out, or bring the instruction up to its line.
    """
    for place in places(checked.program):
        action = place.action
        if (isinstance(action, If) and not action.then) or (isinstance(action, ElseIf) and action.then):
            yield Hit(
                place.instruction,
                "nothing stands behind THEN on its line",
                "Take THEN out and end the block with .ENDIF, or bring the instruction up to its line.",
            )


def errorcode_untested(checked: Checked) -> Iterator[Hit]:
    """No ERRORCODE test follows a request that creates, alters or drops an object, or a COMPILE.

    BTEQ goes on behind an error; what follows works on a table that is not there, or not the one that is meant. Behind
    `.SET MAXERROR 7`, or less, BTEQ ends by itself. No test is needed by a DROP whose failure `.SET ERRORLEVEL …
    SEVERITY 0` allows, nor by one right in front of the CREATE of the same object, which fails if that is still there.

    Best practice: `.IF ERRORCODE <> 0 THEN .QUIT ERRORCODE` behind each of them.
    """
    guarded, tolerated = False, False
    instructions = checked.program.instructions
    for index, instruction in enumerate(instructions):
        match instruction.action:
            case SetMaxError(severity):
                guarded = severity is not None and severity < _ERROR
            case SetErrorLevel(severities):
                tolerated = any(entry.severity == 0 for entry in severities)
            case Request() | Compile() | If():
                subject = _changes(instruction.action)
                following = instructions[index + 1 : index + 20]
                is_allowed = guarded or (tolerated and subject.upper().startswith("DROP"))
                is_allowed = is_allowed or _is_made_again(subject, following)
                if subject and not is_allowed and not _is_tested(following):
                    fix = "Add .IF ERRORCODE <> 0 THEN .QUIT ERRORCODE behind it."
                    yield Hit(instruction, f"no ERRORCODE test follows {subject}", fix)


def _changes(action: Action) -> str:
    """What is created, altered or dropped, for a message; empty if nothing is."""
    match action:
        case Compile():
            return "COMPILE"
        case If(_, then):
            return next(filter(None, map(_changes, then)), "")
        case Request():
            return next((shown(text) for text in statements(action) if is_ddl(text)), "")
    return ""


def _is_made_again(subject: str, following: tuple[Instruction, ...]) -> bool:
    """True if what a DROP drops is created by the next request."""
    verb, _, dropped = (*subject.upper().split(" ", 2), "", "")[:3]
    actions = (instruction.action for instruction in following)
    created = next((_changes(action).upper() for action in actions if isinstance(action, Request)), "")
    return verb == "DROP" and created.startswith(("CREATE ", "CT ")) and created.endswith(f" {dropped}")


def _is_tested(following: tuple[Instruction, ...]) -> bool:
    """True if a test stands in front of the next request."""
    for instruction in following:
        condition = condition_of(instruction.action)
        if condition is not None and tested(condition) & {"ERRORCODE", "ERRORLEVEL", "BTEQRETURNCODE"}:
            return True
        if isinstance(instruction.action, Request | Compile | Repeat):
            return False
    return False


def errorlevel_sticky(checked: Checked) -> Iterator[Hit]:
    """ERRORLEVEL is tested directly behind a request, where ERRORCODE is meant.

    ERRORLEVEL is the highest severity since the script began and never goes back. Once a request has failed, the test
    is true behind each later one, however well that went.

    Best practice: test ERRORCODE, which each request sets anew; test ERRORLEVEL once, at the end.
    """
    count, previous = 0, False
    for instruction in checked.program.instructions:
        condition = condition_of(instruction.action)
        if previous and count > 1 and condition is not None and "ERRORLEVEL" in tested(condition):
            yield Hit(
                instruction,
                "ERRORLEVEL never goes back: an error of any earlier request makes this true",
                "Test ERRORCODE here, and ERRORLEVEL once at the end.",
            )
        previous = isinstance(instruction.action, Request)
        count += previous


def errorlevel_number(checked: Checked) -> Iterator[Hit]:
    """ERRORLEVEL is compared with the number of an error.

    ERRORLEVEL is a severity: 0, 4, 8, 12, or what `.SET ERRORLEVEL` says. Numbers like 3807 are those of ERRORCODE.

    Best practice: compare ERRORCODE.
    """
    for place in places(checked.program):
        condition = condition_of(place.action)
        for found in comparisons(condition) if condition is not None else ():
            if "ERRORLEVEL" not in (found.left, found.right):
                continue
            number = found.right if found.left == "ERRORLEVEL" else found.left
            if isinstance(number, int) and number > _HIGHEST_SEVERITY:
                what = f"ERRORLEVEL is a severity and is compared with {number}, which is the number of an error"
                yield Hit(place.instruction, what, "Compare ERRORCODE.")


def maxerror_too_high(checked: Checked) -> Iterator[Hit]:
    """MAXERROR is so high that an ordinary error does not end the script.

    BTEQ ends when a severity is *greater than* MAXERROR. Errors of the database have severity 8, if `.SET ERRORLEVEL`
    does not say otherwise; so with 8 or more they do not end it.

    Best practice: `.SET MAXERROR 7` ends at errors; `.SET MAXERROR 1` at warnings too.
    """
    for place in places(checked.program):
        if isinstance(place.action, SetMaxError) and (place.action.severity or 0) >= _ERROR:
            what = f"with MAXERROR {place.action.severity}, errors of severity 8 do not end the script"
            yield Hit(place.instruction, what, "Write .SET MAXERROR 7 to end at errors.")


def status_of_nothing(checked: Checked) -> Iterator[Hit]:
    """A status value of the last request is tested, and no request stands in front.

    ERRORCODE and ACTIVITYCOUNT are 0 then, so the test always comes out the same.

    Best practice: move the test behind the request that it is about.
    """
    for instruction in checked.program.instructions:
        action = instruction.action
        if not isinstance(action, If | BlockIf):
            if not _sets_no_status(action):
                return
            continue
        found = sorted(tested(action.condition) & {"ERRORCODE", "ACTIVITYCOUNT"})
        if found:
            yield Hit(instruction, f"{found[0]} is tested before any request", "Move the test behind its request.")
            return


def _sets_no_status(action: Action) -> bool:
    return type(action).__name__ in ("SetOption", "SetErrorLevel", "SetMaxError", "SetSession", "Remark", "Show")
