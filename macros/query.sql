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
  Several queries, one by one; for each its rows, or none where that statement fails (dbee_statement_errors). Jinja cannot
  catch an error, but the driver's cursor can be told to let one pass; the first request only brings a cursor. Outside dbt
  the command line puts its own function in place of the macro.
-#}
{% macro dbee_queries_or_none(statements) %}
    {%- set opened = adapter.add_query('SELECT 1', auto_begin=false) -%}
    {%- do opened[1].close() -%}
    {%- set passed = dbee_dbt.dbee_statement_errors() -%}
    {%- set found = [] -%}
    {%- for sql in statements -%}
        {%- do log(sql) -%}
        {%- set cursor = opened[0].handle.cursor() -%}
        {%- do cursor.execute(sql, none, passed) -%}
        {%- do found.append(none if cursor.description is none else dbee_dbt.dbee_rows(cursor)) -%}
        {%- do cursor.close() -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}


{#-
  Numbers of the errors that a statement may meet while the session lives on, so that the next statement can do: all of
  Teradata's but those that end a session (docs/teradata/errors.md §3.1), and 0, which stands for what the emulator does
  not answer. The driver's own errors have smaller numbers.
-#}
{% macro dbee_statement_errors() %}
    {%- set ended = [2825, 2826, 2828, 3120, 3897] -%}
    {%- set numbers = range(2000, 8000) | reject('in', ended) | list -%}
    {{ return([0] + numbers + range(9000, 20000) | list) }}
{% endmacro %}


{#- The rows that a cursor holds. -#}
{% macro dbee_rows(cursor) %}
    {%- set labels = [] -%}
    {%- for described in cursor.description -%}{%- do labels.append(described[0] | lower) -%}{%- endfor -%}
    {%- set rows = [] -%}
    {%- for row in cursor.fetchall() -%}{%- do rows.append(dict(zip(labels, row))) -%}{%- endfor -%}
    {{ return(rows) }}
{% endmacro %}
