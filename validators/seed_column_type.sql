{#-
A seed's table has another type than `column_types` says, or lacks the column.

dbt uses `column_types` when it creates the table, and not when it loads it anew: a type that was changed since is not there
until `dbt seed --full-refresh`, and values are cut or refused. Types compare as in column_type.

    seeds:
      - name: country
        config:
          column_types: {code: char(2) character set latin}

Best practice: seed it again with `--full-refresh`.
-#}
{% macro dbee_about__seed_column_type() %}
    {{ return({'severity': 'error', 'scope': 'models', 'facets': ['seed.column_types'], 'options': {}}) }}
{% endmacro %}


{% macro dbee_rule__seed_column_type(subject, options) %}
    {%- set found = [] -%}
    {%- for lost in subject.facets['seed.column_types'] -%}
        {%- do found.append({
            'column': lost.column, 'expected': lost.expected, 'actual': lost.actual,
            'fix': 'Load it again: dbt seed --full-refresh --select ' ~ subject.node.name ~ '; or correct column_types.',
        }) -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}
