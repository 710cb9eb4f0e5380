{#-
  Table-level CHECK constraints of these databases' tables, one row each.
  Rows: database, relation, name (or none), expression (the condition, without CHECK and the parentheses around it).
  Conditions of a single column stand with the columns.
-#}
{% macro dbee_dictionary_checks(databases) %}
    {{ return(dbee_dbt.dbee_dictionary_checks_rows(dbee_dbt.dbee_query(dbee_dbt.dbee_dictionary_checks_sql(databases)))) }}
{% endmacro %}


{#- Rows of the query below, as above. -#}
{% macro dbee_dictionary_checks_rows(rows) %}
    {%- set found = [] -%}
    {%- for row in rows -%}
        {%- set text = row['tblcheck'] | trim -%}
        {%- do found.append({
            'database': row['databasename'],
            'relation': row['tablename'],
            'name': row['checkname'] or none,
            'expression': dbee_dbt.dbee_without_parentheses(text[5:] if text[:5] | upper == 'CHECK' else text),
        }) -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}


{% macro dbee_dictionary_checks_sql(databases) %}
    {%- set sql -%}
LOCKING ROW FOR ACCESS
SELECT k.DatabaseName, k.TableName, k.CheckName, k.TblCheck
FROM {{ dbee_dbt.dbee_dictionary_view('ShowTblChecksV') }} AS k
WHERE {{ dbee_dbt.dbee_name_in('k.DatabaseName', databases) }}
ORDER BY k.DatabaseName, k.TableName, k.CheckName, k.TblCheck
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
