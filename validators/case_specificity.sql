{#-
A column compares with case where its node declares that it does not, or the other way round.

Declared is `meta: dbee: facets: {case_specific: true|false}` of the column. Whether `'abc' = 'ABC'` is true decides joins,
duplicates in a SET table and unique indexes. A table without a declaration gets it from the mode of the session that
made it: ANSI makes a column CASESPECIFIC, Teradata mode does not; so the same script gives two tables. Against a folder of
DDL that does not say it, it is not compared.

    columns:
      - name: country
        config: {meta: {dbee: {facets: {case_specific: false}}}}

Best practice: rebuild the table with the phrase, or correct the declaration.
-#}
{% macro dbee_about__case_specificity() %}
    {{ return({'severity': 'error', 'scope': 'nodes', 'facets': ['column.case_specific'], 'options': {}}) }}
{% endmacro %}


{% macro dbee_rule__case_specificity(subject, options) %}
    {{ return(dbee_dbt.dbee_facet_findings(subject, ['column.case_specific'])) }}
{% endmacro %}
