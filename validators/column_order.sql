{#-
The columns of a table or view stand in another order than an enforced contract declares.

A contract fixes the order in which dbt creates the table and inserts into it. A table whose columns were reordered, or
to which one was added by hand, receives values in the wrong columns from every INSERT and every set operator that names
none. Columns that are on one side only do not count here; column_missing and column_undeclared report them.

Best practice: rebuild the model, or put the YAML in the table's order.
-#}
{% macro dbee_about__column_order() %}
    {{ return({'severity': 'error', 'scope': 'models', 'facets': ['table.column_order'], 'options': {}}) }}
{% endmacro %}


{#- Only the stretch from the first to the last column out of place is shown. -#}
{% macro dbee_rule__column_order(subject, options) %}
    {%- set expected = subject.facets['table.column_order'].expected -%}
    {%- set actual = subject.facets['table.column_order'].actual -%}
    {%- set places = [] -%}
    {%- for name in expected -%}
        {%- if name != actual[loop.index0] -%}{%- do places.append(loop.index0) -%}{%- endif -%}
    {%- endfor -%}
    {{ return([{
        'expected': expected[places[0]:places[-1] + 1] | join(', '),
        'actual': actual[places[0]:places[-1] + 1] | join(', '),
        'fix': 'Rebuild it: dbt run --full-refresh --select ' ~ subject.node.name ~ '; or reorder the YAML.',
    }]) }}
{% endmacro %}
