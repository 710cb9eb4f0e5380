{#-
  Who made the tables and views of these databases, as far as their last DDL tells: dbt puts a comment in front of each
  statement that it sends, with "app": "dbt" and the node in it, and TablesV keeps the text as submitted.
  Rows, of what dbt made: database, name, made (the node's unique id; dbt where the comment names none).
-#}
{% macro dbee_dictionary_makers(databases) %}
    {%- set found = [] -%}
    {%- for row in dbee_dbt.dbee_query(dbee_dbt.dbee_dictionary_makers_sql(databases)) -%}
        {%- set node = row['comment'].partition('*/')[0].partition('"node_id": "')[2].partition('"')[0] -%}
        {%- do found.append({'database': row['databasename'], 'name': row['tablename'], 'made': node or 'dbt'}) -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}


{% macro dbee_dictionary_makers_sql(databases) %}
    {%- set mark = dbee_dbt.dbee_literal('"app": "dbt"') -%}
    {%- set sql -%}
LOCKING ROW FOR ACCESS
SELECT t.DatabaseName, t.TableName, SUBSTRING(t.RequestText FROM POSITION({{ mark }} IN t.RequestText) FOR 1000) AS "comment"
FROM {{ dbee_dbt.dbee_dictionary_view('TablesV') }} AS t
WHERE {{ dbee_dbt.dbee_name_in('t.DatabaseName', databases) }}
    AND t.TableKind IN ('T', 'O', 'Q', 'V')
    AND POSITION({{ mark }} IN t.RequestText) > 0
ORDER BY t.DatabaseName, t.TableName
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
