{#-
A table is distributed by another primary index than its node declares.

Declared is dbt-teradata's `index` configuration (`index: UNIQUE PRIMARY INDEX (ID)`), or `meta: dbee: facets:
{primary_index: …}` for a table that dbt does not build. A table with another primary index gives the same answers, but
joins and loads redistribute rows that used to be on the right AMP, and a unique index that is gone lets duplicates in.
Columns, their order, uniqueness and the form (PRIMARY INDEX, PRIMARY AMP INDEX, NO PRIMARY INDEX) count; the index's
name does not. A view has none and is left alone.

Best practice: rebuild the model, or correct the declaration.
-#}
{% macro dbee_about__primary_index() %}
    {{ return({'severity': 'error', 'scope': 'nodes', 'facets': ['table.primary_index'], 'options': {}}) }}
{% endmacro %}


{% macro dbee_rule__primary_index(subject, options) %}
    {%- set differs = subject.facets['table.primary_index'] -%}
    {{ return([{
        'expected': differs.expected,
        'actual': differs.actual,
        'fix': 'Alter the table, or declare primary_index: ' ~ differs.actual ~ '.'
            if subject.node.resource_type == 'source' else 'Rebuild the table, or declare index: ' ~ differs.actual ~ '.',
    }]) }}
{% endmacro %}
