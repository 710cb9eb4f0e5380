{#-
A table is SET where its node declares MULTISET, or the other way round.

Declared is dbt-teradata's `table_kind` configuration, or `meta: dbee: facets: {set_kind: …}`. A SET table drops duplicate
rows without a word (or refuses them, by session mode) and checks for them at every insert; a MULTISET table keeps them.
Without a declaration the session mode decides, and nothing is compared.

Best practice: rebuild the table, or declare what it is.
-#}
{% macro dbee_about__set_multiset() %}
    {{ return({'severity': 'error', 'scope': 'nodes', 'facets': ['table.set_kind'], 'options': {}}) }}
{% endmacro %}


{% macro dbee_rule__set_multiset(subject, options) %}
    {%- set differs = subject.facets['table.set_kind'] -%}
    {{ return([{
        'expected': differs.expected,
        'actual': differs.actual,
        'fix': 'Alter the table, or declare set_kind: ' ~ differs.actual ~ '.'
            if subject.node.resource_type == 'source' else 'Rebuild the table, or declare table_kind: ' ~ differs.actual ~ '.',
    }]) }}
{% endmacro %}
