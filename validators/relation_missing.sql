{#-
A model, seed or snapshot has no table or view in the database.

It was never built, was built under another name, or somebody dropped it. Whatever reads it will fail at its next run.

Best practice: build what the project declares, or disable the model.
-#}
{% macro dbee_about__relation_missing() %}
    {{ return({'severity': 'error', 'scope': 'models', 'facets': ['object.exists'], 'options': {}}) }}
{% endmacro %}


{% macro dbee_rule__relation_missing(subject, options) %}
    {%- set kind = dbee_dbt.dbee_declared_kind(subject.node) or 'table or view' -%}
    {{ return([{
        'expected': kind,
        'actual': subject.facets['object.exists'].actual,
        'fix': 'Build it: dbt build --select ' ~ subject.node.name,
    }]) }}
{% endmacro %}
