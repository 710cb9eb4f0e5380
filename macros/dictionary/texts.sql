{#-
  Source texts of what is its text: every object but tables. It is the text of the last DDL request on the object, as
  submitted; after a RENAME that may be the RENAME. Texts that did not fit stand in TableTextV, in pieces.
  Rows: database, name, kind, text (lines end with "\n"; none where the dictionary has none).
-#}
{% macro dbee_dictionary_texts(databases) %}
    {%- set overflow = dbee_dbt.dbee_query(dbee_dbt.dbee_dictionary_overflow_sql(databases)) -%}
    {{ return(dbee_dbt.dbee_dictionary_texts_rows(dbee_dbt.dbee_query(dbee_dbt.dbee_dictionary_texts_sql(databases)), overflow)) }}
{% endmacro %}


{#-
  The same of views alone. Who may not read TableTextV has the texts that are certainly whole: TablesV cuts at 12,500
  characters.
-#}
{% macro dbee_dictionary_view_texts(databases) %}
    {%- set of_views = ['V'] -%}
    {%- set overflow = dbee_dbt.dbee_queries_or_none([dbee_dbt.dbee_dictionary_overflow_sql(databases, of_views)])[0] -%}
    {%- set rows = dbee_dbt.dbee_query(dbee_dbt.dbee_dictionary_texts_sql(databases, of_views)) -%}
    {%- if overflow is none -%}
        {%- for row in rows if (row['requesttext'] or '') | length > 12000 -%}{%- do row.update({'requesttext': none}) -%}{%- endfor -%}
    {%- endif -%}
    {{ return(dbee_dbt.dbee_dictionary_texts_rows(rows, overflow or [])) }}
{% endmacro %}


{#- Rows of the two queries below, as above. -#}
{% macro dbee_dictionary_texts_rows(rows, pieces) %}
    {%- set overflow = {} -%}
    {%- for row in pieces -%}
        {%- set object = (row['databasename'], row['tablename']) -%}
        {%- do overflow.update({object: overflow.get(object, '') ~ (row['requesttext'] or '')}) -%}
    {%- endfor -%}
    {%- set found = [] -%}
    {%- for row in rows -%}
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


{#- kinds: codes of those that are meant; none for all but tables. -#}
{% macro dbee_dictionary_texts_sql(databases, kinds=none) %}
    {%- set sql -%}
LOCKING ROW FOR ACCESS
SELECT t.DatabaseName, t.TableName, t.RequestText, TRIM(t.TableKind) AS TableKind
FROM {{ dbee_dbt.dbee_dictionary_view('TablesV') }} AS t
WHERE {{ dbee_dbt.dbee_name_in('t.DatabaseName', databases) }}
    AND {{ dbee_dbt.dbee_kind_in('t.TableKind', kinds) }}
ORDER BY t.DatabaseName, t.TableName
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}


{% macro dbee_dictionary_overflow_sql(databases, kinds=none) %}
    {%- set sql -%}
LOCKING ROW FOR ACCESS
SELECT x.DatabaseName, x.TableName, x.RequestText, x.LineNo
FROM {{ dbee_dbt.dbee_dictionary_view('TableTextV') }} AS x
WHERE {{ dbee_dbt.dbee_name_in('x.DatabaseName', databases) }}
    AND {{ dbee_dbt.dbee_kind_in('x.TableKind', kinds) }}
ORDER BY x.DatabaseName, x.TableName, x.LineNo
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}


{% macro dbee_kind_in(column, kinds) %}
    {%- set literals = [] -%}
    {%- for kind in kinds or ['T', 'O', 'Q'] -%}{%- do literals.append(dbee_dbt.dbee_literal(kind)) -%}{%- endfor -%}
    {{ return(column ~ (' IN (' if kinds else ' NOT IN (') ~ literals | join(', ') ~ ')') }}
{% endmacro %}
