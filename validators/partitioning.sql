{#-
A table is partitioned otherwise than its node declares, or not at all.

Declared is what stands behind PARTITION BY in dbt-teradata's `index` configuration, or `meta: dbee: facets:
{partitioning: …}`: the same text, a list of its levels, or `none`. Without its partitions a table gives the same answers,
but a query for one month reads all of them, and a load takes other locks. Spacing, case and needless quotes do not
count. An `index` that says nothing of partitions declares nothing.

    models:
      - name: orders
        config:
          materialized: incremental
          index: >
            PRIMARY INDEX (order_id)
            PARTITION BY RANGE_N(order_date BETWEEN DATE '2024-01-01' AND DATE '2030-12-31' EACH INTERVAL '1' MONTH)

Best practice: rebuild the table; ranges that ALTER TABLE added belong into the declaration.
-#}
{% macro dbee_about__partitioning() %}
    {{ return({'severity': 'error', 'scope': 'nodes', 'facets': ['table.partitioning'], 'options': {}}) }}
{% endmacro %}


{% macro dbee_rule__partitioning(subject, options) %}
    {%- set fix = dbee_dbt.dbee_rebuild_or(subject, 'correct the declared PARTITION BY.') -%}
    {{ return(dbee_dbt.dbee_facet_findings(subject, ['table.partitioning'], fix)) }}
{% endmacro %}
