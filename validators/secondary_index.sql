{#-
A table lacks a secondary index that its node declares, or has one more.

Declared are the indexes in dbt-teradata's `index` configuration, or `meta: dbee: facets: {indexes: [INDEX (a), …]}`. The
first says which must be there; others may come from hooks, and are left alone. The second says which there are: one that
it does not name is reported too, and `none` declares that there is none. Columns, their order, uniqueness and an order by
values count; the name of an index, and an order by hash, do not. The index of a primary key or UNIQUE constraint is never
one too many.

    models:
      - name: orders
        config:
          materialized: incremental
          index: UNIQUE PRIMARY INDEX (order_id) INDEX (customer_id)

Best practice: rebuild the table, or create the index.
-#}
{% macro dbee_about__secondary_index() %}
    {{ return({'severity': 'error', 'scope': 'nodes', 'facets': ['table.indexes'], 'options': {}}) }}
{% endmacro %}


{% macro dbee_rule__secondary_index(subject, options) %}
    {%- set differs = subject.facets['table.indexes'] -%}
    {%- set found = [] -%}
    {%- for text in differs.missing -%}
        {%- do found.append({
            'expected': text, 'actual': 'no such index',
            'fix': 'Create the index, or take it out of what is declared.',
        }) -%}
    {%- endfor -%}
    {%- for text in differs.extra -%}
        {%- do found.append({
            'expected': 'no such index', 'actual': text, 'fix': 'Drop the index, or declare it.',
        }) -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}
