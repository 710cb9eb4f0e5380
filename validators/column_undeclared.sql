{#-
A table or view has a column that its node does not declare.

Somebody added it, or the YAML was left behind; nobody documents or tests it, and a `select *` carries it on. A node that
declares no column at all is left alone.

Best practice: declare the column; `dbee-dbt generate-models` writes the YAML of a whole schema.

Options:

- `ignore`: patterns of column names to leave alone (`*` and `?`), none by default.

The columns that dbt itself adds to a snapshot are never reported.
-#}
{% macro dbee_about__column_undeclared() %}
    {{ return({'severity': 'warn', 'scope': 'nodes', 'facets': ['column.declared'], 'options': {'ignore': []}}) }}
{% endmacro %}


{% macro dbee_rule__column_undeclared(subject, options) %}
    {%- set ignored = options.ignore | list -%}
    {%- if subject.node.resource_type == 'snapshot' -%}
        {%- do ignored.extend(['dbt_scd_id', 'dbt_updated_at', 'dbt_valid_from', 'dbt_valid_to', 'dbt_is_deleted']) -%}
        {%- do ignored.extend((subject.node.config.snapshot_meta_column_names or {}).values() | select | list) -%}
    {%- endif -%}
    {%- set found = [] -%}
    {%- for row in subject.extra -%}
        {%- set matched = [] -%}
        {%- for pattern in ignored if dbee_dbt.dbee_matches(pattern, row.name) -%}
            {%- do matched.append(pattern) -%}
        {%- endfor -%}
        {%- if not matched -%}
            {%- do found.append({
                'column': row.name,
                'expected': 'no such column',
                'actual': row.type or 'a column',
                'fix': 'Declare the column in the YAML of ' ~ subject.node.name ~ '.',
            }) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}
