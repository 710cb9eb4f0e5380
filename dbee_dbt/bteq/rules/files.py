"""Rules on the files that a script names."""

from __future__ import annotations

from collections.abc import Iterator

from dbee_dbt.bteq.commands import Compile, Run
from dbee_dbt.bteq.findings import Checked, Files, Hit
from dbee_dbt.bteq.pieces import has_placeholder
from dbee_dbt.bteq.script import Script, read_script
from dbee_dbt.bteq.walk import Place, places

_MOST_FILES = 500


def _named(checked: Checked) -> Iterator[tuple[Place, Run | Compile]]:
    for place in places(checked.program):
        if isinstance(place.action, Run | Compile) and place.action.keyword == "FILE":
            yield place, place.action


def file_missing(checked: Checked) -> Iterator[Hit]:
    """RUN or COMPILE names a file that does not exist.

    Looked for beside the script first, then in the working folder, which is where BTEQ looks. A name in which a
    variable stands is not looked for; it is shown as `info`.

    Best practice: mend the name; quote one that holds a blank, a comma or a semicolon.
    """
    for place, command in _named(checked):
        verb = type(command).__name__.upper()
        if has_placeholder(command.file):
            what = f"{verb} FILE {command.file} is not checked, as a variable stands in it"
            yield Hit(place.instruction, what, "Check it where the variable is known.", severity="info")
        elif checked.files.find(command.file, checked.file) is None:
            what = f"{verb} names the file {command.file}, which does not exist"
            yield Hit(place.instruction, what, "Mend the name, or bring the file.")


def run_loop(checked: Checked) -> Iterator[Hit]:
    """A script runs itself, directly or through the files that it runs.

    Best practice: take the RUN out; for a loop, use `.REPEAT`, `= n` or the caller of the script.
    """
    own = checked.files.find(checked.file, "") or checked.file
    for place, command in _named(checked):
        if isinstance(command, Run) and own in _run_from(command.file, checked.file, checked.files):
            yield Hit(place.instruction, f"RUN FILE {command.file} comes back to this script", "Take it out.")


def _run_from(name: str, named_in: str, files: Files) -> set[str]:
    """Paths of all files that a RUN leads to."""
    seen: set[str] = set()
    waiting = [(name, named_in)]
    while waiting and len(seen) < _MOST_FILES:
        path = files.find(*waiting.pop())
        if path is None or path in seen:
            continue
        seen.add(path)
        waiting += [(run.file, path) for _, run in _runs(read_script(files.text(path)))]
    return seen


def _runs(script: Script) -> list[tuple[int, Run]]:
    return [
        (place.at, place.action)
        for program in script.programs
        for place in places(program)
        if isinstance(place.action, Run) and place.action.keyword == "FILE"
    ]


def run_chain(checked: Checked) -> Iterator[Hit]:
    """A file that is run runs another one, and more stands behind that.

    A RUN within a file that is run itself does not come back: BTEQ goes on with the new file and then with the standard
    input. What stands behind it is never run.

    Best practice: put each RUN into the script at the top, or make it the last instruction of its file.
    """
    for place, command in _named(checked):
        path = checked.files.find(command.file, checked.file) if isinstance(command, Run) else None
        if path is None:
            continue
        script = read_script(checked.files.text(path))
        for index, run in _runs(script):
            behind = script.instructions[index + 1 :] if len(script.programs) == 1 else ()
            if behind:
                what = f"{command.file} runs {run.file} and does not come back to its line {behind[0].line}"
                yield Hit(place.instruction, what, f"Make the RUN the last instruction of {command.file}.")
                break
