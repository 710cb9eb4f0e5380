"""What a finding is known by from one run to the next."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

import msgspec

from dbee_dbt.model.findings import Finding

_LENGTH = 16  # of hexadecimal digits: 64 bits tell the findings of an estate apart


def with_fingerprints(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings, each with its fingerprint.

    It is made of the rule, the node (the object where there is none), the column and what was expected and found: it
    stays when lines move, a severity changes or the database has another name, and it changes when the fault does.
    Those that are alike in all of it are told apart by their number.
    """
    seen: Counter[str] = Counter()
    marked = []
    for finding in findings:
        parts = [finding.rule, finding.node or finding.object, finding.column, finding.expected, finding.actual]
        alike = "\0".join("" if part is None else f"={part}" for part in parts)
        text = f"{alike}\0{seen[alike]}" if seen[alike] else alike
        seen[alike] += 1
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]
        marked.append(msgspec.structs.replace(finding, fingerprint=digest))
    return tuple(marked)
