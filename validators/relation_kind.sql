{#-
The database holds another kind of object than the model makes: a table where a view is declared, a view where a table
is, or a macro or procedure that took the name.

dbt replaces such an object at the next run, and with it goes what hung on it: grants, statistics, comments, data.

Best practice: drop or rename the object, or set `materialized` to what is there.

A model of a materialization that is not dbt's own declares no kind, unless `meta: dbee: facets: {kind: table}` does. A
source may be a table or a view.
-#}
{% macro dbee_about__relation_kind() %}
    {{ return({'severity': 'error', 'scope': 'nodes', 'facets': ['object.kind'], 'options': {}}) }}
{% endmacro %}


{% macro dbee_rule__relation_kind(subject, options) %}
    {%- set differs = subject.facets['object.kind'] -%}
    {%- if subject.node.resource_type == 'source' -%}
        {%- set fix = 'Point the source at a table or view.' -%}
    {%- else -%}
        {%- set fix = 'Drop or rename the ' ~ differs.actual ~ ', or set materialized to what is wanted.' -%}
    {%- endif -%}
    {{ return([{'expected': differs.expected, 'actual': differs.actual, 'fix': fix}]) }}
{% endmacro %}
