{#-
  Staging model: every column by name, in declared order, from the source, renamed, trimmed and cast as the rules say; in
  front of them the surrogate key, where one is asked for. As a table it gets the source's
  SET or MULTISET, its indexes and its partitioning, in the words of dbt-teradata's configuration.

  database, relation: of the plan, see dbee_generation_plan; options: {materialized, …}.
-#}
{% macro dbee_generate_staging_model(database, relation, options) -%}
{{ dbee_dbt.dbee_generate_config(
    database, dbee_dbt.dbee_without_keys(relation, relation['governance']) if relation['governance'] else relation,
    options['materialized']) }}

select
{%- for column in relation['model_columns'] %}
    {{ column['expression'] }}
    {%- if column['renamed'] or column['computed'] %} as {{ column['alias']['template'] }}{% endif %}
    {%- if not loop.last %},{% endif %}
{%- endfor %}
{%- set source = dbee_dbt.dbee_jinja_string(database['source']) -%}
{%- set table = dbee_dbt.dbee_jinja_string(relation['table']) %}
from {{ '{{' }} source({{ source }}, {{ table }}) {{ '}}' }}
{% endmacro %}


{% macro dbee_generate_config(database, relation, materialized) -%}
{%- set settings = dbee_dbt.dbee_table_settings(database, relation) if materialized == 'table' else [] -%}
{%- if not settings -%}
{{ '{{' }} config(materialized={{ dbee_dbt.dbee_jinja_string(materialized) }}) {{ '}}' }}
{%- else -%}
{{ '{{' }}
    config(
        materialized={{ dbee_dbt.dbee_jinja_string(materialized) }}
{%- for setting in settings %},
        {{ setting[0] }}={{ dbee_dbt.dbee_jinja_string(setting[1]) }}
{%- endfor %}
    )
{{ '}}' }}
{%- endif -%}
{% endmacro %}
