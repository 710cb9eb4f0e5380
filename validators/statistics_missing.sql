{#-
Statistics that a node declares were never collected on its table.

Declared is `meta: dbee: facets: {statistics: [a, '(b, c)']}`: the columns of each. Without them the optimizer guesses, and a
plan that was good goes bad after a rebuild: a table that dbt makes anew has none, unless `with_statistics` copies them or a
hook collects them. The order of columns does not count, nor do statistics that are not declared; how old they are is no
matter of this rule. Against a folder or a saved catalog, which hold none, nothing is compared.

    models:
      - name: orders
        config:
          post_hook: COLLECT STATISTICS COLUMN (customer_id) ON {{ this }}
          meta: {dbee: {facets: {statistics: [customer_id]}}}

Best practice: collect them in a `post_hook`.
-#}
{% macro dbee_about__statistics_missing() %}
    {{ return({'severity': 'warn', 'scope': 'nodes', 'facets': ['table.statistics'], 'options': {}}) }}
{% endmacro %}


{% macro dbee_rule__statistics_missing(subject, options) %}
    {%- set found = [] -%}
    {%- for text in subject.facets['table.statistics'] -%}
        {%- do found.append({
            'expected': 'statistics on ' ~ text, 'actual': 'none collected',
            'fix': 'COLLECT STATISTICS ' ~ text ~ ' ON '
                ~ dbee_dbt.dbee_shown(subject.relation.database, subject.relation.name) ~ '; best in a post_hook.',
        }) -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}
