{#-
  The rows of a relation's unit test: {given, expect} as YAML, or none where no column has a value here. Only columns take
  part whose names dbt finds again in a row, and that keep their type but for trimming.
-#}
{% macro dbee_unit_rows(relation) %}
    {%- set given, expect = [], [] -%}
    {%- for column in relation['columns'] -%}
        {%- set value = dbee_dbt.dbee_sample_value(column['source_type'] or '') -%}
        {%- set plain = not column['name']['quoted'] and not column['alias']['quoted'] -%}
        {%- set result = dbee_dbt.dbee_sample_value(column['result_type'] or '') -%}
        {#- A text that is cast has to be one of the type that it is cast to. -#}
        {%- if value is not none and plain and (value == result or value != '"a"') -%}
            {%- do given.append(column['name']['yaml'] ~ ': ' ~ value) -%}
            {%- if value == result -%}{%- do expect.append(column['alias']['yaml'] ~ ': ' ~ value) -%}{%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return({'given': '{' ~ given | join(', ') ~ '}', 'expect': '{' ~ expect | join(', ') ~ '}'} if expect else none) }}
{% endmacro %}


{#- A value of a type as YAML; none for a type that dbt's rows have no literal for. -#}
{% macro dbee_sample_value(type) %}
    {%- set family = type.partition('(')[0].partition(' ')[0] -%}
    {%- if family in ('BYTEINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'DECIMAL', 'NUMBER', 'FLOAT') -%}{{ return('1') }}{%- endif -%}
    {%- if family in ('CHAR', 'VARCHAR') -%}{{ return('"a"') }}{%- endif -%}
    {%- if type == 'DATE' -%}{{ return('"2024-01-31"') }}{%- endif -%}
    {%- if type in ('TIMESTAMP(0)', 'TIMESTAMP(6)') -%}{{ return('"2024-01-31 10:20:30"') }}{%- endif -%}
    {{ return(none) }}
{% endmacro %}
