{#- The one way a value enters SQL: a string literal, quotes doubled. -#}
{% macro dbee_literal(value) %}
    {{ return("'" ~ (value | string).replace("'", "''") ~ "'") }}
{% endmacro %}


{#- The one way a name enters SQL: always quoted, so that no reserved word or odd character matters. -#}
{% macro dbee_identifier(name) %}
    {{ return('"' ~ (name | string).replace('"', '""') ~ '"') }}
{% endmacro %}


{#-
  The condition that a dictionary column holds one of these names. Names compare without case; in an ANSI session a
  literal is case specific and would make the comparison so, hence the phrase on each. An empty list matches nothing.
-#}
{% macro dbee_name_in(column, names) %}
    {%- set alternatives = [] -%}
    {%- for name in names -%}
        {%- do alternatives.append(column ~ ' = ' ~ dbee_dbt.dbee_literal(name) ~ ' (NOT CASESPECIFIC)') -%}
    {%- endfor -%}
    {{ return('(' ~ (alternatives | join(' OR ') if alternatives else '1 = 0') ~ ')') }}
{% endmacro %}


{#- Names as dbt puts them into SQL, without the quotes that some of them need there. -#}
{% macro dbee_unquoted(names) %}
    {%- set bare = [] -%}
    {%- for name in names -%}
        {%- set quoted = name | length > 2 and name[0] == '"' and name[-1] == '"' -%}
        {%- do bare.append(name[1:-1].replace('""', '"') if quoted else name) -%}
    {%- endfor -%}
    {{ return(bare) }}
{% endmacro %}
