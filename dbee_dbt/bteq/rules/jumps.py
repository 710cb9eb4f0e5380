"""Rules on GOTO, LABEL and what no run comes to."""

from __future__ import annotations

from collections.abc import Iterator

from dbee_dbt.bteq.commands import Else, ElseIf, EndIf, Goto, Label, Quit, Request
from dbee_dbt.bteq.findings import Checked, Hit
from dbee_dbt.bteq.flow import blocks, label_key
from dbee_dbt.bteq.walk import places


def _labels(checked: Checked) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for index, instruction in enumerate(checked.program.instructions):
        if isinstance(instruction.action, Label):
            found.setdefault(label_key(instruction.action.name), []).append(index)
    return found


def label_missing(checked: Checked) -> Iterator[Hit]:
    """A GOTO names a label that the script does not have.

    BTEQ then skips everything to the end of the script, and ends as if all were well.

    Best practice: add the label, or mend its name; one in another file that RUN reads does not count.
    """
    known = _labels(checked)
    for place in places(checked.program):
        if isinstance(place.action, Goto) and label_key(place.action.label) not in known:
            yield Hit(
                place.instruction,
                f"there is no label {place.action.label}: the rest of the script is skipped",
                f"Add .LABEL {place.action.label} further on, or mend the name.",
            )


def label_backward(checked: Checked) -> Iterator[Hit]:
    """A GOTO names a label that stands in front of it only.

    GOTO jumps forward only; BTEQ looks for the label to the end of the script, does not find it, and skips everything.

    Best practice: move the label behind the GOTO; for a loop, use `.REPEAT`, `= n` or the caller of the script.
    """
    known = _labels(checked)
    for place in places(checked.program):
        if not isinstance(place.action, Goto):
            continue
        found = known.get(label_key(place.action.label))
        if found and found[-1] <= place.at:
            line = checked.program.instructions[found[-1]].line
            yield Hit(
                place.instruction,
                f"label {place.action.label} stands in front of the GOTO, on line {line}; GOTO jumps forward only",
                "Move the label behind the GOTO.",
            )


def label_duplicate(checked: Checked) -> Iterator[Hit]:
    """A label stands in the script more than once.

    A GOTO goes to the next one behind it. That may be what is meant; it changes as soon as somebody moves a part of the
    script.

    Best practice: give each its own name. Names of labels compare without case.
    """
    for found in _labels(checked).values():
        first = checked.program.instructions[found[0]]
        for index in found[1:]:
            again = checked.program.instructions[index]
            assert isinstance(again.action, Label)
            yield Hit(
                again, f"label {again.action.name} stands on line {first.line} already", "Give each label its own name."
            )


def block_unmatched(checked: Checked) -> Iterator[Hit]:
    """An IF of a block has no ENDIF, or an ELSEIF, ELSE or ENDIF has no IF.

    An IF without THEN begins a block, also where its THEN was forgotten.

    Best practice: end each block with `.ENDIF`; for one instruction write `.IF condition THEN instruction`.
    """
    for index in blocks(checked.program).unmatched:
        instruction = checked.program.instructions[index]
        if isinstance(instruction.action, ElseIf | Else | EndIf):
            verb = type(instruction.action).__name__.upper()
            yield Hit(instruction, f"{verb} belongs to no IF of a block", "Begin the block with .IF and no THEN.")
        else:
            yield Hit(instruction, "the block that this IF begins has no ENDIF", "Add .ENDIF, or THEN to the IF.")


def unreachable(checked: Checked) -> Iterator[Hit]:
    """No run of the script comes to this instruction.

    A GOTO, or the QUIT of every branch in front, leads past it, and no label is between.

    Best practice: delete it, or add the label that is meant.
    """
    yield from (hit for is_behind_quit, hit in _dead(checked) if not is_behind_quit)


def sql_after_quit(checked: Checked) -> Iterator[Hit]:
    """SQL or commands stand behind a QUIT or EXIT that is always taken.

    The script ends there, and with an exit code that may say that all is well.

    Commands alone, such as a last `.LOGOFF`, are a `warn`.

    Best practice: delete what follows, or move it in front; often a `.IF … THEN` in front of the QUIT was lost.
    """
    yield from (hit for is_behind_quit, hit in _dead(checked) if is_behind_quit)


def _dead(checked: Checked) -> Iterator[tuple[bool, Hit]]:
    """The first of each run of instructions that are never reached, and whether it stands behind a QUIT."""
    reached = checked.flow.reachable()
    instructions = checked.program.instructions
    in_run = False
    for index, instruction in enumerate(instructions):
        if index in reached:
            in_run = False
            continue
        if in_run or isinstance(instruction.action, EndIf | Else | ElseIf | Label):
            continue
        in_run = True
        end = next((later for later in range(index, len(instructions)) if later in reached), len(instructions))
        has_sql = any(isinstance(dead.action, Request) for dead in instructions[index:end])
        before = instructions[index - 1]
        what = "this request" if isinstance(instruction.action, Request) else "this command"
        if isinstance(before.action, Quit):
            verb = before.action.verb
            fix = "Delete it, or move it in front of the QUIT."
            said = f"{what} is never run: {verb} on line {before.line} ends the script"
            yield True, Hit(instruction, said, fix, severity=None if has_sql else "warn")
        else:
            fix = "Delete it, or add the label that is meant."
            yield False, Hit(instruction, f"{what} is never run: line {before.line} leads past it", fix)
