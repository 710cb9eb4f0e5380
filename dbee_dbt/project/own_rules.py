"""Rules of a project's own: which there are, and the file that one begins as."""

from __future__ import annotations

import re
from pathlib import Path

from msgspec import Struct

from dbee_dbt.bridge import Bridge
from dbee_dbt.files import write_text
from dbee_dbt.model.errors import OutputError, UsageError
from dbee_dbt.project.settings import ProjectSettings

_RULE = "dbee_rule__"
_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
_TEMPLATE = """\
{{#-
Say here, in one sentence, what the rule finds.

Say why that matters; the first sentence stands in reports, and all of this in SARIF.

Best practice: what to do about it.

Options:

- `ignore`: patterns of names to leave alone (`*` and `?`), none by default.
-#}}
{{% macro dbee_about__{name}() %}}
    {{{{ return({{'severity': 'warn', 'scope': 'models', 'facets': [], 'options': {{'ignore': []}}}}) }}}}
{{% endmacro %}}


{{#- subject: node, relation, missing, extra, pairs, facets. Returns findings, {{column, expected, actual, fix}}. -#}}
{{% macro dbee_rule__{name}(subject, options) %}}
    {{%- set name = subject.relation.name -%}}
    {{%- for pattern in options.ignore if dbee_dbt.dbee_matches(pattern, name) -%}}{{{{ return([]) }}}}{{%- endfor -%}}
    {{%- if subject.relation.comment -%}}{{{{ return([]) }}}}{{%- endif -%}}
    {{{{ return([{{
        'expected': 'a comment',
        'actual': 'none',
        'fix': 'Describe ' ~ subject.node.name ~ ' and set persist_docs.',
    }}]) }}}}
{{% endmacro %}}
"""


class KnownRule(Struct, frozen=True):
    """A rule that is found: its name, default severity and scope, and whose it is."""

    name: str
    severity: str
    scope: str
    origin: str


def known_rules(settings: ProjectSettings | None) -> tuple[KnownRule, ...]:
    """The rules that a project runs, by name.

    Args:
        settings: of the project; None for ours alone.

    Raises:
        MacroError: a rule of the project does not say what it is.
    """
    bridge = Bridge(None, settings.macro_paths if settings else ())
    found = []
    for name in bridge.call("dbee_rule_names"):
        about = bridge.call("dbee_about", name)
        macro = f"{_RULE}{name}"
        origin = "dbee-dbt" if bridge.macros[macro] is bridge.package.get(macro) else "the project"
        if macro in bridge.overridden:
            origin = "the project, in place of ours"
        found.append(KnownRule(name, str(about.get("severity", "error")), about.get("scope", "nodes"), origin))
    return tuple(found)


def begin_rule(name: str, settings: ProjectSettings) -> Path:
    """Write the file of a new rule, which looks for tables and views without a comment until it is changed.

    Args:
        name: of the rule: small letters, digits and underscores.
        settings: of the project; the file goes into its first macro folder.

    Returns:
        the file.

    Raises:
        UsageError: the name cannot be one, or there is such a rule or file already.
        OutputError: the file cannot be written.
    """
    if not _NAME.fullmatch(name):
        raise UsageError("a rule is named by small letters, digits and underscores", subject=name)
    if any(rule.name == name for rule in known_rules(settings)):
        raise UsageError("there is a rule of this name already", subject=name)
    folder = settings.macro_paths[0] if settings.macro_paths else settings.root / "macros"
    path = folder / f"{_RULE}{name}.sql"
    if path.exists():
        raise UsageError("the file is there already", subject=str(path))
    try:
        write_text(path, _TEMPLATE.format(name=name))
    except OSError as error:
        raise OutputError(f"the rule cannot be written: {error.strerror}", file=str(path)) from error
    return path
