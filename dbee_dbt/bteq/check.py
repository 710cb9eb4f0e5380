"""The checker: what a BTEQ script would do that its author does not mean."""

from __future__ import annotations

from msgspec import Struct

from dbee_dbt.bteq.commands import Request, Unknown
from dbee_dbt.bteq.findings import Checked, Files, Finding, Hit, Rule
from dbee_dbt.bteq.flow import flow
from dbee_dbt.bteq.rules import RULES
from dbee_dbt.bteq.script import read_script
from dbee_dbt.bteq.walk import places
from dbee_dbt.ddl.excerpt import excerpt
from dbee_dbt.ddl.lexer import Lines
from dbee_dbt.ddl.secrets import secret_spans


class Totals(Struct, frozen=True):
    """What was read: counts.

    Args:
        files: files.
        programs: files and here-documents that are read by one run of BTEQ.
        commands: commands, those behind THEN included.
        requests: SQL requests.
        unknown: commands that are not understood; they are among the commands.
    """

    files: int = 0
    programs: int = 0
    commands: int = 0
    requests: int = 0
    unknown: int = 0


class Report(Struct, frozen=True):
    """What the checker says of some files: findings by file and place, and what was read."""

    findings: tuple[Finding, ...]
    totals: Totals


def check_files(texts: list[tuple[str, str]], files: Files) -> Report:
    """Check scripts.

    Args:
        texts: (file, text) of each script.
        files: where the files are found that they name.
    """
    findings: list[Finding] = []
    counts = dict.fromkeys(Totals.__struct_fields__, 0)
    for file, text in texts:
        script, lines = read_script(text), Lines(text)
        found: list[Finding] = []
        for program in script.programs:
            checked = Checked(file, text, program, flow(program), files)
            found += (_finding(rule, hit, checked, lines) for rule in RULES for hit in rule.check(checked))
            for place in places(program):
                counts["requests" if isinstance(place.action, Request) else "commands"] += 1
                counts["unknown"] += isinstance(place.action, Unknown)
        counts["files"] += 1
        counts["programs"] += len(script.programs)
        findings += sorted(set(found), key=_place)
    return Report(tuple(findings), Totals(**counts))


def _place(finding: Finding) -> tuple[int, int, str, str]:
    return finding.line, finding.column, finding.rule, finding.what


def _finding(rule: Rule, hit: Hit, checked: Checked, lines: Lines) -> Finding:
    said = hit.instruction
    place = said.start if hit.offset is None else hit.offset
    line, column = lines.position(place)
    secrets = [(said.start + start, said.start + end) for start, end in secret_spans(said.text)]
    text, caret = excerpt(checked.text, (said.start, said.end), place, secrets)
    return Finding(
        rule=rule.name,
        severity=hit.severity or rule.severity,
        file=checked.file,
        line=line,
        column=column,
        what=hit.what,
        fix=hit.fix,
        text=text,
        caret=caret,
    )
