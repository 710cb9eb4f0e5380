"""The reference page of the validation rules, made from the comments their files begin with."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from dbee_dbt.bridge import Bridge
from dbee_dbt.bridge.package_root import dbt_package_root
from dbee_dbt.model.errors import RuleError
from dbee_dbt.model.findings import RuleHelp

_ABOUT = "dbee_about__"
_LEADING = re.compile(r"\A\{#-?\n(.*?)\n-?#\}", re.DOTALL)
_SCOPES = {
    "models": "models, seeds and snapshots",
    "sources": "sources",
    "nodes": "models, seeds, snapshots and sources",
    "objects": "tables and views that no node stands for",
    "sql": "the SQL of models, snapshots or views, which only the command line reads",
    "waivers": "the waivers of the project, its nodes and their columns",
}
_HEAD = """\
# Rules

What `dbt run-operation dbee_validate` and `dbee-dbt validate` check; [validate.md](validate.md) says how to run them
and how to change severities and options. Each rule is one file in `validators/`; this page is made from the comments
that they begin with.
"""


class RuleText(RuleHelp, frozen=True):
    """A rule with all that it declares."""

    about: dict[str, Any]


def rule_texts(root: Path | None = None) -> Iterator[RuleText]:
    """The rules of the dbt package, by name.

    Args:
        root: the dbt package's folder; the installed one by default.

    Raises:
        RuleError: a file has no leading comment.
    """
    folder = (dbt_package_root() if root is None else root) / "validators"
    bridge = Bridge()
    for file in sorted(folder.glob("*.sql")):
        found = _LEADING.match(file.read_text(encoding="utf-8"))
        if found is None:
            raise RuleError("the file of a rule begins with a comment that describes it", file=str(file))
        about = bridge.call(f"dbee_about__{file.stem}")
        yield RuleText(file.stem, about["severity"], found.group(1), about)


def rule_helps(macro_paths: Iterable[Path]) -> tuple[RuleHelp, ...]:
    """What the rules say of themselves, ours and those of a project, by name.

    Args:
        macro_paths: the project's macro folders. A rule there is described by the comment that its file begins with.
    """
    bridge = Bridge(None, macro_paths)
    helps = []
    for name, macro in sorted(bridge.macros.items()):
        if name.startswith(_ABOUT):
            comment = _LEADING.match(macro.path.read_text(encoding="utf-8"))
            severity = str(bridge.call(name).get("severity", "error"))
            helps.append(RuleHelp(name.removeprefix(_ABOUT), severity, comment.group(1) if comment else ""))
    return tuple(helps)


def rules_page(root: Path | None = None) -> str:
    """The page: a table of the rules, then a section each; arguments and errors as :func:`rule_texts`."""
    rules = list(rule_texts(root))
    table = [f"| [{rule.name}](#{rule.name}) | {rule.about['severity']} | {rule.summary} |" for rule in rules]
    parts = [_HEAD, "| rule | severity | finds |\n|---|---|---|\n" + "\n".join(table) + "\n", *map(_section, rules)]
    return "\n".join(parts)


def _section(rule: RuleText) -> str:
    options = rule.about["options"]
    defaults = f" Options: `{json.dumps(options)}`." if options else ""
    return (
        f"## {rule.name}\n\n{rule.text}\n\n"
        f"Severity `{rule.about['severity']}`; looks at {_SCOPES[rule.about['scope']]}.{defaults}\n"
    )
