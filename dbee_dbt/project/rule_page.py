"""The reference page of the validation rules, made from the comments their files begin with."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from dbee_dbt.bridge import Bridge
from dbee_dbt.bridge.package_root import dbt_package_root
from dbee_dbt.model.errors import RuleError

_LEADING = re.compile(r"\A\{#-?\n(.*?)\n-?#\}", re.DOTALL)
_SCOPES = {
    "models": "models, seeds and snapshots",
    "sources": "sources",
    "nodes": "models, seeds, snapshots and sources",
    "objects": "tables and views that no node stands for",
    "sql": "the SQL of models and snapshots, which only the command line reads",
    "waivers": "the waivers of the project, its nodes and their columns",
}
_HEAD = """\
# Rules

What `dbt run-operation dbee_validate` and `dbee-dbt validate` check; [validate.md](validate.md) says how to run them
and how to change severities and options. Each rule is one file in `validators/`; this page is made from the comments
that they begin with.
"""


class RuleText(Struct, frozen=True):
    """What a rule's file says of the rule: its name, what it declares, and its leading comment."""

    name: str
    about: dict[str, Any]
    text: str

    @property
    def summary(self) -> str:
        """The comment's first sentence, on one line."""
        paragraph = " ".join(self.text.split("\n\n")[0].split())
        return re.split(r"(?<=\.)\s|:\s", paragraph)[0].rstrip(".:")


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
        yield RuleText(file.stem, bridge.call(f"dbee_about__{file.stem}"), found.group(1))


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
