{#-
  Source texts of what is its text: every object but tables. It is the text of the last DDL request on the object, as
  submitted; after a RENAME that may be the RENAME. Texts that did not fit stand in TableTextV, in pieces.
  Rows: database, name, kind, text (lines end with "\n"; none where the dictionary has none).
-#}
{% macro dbee_dictionary_texts(databases) %}
    {%- set overflow = {} -%}
    {%- for row in dbee_dbt.dbee_query(dbee_dbt.dbee_dictionary_overflow_sql(databases)) -%}
        {%- set object = (row['databasename'], row['tablename']) -%}
        {%- do overflow.update({object: overflow.get(object, '') ~ (row['requesttext'] or '')}) -%}
    {%- endfor -%}
    {%- set found = [] -%}
    {%- for row in dbee_dbt.dbee_query(dbee_dbt.dbee_dictionary_texts_sql(databases)) -%}
        {%- set text = overflow.get((row['databasename'], row['tablename']), row['requesttext']) -%}
        {%- do found.append({
            'database': row['databasename'],
            'name': row['tablename'],
            'kind': dbee_dbt.dbee_object_kind(row['tablekind']),
            'text': text and text.replace('\r\n', '\n').replace('\r', '\n'),
        }) -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}


{% macro dbee_dictionary_texts_sql(databases) %}
    {%- set sql -%}
LOCKING ROW FOR ACCESS
SELECT t.DatabaseName, t.TableName, t.RequestText, TRIM(t.TableKind) AS TableKind
FROM {{ dbee_dbt.dbee_dictionary_view('TablesV') }} AS t
WHERE {{ dbee_dbt.dbee_name_in('t.DatabaseName', databases) }}
    AND t.TableKind NOT IN ('T', 'O', 'Q')
ORDER BY t.DatabaseName, t.TableName
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}


{% macro dbee_dictionary_overflow_sql(databases) %}
    {%- set sql -%}
LOCKING ROW FOR ACCESS
SELECT x.DatabaseName, x.TableName, x.RequestText, x.LineNo
FROM {{ dbee_dbt.dbee_dictionary_view('TableTextV') }} AS x
WHERE {{ dbee_dbt.dbee_name_in('x.DatabaseName', databases) }}
    AND x.TableKind NOT IN ('T', 'O', 'Q')
ORDER BY x.DatabaseName, x.TableName, x.LineNo
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
