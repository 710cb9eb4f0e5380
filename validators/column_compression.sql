{#-
A column is compressed otherwise than its node declares, or not at all.

Declared is `meta: dbee: facets: {compress: …}` of the column: a list of values, the text in parentheses, an empty text for
nulls only, or `none`. A table that was made again from a query has lost its compression, and takes the more space for it.
The order of the values does not count.

    columns:
      - name: status
        config: {meta: {dbee: {facets: {compress: ["'NEW'", "'PAID'"]}}}}

Best practice: alter the table, or rebuild it with the values.
-#}
{% macro dbee_about__column_compression() %}
    {{ return({'severity': 'error', 'scope': 'nodes', 'facets': ['column.compress'], 'options': {}}) }}
{% endmacro %}


{% macro dbee_rule__column_compression(subject, options) %}
    {{ return(dbee_dbt.dbee_facet_findings(subject, ['column.compress'])) }}
{% endmacro %}
