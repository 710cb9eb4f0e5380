{#-
A column that a model, seed or snapshot declares is not in its table or view.

The model's SQL no longer returns it, the table was not rebuilt since the column was added, or somebody dropped it.

Best practice: rebuild the model (an incremental model keeps its old columns unless `on_schema_change` says otherwise), or
take the column out of the YAML.
-#}
{% macro dbee_about__column_missing() %}
    {{ return({'severity': 'error', 'scope': 'models', 'facets': ['column.exists'], 'options': {}}) }}
{% endmacro %}


{% macro dbee_rule__column_missing(subject, options) %}
    {%- set found = [] -%}
    {%- for column in subject.missing -%}
        {%- do found.append({
            'column': column.name,
            'expected': column.data_type or 'a column',
            'actual': subject.absent,
            'fix': 'Rebuild it: dbt run --full-refresh --select ' ~ subject.node.name
                ~ '; or take the column out of the YAML.',
        }) -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}
