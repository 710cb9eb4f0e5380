{#-
The name of a model's table or view, or of a column, is longer than Teradata takes.

A name has at most 128 characters. dbt builds a table or view under a longer name (`NAME__dbt_tmp`), and renames the old one
(`NAME__dbt_backup`), so that theirs may have 116, and a snapshot's 119. One that is longer fails only when it is run, a
backup's even later.

Best practice: set a shorter `alias`.
-#}
{% macro dbee_about__name_too_long() %}
    {{ return({'severity': 'error', 'scope': 'nodes', 'facets': ['name.length'], 'options': {}}) }}
{% endmacro %}


{% macro dbee_rule__name_too_long(subject, options) %}
    {%- set found = [] -%}
    {%- for name in subject.facets['name.length'] -%}
        {%- do found.append({
            'column': name.column,
            'expected': 'a name of at most ' ~ name.expected ~ ' characters',
            'actual': name.actual ~ ' characters',
            'fix': 'Rename the column.' if name.column else 'Set a shorter alias.',
        }) -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}
