{#-
A model or a column has a name that Teradata reserves, and that works only between quotes.

dbt quotes the names of tables and views, so that a model called `user` is built; whoever reads it by hand, in BTEQ or a
report, meets a syntax error. It quotes a column only where the YAML says so: without `quote: true` its tests, its contract
and its comment fail.

    columns:
      - name: date
        quote: true

Best practice: choose another name; where the column has it already, say `quote: true`. What a source is called is not
the project's to choose, and is left alone.
-#}
{% macro dbee_about__reserved_word() %}
    {{ return({'severity': 'warn', 'scope': 'nodes', 'facets': ['name.reserved'], 'options': {}}) }}
{% endmacro %}


{% macro dbee_rule__reserved_word(subject, options) %}
    {%- set found = [] -%}
    {%- for column in subject.facets['name.reserved'] -%}
        {%- do found.append({
            'column': column,
            'expected': 'quote: true' if column else 'a name that needs no quotes',
            'actual': (column or dbee_dbt.dbee_node_name(subject.node)) | upper ~ ' is reserved',
            'fix': 'Say quote: true, or rename the column.' if column else 'Choose another name, or an alias.',
        }) -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}
