{#-
A column has another default value than its node declares, or none.

Declared is `meta: dbee: facets: {default: …}` of the column: the text that stands behind DEFAULT, or `null` where there must
be none. A default that is gone is noticed by no query: an INSERT that leaves the column out writes null where it used to
write a value, or fails. Case counts in strings only.

    columns:
      - name: status
        config: {meta: {dbee: {facets: {default: "'NEW'"}}}}

Best practice: alter the table; a table that dbt makes from a query has no defaults at all.
-#}
{% macro dbee_about__column_default() %}
    {{ return({'severity': 'error', 'scope': 'nodes', 'facets': ['column.default'], 'options': {}}) }}
{% endmacro %}


{% macro dbee_rule__column_default(subject, options) %}
    {{ return(dbee_dbt.dbee_facet_findings(subject, ['column.default'])) }}
{% endmacro %}
