{#-
A column is an identity column where its node does not declare it, or is none, or makes its numbers otherwise.

Declared is `meta: dbee: facets: {identity: …}` of the column: `ALWAYS`, `BY DEFAULT`, or `none`. GENERATED ALWAYS refuses or
replaces the numbers that a load brings, BY DEFAULT takes them, and a plain column leaves them null. The range of numbers
is not compared: the dictionary does not tell it.

    columns:
      - name: row_id
        config: {meta: {dbee: {facets: {identity: ALWAYS}}}}

Best practice: rebuild the table; an identity cannot be altered.
-#}
{% macro dbee_about__column_identity() %}
    {{ return({'severity': 'error', 'scope': 'nodes', 'facets': ['column.identity'], 'options': {}}) }}
{% endmacro %}


{% macro dbee_rule__column_identity(subject, options) %}
    {{ return(dbee_dbt.dbee_facet_findings(subject, ['column.identity'])) }}
{% endmacro %}
