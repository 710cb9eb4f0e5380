{#-
A table keeps time otherwise than its node declares, or not at all.

Declared is `meta: dbee: facets: {temporal: …}`: `valid time`, `transaction time`, `bitemporal` or `none`. dbt never makes such
a table: a model that replaces one, or a source that was made again without its periods, keeps no history, and queries
AS OF a day fail or answer from the present.

    sources:
      - name: sales
        tables:
          - name: prices
            config: {meta: {dbee: {facets: {temporal: valid time}}}}

Best practice: make the table again with its VALIDTIME or TRANSACTIONTIME column, or correct the declaration.
-#}
{% macro dbee_about__temporal() %}
    {{ return({'severity': 'error', 'scope': 'nodes', 'facets': ['table.temporal'], 'options': {}}) }}
{% endmacro %}


{% macro dbee_rule__temporal(subject, options) %}
    {{ return(dbee_dbt.dbee_facet_findings(subject, ['table.temporal'])) }}
{% endmacro %}
