{#-
  One query, its rows as a list of dictionaries: keys are the column labels in lower case, values what the driver
  returned. It does not go through run_query(), whose agate tables turn the texts '' and 'null' into none and guess at
  types. Outside dbt the command line puts its own function of this name in place of the macro.
-#}
{% macro dbee_query(sql) %}
    {%- if not execute -%}{{ return([]) }}{%- endif -%}
    {%- set ran = adapter.add_query(sql, auto_begin=false) -%}
    {%- set cursor = ran[1] -%}
    {%- set labels = [] -%}
    {%- for described in cursor.description -%}{%- do labels.append(described[0] | lower) -%}{%- endfor -%}
    {%- set rows = [] -%}
    {%- for row in cursor.fetchall() -%}{%- do rows.append(dict(zip(labels, row))) -%}{%- endfor -%}
    {%- do cursor.close() -%}
    {{ return(rows) }}
{% endmacro %}
