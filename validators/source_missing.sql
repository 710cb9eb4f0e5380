{#-
A source's table or view does not exist, or lacks a column that the source declares.

Somebody outside the project dropped or renamed it. Every model that reads it fails at its next run, or already does.

Best practice: talk to the owner of the table; then correct the source's YAML and the models that read it.
-#}
{% macro dbee_about__source_missing() %}
    {{ return({'severity': 'error', 'scope': 'sources', 'facets': ['object.exists', 'column.exists'], 'options': {}}) }}
{% endmacro %}


{% macro dbee_rule__source_missing(subject, options) %}
    {%- if subject.relation is none -%}
        {{ return([{
            'expected': 'table or view',
            'actual': subject.facets['object.exists'].actual,
            'fix': 'Restore it, or correct schema and identifier of the source.',
        }]) }}
    {%- endif -%}
    {%- set found = [] -%}
    {%- for column in subject.missing -%}
        {%- do found.append({
            'column': column.name,
            'expected': column.data_type or 'a column',
            'actual': subject.absent,
            'fix': 'Restore the column, or take it out of the source and of what reads it.',
        }) -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}
