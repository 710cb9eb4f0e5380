{#-
A table or view lies in a database that the project names, and no model, seed, snapshot or source stands for it.

Somebody made it by hand, or another dbt project did. Nobody documents, tests or drops it. What dbt made for a model of this
project that is gone is a matter of relation_left_over. The rule looks only where nothing is selected, since a
selection says nothing about the rest of a database.

Best practice: drop it, or declare it as a source.

Options:

- `kinds`: the kinds of object that count, `[table, view]` by default.
- `ignore`: patterns of names to leave alone (`*` and `?`), none by default.
-#}
{% macro dbee_about__object_unowned() %}
    {{ return({
        'severity': 'warn',
        'scope': 'objects',
        'facets': ['object.owned'],
        'options': {'kinds': ['table', 'view'], 'ignore': []},
    }) }}
{% endmacro %}


{% macro dbee_rule__object_unowned(subject, options) %}
    {%- set relation = subject.relation -%}
    {%- if relation.kind not in options.kinds -%}{{ return([]) }}{%- endif -%}
    {%- for pattern in options.ignore if dbee_dbt.dbee_matches(pattern, relation.name) -%}{{ return([]) }}{%- endfor -%}
    {{ return([{
        'expected': subject.facets['object.owned'].expected,
        'actual': relation.kind ~ ' that no node stands for',
        'fix': 'Declare it as a source, or drop it.',
    }]) }}
{% endmacro %}
