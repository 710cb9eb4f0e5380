"""``dbee-dbt rules``: the rules of validate, those of the project among them."""

from __future__ import annotations

from typing import Any

import click

from dbee_dbt.cli.options import project_of, project_options


@click.group()
def rules() -> None:
    """List the rules of `dbee-dbt validate`, and begin one of your own (docs/validate.md)."""


@rules.command("list")
@project_options
def list_(**given: Any) -> None:
    """List the rules that the project runs: ours and its own, with default severity and scope."""
    from dbee_dbt.project.own_rules import known_rules
    from dbee_dbt.project.settings import PROJECT_FILE, read_settings
    from dbee_dbt.report.terminal import visible

    options = project_of(given)
    settings = read_settings(options) if (options.root / PROJECT_FILE).is_file() else None
    found = known_rules(settings)
    width = max(len(rule.name) for rule in found)
    for rule in found:
        click.echo(visible(f"{rule.name:{width}}  {rule.severity:5}  {rule.scope:7}  {rule.origin}"))


@rules.command("new")
@click.argument("name")
@project_options
def new(name: str, **given: Any) -> None:
    """Write a rule of the project's own, NAME, to begin with.

    The file, in the project's macro folder, works as it stands; `dbee-dbt rules list` shows the rule.
    """
    from dbee_dbt.project.own_rules import begin_rule
    from dbee_dbt.project.settings import read_settings
    from dbee_dbt.report.terminal import visible

    settings = read_settings(project_of(given))
    path = begin_rule(name, settings)
    click.echo(visible(f"{path.relative_to(settings.root).as_posix()} written"))
