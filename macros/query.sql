{#-
  One query, its rows as a list of dictionaries: keys are the column labels in lower case, values what the driver
  returned. It does not go through run_query(), whose agate tables turn the texts '' and 'null' into none and guess at
  types. Outside dbt the command line puts its own function of this name in place of the macro.
-#}
{% macro dbee_query(sql) %}
    {%- if not execute -%}{{ return([]) }}{%- endif -%}
    {%- set ran = adapter.add_query(sql, auto_begin=false) -%}
    {%- set cursor = ran[1] -%}
    {%- set rows = dbee_dbt.dbee_rows(cursor) -%}
    {%- do cursor.close() -%}
    {{ return(rows) }}
{% endmacro %}


{#-
  Several queries, one by one; for each its rows, or none where the database refuses it (errors 3500 to 6999: what it
  names does not exist, cannot be resolved, or may not be read). Jinja cannot catch an error, but the driver's cursor can
  be told to let one pass; the first request only brings a cursor. Outside dbt the command line puts its own function in
  place of the macro.
-#}
{% macro dbee_queries_or_none(statements) %}
    {%- set opened = adapter.add_query('SELECT 1', auto_begin=false) -%}
    {%- do opened[1].close() -%}
    {%- set found = [] -%}
    {%- for sql in statements -%}
        {%- do log(sql) -%}
        {%- set cursor = opened[0].handle.cursor() -%}
        {%- do cursor.execute(sql, none, range(3500, 7000) | list) -%}
        {%- do found.append(none if cursor.description is none else dbee_dbt.dbee_rows(cursor)) -%}
        {%- do cursor.close() -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}


{#- The rows that a cursor holds. -#}
{% macro dbee_rows(cursor) %}
    {%- set labels = [] -%}
    {%- for described in cursor.description -%}{%- do labels.append(described[0] | lower) -%}{%- endfor -%}
    {%- set rows = [] -%}
    {%- for row in cursor.fetchall() -%}{%- do rows.append(dict(zip(labels, row))) -%}{%- endfor -%}
    {{ return(rows) }}
{% endmacro %}
