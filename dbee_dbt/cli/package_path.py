"""``dbee-dbt dbt-package-path``."""

from __future__ import annotations

import click

from dbee_dbt.bridge.package_root import dbt_package_root


@click.command()
def dbt_package_path() -> None:
    """Print where the dbt package lies.

    Write it into the project's packages.yml as `- local: PATH`, then run `dbt deps`.
    """
    click.echo(str(dbt_package_root()))
