"""Findings that are accepted today, so that only new ones fail: a file of lines that people can review."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import msgspec

from dbee_dbt.model.errors import AcceptedError
from dbee_dbt.model.findings import KINDS, Finding, Validation
from dbee_dbt.report.terminal import visible

_HEAD = """\
# Findings that do not fail: dbee-dbt validate --accepted FILE. Written by --accept; the first word of a line counts.
"""
_LINE = re.compile(r"[0-9a-f]{16}(?= |$)")
_NEVER = ("waiver_expired", "waiver_unused")  # to accept one would be to waive for good


def accepted_text(validation: Validation) -> str:
    """The file that accepts what fails or may fail today: errors and warnings, by rule and node, sorted.

    What is not checked is never accepted: nobody has seen it. What is waived needs no second excuse.

    Args:
        validation: with fingerprints.
    """
    lines = sorted((finding.rule, _where(finding), _line(finding)) for finding in validation.findings if _may(finding))
    return _HEAD + "".join(f"{line}\n" for _, _, line in lines)


def _may(finding: Finding) -> bool:
    judged = finding.status == "failed" and finding.severity != "info" and finding.waived is None
    return judged and finding.rule not in _NEVER


def _where(finding: Finding) -> str:
    return finding.node or finding.object


def _line(finding: Finding) -> str:
    return f"{finding.fingerprint} {finding.rule} {visible(_where(finding))} {visible(finding.sentence)}"


def read_accepted(path: Path) -> dict[str, str]:
    """The lines of such a file by their fingerprints.

    Raises:
        AcceptedError: there is no such file, or a line of it begins with no fingerprint.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except FileNotFoundError as error:
        hint = "Write it from what is found today: add --accept."
        raise AcceptedError("there is no file of accepted findings", file=str(path), hint=hint) from error
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise AcceptedError(f"the file of accepted findings cannot be read: {reason}", file=str(path)) from error
    found = {}
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        fingerprint = _LINE.match(text)
        if fingerprint is None:
            what = "the line begins with no fingerprint of a finding"
            raise AcceptedError(what, file=str(path), line=number, hint="--accept writes the file anew.")
        found[fingerprint.group()] = text
    return found


def check_replaceable(path: Path) -> None:
    """Refuse to write over a file that somebody else's program, or nobody's, wrote; a damaged one of ours is replaced.

    Raises:
        AcceptedError: the file holds no line of accepted findings.
    """
    try:
        text = path.read_text(encoding="utf-8-sig", errors="replace") if path.exists() else ""
    except OSError as error:
        what = f"the file of accepted findings cannot be read: {error.strerror}"
        raise AcceptedError(what, file=str(path)) from error
    if text.strip() and not text.startswith(_HEAD.rstrip()) and not any(map(_LINE.match, text.splitlines())):
        what = "the file is none of accepted findings, and --accept would replace it"
        raise AcceptedError(what, file=str(path), hint="Name another file, or remove this one.")


def with_accepted(validation: Validation, accepted: dict[str, str], *, is_whole: bool) -> Validation:
    """The validation in which accepted findings fail nothing.

    Args:
        validation: with fingerprints.
        accepted: lines by fingerprint.
        is_whole: whether everything was checked; only then can be told which lines name no finding any more.
    """
    findings = tuple(
        msgspec.structs.replace(finding, accepted=_may(finding) and finding.fingerprint in accepted)
        for finding in validation.findings
    )
    kinds = Counter(finding.kind for finding in findings)
    current = {finding.fingerprint for finding in findings}
    gone = tuple(line for fingerprint, line in accepted.items() if is_whole and fingerprint not in current)
    failed = bool(validation.not_read) or any(validation.fails(kind) for kind in kinds)
    counts = {kind: kinds[kind] for kind in KINDS}
    return msgspec.structs.replace(validation, findings=findings, counts=counts, no_longer_found=gone, failed=failed)
