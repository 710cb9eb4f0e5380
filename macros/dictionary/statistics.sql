{#-
  Statistics of these databases' tables, one row each, without the summary. There is no X view of them.
  Rows: database, relation, columns (names or expressions, in order).
-#}
{% macro dbee_dictionary_statistics(databases) %}
    {%- set sql = dbee_dbt.dbee_dictionary_statistics_sql(databases) -%}
    {{ return(dbee_dbt.dbee_dictionary_statistics_rows(dbee_dbt.dbee_query(sql))) }}
{% endmacro %}


{#- Rows of the query below, as above. -#}
{% macro dbee_dictionary_statistics_rows(rows) %}
    {%- set found = [] -%}
    {%- for row in rows -%}
        {%- do found.append({
            'database': row['databasename'],
            'relation': row['tablename'],
            'columns': dbee_dbt.dbee_split_outside(row['columnname'], ',') | map('trim') | list,
        }) -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}


{% macro dbee_dictionary_statistics_sql(databases) %}
    {%- set sql -%}
LOCKING ROW FOR ACCESS
SELECT s.DatabaseName, s.TableName, s.ColumnName
FROM DBC.StatsV AS s
WHERE {{ dbee_dbt.dbee_name_in('s.DatabaseName', databases) }}
    AND s.ColumnName IS NOT NULL
ORDER BY s.DatabaseName, s.TableName, s.StatsId
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
