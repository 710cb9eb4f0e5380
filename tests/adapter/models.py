"""Models that several classes share."""

from __future__ import annotations

from dbt.tests.adapter.basic.files import schema_base_yml


def incremental_model(config: str) -> dict[str, str]:
    """An incremental model over the suite's seed, with this configuration besides."""
    model = (
        f"{{{{ config(materialized='incremental', {config}) }}}}"
        + """
        select * from {{ source('raw', 'seed') }}
        {% if is_incremental() %} where id > (select max(id) from {{ this }}) {% endif %}
    """
    )
    return {"incremental.sql": model, "schema.yml": schema_base_yml}
