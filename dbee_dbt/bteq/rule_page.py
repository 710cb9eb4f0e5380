"""docs/bteq-rules.md, made from the rules."""

from __future__ import annotations

import inspect

from dbee_dbt.bteq.findings import Rule
from dbee_dbt.bteq.rules import RULES

_HEAD = """# Rules for BTEQ scripts

What `dbee-dbt bteq check` reports; [bteq.md](bteq.md) says how to run it. This page is made from the rules themselves.

| rule | severity | finds |
|---|---|---|
"""


def rules_page() -> str:
    """The whole page."""
    rows = "\n".join(f"| [{rule.name}](#{rule.name}) | {rule.severity} | {_summary(rule)} |" for rule in RULES)
    parts = "".join(f"\n## {rule.name}\n\n{rule_text(rule)}\n\nSeverity `{rule.severity}`.\n" for rule in RULES)
    return f"{_HEAD}{rows}\n{parts}"


def rule_text(rule: Rule) -> str:
    """What a rule says of itself.

    Raises:
        ValueError: it says nothing.
    """
    text = inspect.getdoc(rule.check)
    if not text:
        raise ValueError(f"the rule {rule.name} has no docstring")
    return text


def _summary(rule: Rule) -> str:
    return rule_text(rule).partition("\n\n")[0].replace("\n", " ").rstrip(".")
