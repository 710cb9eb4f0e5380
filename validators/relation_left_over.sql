{#-
A table or view that dbt made lies in a database of the project, and no node stands for it any more.

Its model was renamed, moved, disabled or removed, or the run that made it broke off (`__dbt_tmp`, `__dbt_backup`). That dbt
made it for this project, the comment tells that dbt puts in front of its statements, and of which the dictionary keeps
the text; without it (`query-comment` switched off, a folder of DDL, a saved catalog) only what a run left behind is told by its
name, and all else is a matter of object_unowned. Nobody refreshes what is left over, and whoever still reads it does not know.
The rule looks only where nothing is selected.

Best practice: drop it.

Options:

- `ignore`: patterns of names to leave alone (`*` and `?`), none by default.
-#}
{% macro dbee_about__relation_left_over() %}
    {{ return({'severity': 'warn', 'scope': 'objects', 'facets': ['object.left'], 'options': {'ignore': []}}) }}
{% endmacro %}


{% macro dbee_rule__relation_left_over(subject, options) %}
    {%- set relation = subject.relation -%}
    {%- for pattern in options.ignore if dbee_dbt.dbee_matches(pattern, relation.name) -%}{{ return([]) }}{%- endfor -%}
    {{ return([{
        'expected': 'no such ' ~ relation.kind,
        'actual': relation.kind ~ ' left over from ' ~ subject.facets['object.left'],
        'fix': 'Drop it: DROP ' ~ relation.kind | upper ~ ' ' ~ dbee_dbt.dbee_shown(relation.database, relation.name),
    }]) }}
{% endmacro %}
